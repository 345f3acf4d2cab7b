import { setTimeout as sleep } from 'node:timers/promises';

/** Whether something comes true before long: for what another process does in its own time. */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  patience = 10_000,
): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}
