import { watch } from 'node:fs';
import { join } from 'node:path';

/** An editor may write several files, or one in several steps. */
const pause = 200;

/** The paths of SQL files that were saved or removed below these folders, as often as some were; until the signal. */
export async function* saves(
  root: string,
  folders: string[],
  signal: AbortSignal,
): AsyncGenerator<string[], void, undefined> {
  const saved = new Set<string>();
  let wake = () => {};
  for (const folder of folders) {
    watch(join(root, folder), { recursive: true, signal }, (_event, file) => {
      if (!file?.endsWith('.sql')) return;
      saved.add(`${folder}/${file.replaceAll('\\', '/')}`);
      wake();
    });
  }
  signal.addEventListener('abort', () => wake());
  while (!signal.aborted) {
    if (saved.size === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    for (let count = 0; count < saved.size && !signal.aborted; ) {
      count = saved.size;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    if (signal.aborted) return;
    const paths = [...saved].sort();
    saved.clear();
    yield paths;
  }
}
