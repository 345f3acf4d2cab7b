import { readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { reachableTemporaryFolder, serverOwner } from '../../src/embedded/owner.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';

function findLibrary(): string | undefined {
  return readdirSync('/usr/lib', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join('/usr/lib', name, 'faketime'))
    .flatMap((folder) => {
      try {
        return readdirSync(folder).includes('libfaketime.so.1') ? [join(folder, 'libfaketime.so.1')] : [];
      } catch {
        return [];
      }
    })[0];
}

const library = process.platform === 'linux' ? findLibrary() : undefined;

/** Why a test that moves a server's clock is skipped, or false. */
export const skipClock = library === undefined && "Debian's faketime is not installed";

/** A server whose clock is set while it runs, as an administrator or a failover sets it. */
export type ClockServer = FaultyServer & {
  /** So many seconds away from the real time. */
  setClock(seconds: number): Promise<void>;
};

export async function startClockServer(t: Test): Promise<ClockServer> {
  const folder = await mkdtemp(join(await reachableTemporaryFolder(serverOwner()), 'ccdb-clock-'));
  await chmod(folder, 0o755);
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'offset');
  const setClock = (seconds: number): Promise<void> =>
    writeFile(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  await setClock(0);
  const server = await startFaultyServer({
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      // Timeouts are measured by the other clock, which nobody sets.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  });
  t.teardown(() => server.close());
  return { ...server, setClock };
}
