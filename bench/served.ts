import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DatabaseUrls } from '../src/embedded/throw-away.ts';

export const jwtSecret = 'a secret of the benchmark, long enough';

/** `ccdb serve` as users run it: of the built package, with the flags of its first line. */
export type Served = {
  pid: number;
  url: string;
  /** From the start of the process to the first answer. */
  milliseconds: number;
  stop(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Builds the package, so that what is measured is what it holds. */
export async function build(): Promise<void> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const building = spawn('npm', ['run', '-s', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(building, 'exit');
  if (code !== 0) throw new Error('the package could not be built');
}

export async function startServed(
  urls: DatabaseUrls,
  settings: Record<string, string> = {},
): Promise<Served> {
  const port = await freePort();
  const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const args = ['--max-semi-space-size=8', main, 'serve', '--port', String(port)];
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...urls, ...settings, JWT_SECRET: jwtSecret },
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  const body = JSON.stringify({ query: '{ __typename }' });
  const ask = () => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  while (
    !(await ask().then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`ccdb serve ended with ${child.exitCode}`);
    await sleep(5);
  }
  return {
    pid: child.pid ?? 0,
    url,
    milliseconds: performance.now() - began,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
