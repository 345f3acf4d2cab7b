/**
 * npm passes signals on, but SIGKILL takes npm alone: what it started, a server among it, would stay. Under npm
 * this process therefore ends itself, in good order, when it has lost its parent.
 */
export function endWithParent(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}
