import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { UserError } from '../operations/user-error.ts';
import { startGuardian } from './guardian.ts';

const endProgram = `await_parents_end
kill -s TERM "$1" && sleep 5 && kill -s KILL "$1"`;

/**
 * Runs a program in the foreground until it ends and returns its exit code, as a shell counts it. Signals are
 * passed on to it, and it does not outlive this process.
 */
export async function runProgram(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { env, stdio: 'inherit' });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new UserError(`cannot run ${program}: ${cause.message}`, { cause })),
    );
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  const guardian = startGuardian(endProgram, [String(child.pid)]);
  const passOn = (signal: NodeJS.Signals): void => {
    // The terminal sends Ctrl-C to the program as well.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  try {
    return await ended;
  } finally {
    guardian.dismiss();
    for (const signal of signals) process.off(signal, passOn);
  }
}
