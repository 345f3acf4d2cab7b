/**
 * npm passes signals on, but SIGKILL takes npm alone: what it started, a server among it, would stay. Under npm
 * this process therefore ends when it has lost its parent; what it started in turn ends with it.
 */
export function endWithParent(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500);
  timer.unref();
}
