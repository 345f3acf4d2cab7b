import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Owner } from './owner.ts';

/*
 * What this process has started must not stay when it ends, not even when it is killed. Each such thing has a
 * guardian: a shell whose standard input is a pipe that this process alone holds open, so that the pipe's end is
 * the process's end, however it came.
 */

export type Guardian = {
  child: ChildProcess;
  /** Resolves when the guardian has ended. */
  ended: Promise<void>;
  /** Closes the pipe, as the end of this process would, and waits until the guardian has done its work. */
  finish(): Promise<void>;
  /** Ends the guardian without its work: there is nothing left for it to do. */
  dismiss(): void;
};

/** File 3 is the pipe, so that nothing that the script runs holds it or reads from it. */
const prelude = `exec 3<&0 </dev/null
await_parents_end() { read -r _ <&3; }
`;

/** Starts a guardian with a script that calls `await_parents_end`; `$1` and so on are the arguments. */
export function startGuardian(
  script: string,
  args: string[],
  {
    owner,
    env,
    output = 'ignore',
  }: { owner?: Owner | undefined; env?: NodeJS.ProcessEnv; output?: 'pipe' | 'inherit' | 'ignore' } = {},
): Guardian {
  endWithNpm();
  const stdio: StdioOptions = ['pipe', 'ignore', output];
  const child = spawn('sh', ['-c', prelude + script, 'ccdb-guardian', ...args], {
    ...owner,
    env,
    cwd: '/',
    // A group of its own: Ctrl-C in the terminal is for this process, which ends everything in good order.
    detached: true,
    stdio,
  });
  // The pipe breaks when the guardian ends first; `ended` resolves then.
  child.stdin?.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    child,
    ended,
    finish() {
      child.stdin?.end();
      return ended;
    },
    dismiss() {
      child.kill('SIGKILL');
    },
  };
}

let isWatchingNpm = false;

/** npm passes signals on, but SIGKILL takes npm alone: this process, which npm started, has to end by itself then. */
export function endWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined || isWatchingNpm) return;
  isWatchingNpm = true;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== npm) process.exit(1);
  }, 500);
  timer.unref();
}
