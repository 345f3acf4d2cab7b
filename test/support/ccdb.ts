import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Milliseconds: a program that says nothing for so long is not going to. */
const patience = 120_000;

export type Ended = { code: number | null; stdout: string; stderr: string };

export type Running = {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves with what the pattern found in the output so far, as soon as it does. Rejects after two minutes. */
  seen(pattern: RegExp): Promise<string>;
};

/** Starts a Node program; `undefined` takes a variable out of its environment. */
export function startNode(args: string[], env: NodeJS.ProcessEnv = {}): Running {
  // As a user's shell would start it: neither of npm nor of tap.
  const shell = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
  return watch(spawn(process.execPath, args, { env: shell, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function watch(child: ChildProcessByStdio<null, Readable, Readable>): Running {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...output })));
  const seen = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const missing = (found: object): Error => new Error(`no ${pattern} in ${JSON.stringify(found)}`);
      setTimeout(() => reject(missing(output)), patience).unref();
      const look = (): void => {
        const match = pattern.exec(output.stdout);
        if (match) resolve(match[1] ?? match[0]);
      };
      child.stdout.on('data', look);
      ended.then((end) => reject(missing(end)));
      look();
    });
  return { child, ended, seen };
}

/** Starts a program in a folder, with this environment and no other. */
export function startIn(cwd: string, command: string, args: string[], env: NodeJS.ProcessEnv): Running {
  return watch(spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

export function startCcdb(args: string[], env: NodeJS.ProcessEnv = {}): Running {
  return startNode([main, ...args], env);
}

/** Runs the command line as a user does, to its end. */
export function ccdb(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startCcdb(args, env).ended;
}
