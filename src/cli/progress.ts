const width = 30;

/** Shows how much of a long task is done: a bar that is drawn anew on a terminal, elsewhere a line each tenth. */
export function progress(out: { isTTY?: boolean; write(text: string): unknown }) {
  let lastTenth = -1;
  return (share: number, what: string): void => {
    const percent = `${Math.floor(share * 100)}%`;
    if (out.isTTY) {
      const bar = '#'.repeat(Math.floor(share * width)).padEnd(width, '.');
      out.write(`\r[${bar}] ${percent.padStart(4)} ${what}\x1b[K${share === 1 ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth === lastTenth) return;
    lastTenth = tenth;
    out.write(`${percent} ${what}\n`);
  };
}
