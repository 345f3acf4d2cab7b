import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries } from '../../src/embedded/binaries.ts';
import { makeOwnFolder, reachableTemporaryFolder, serverOwner } from '../../src/embedded/owner.ts';
import { guardServer } from '../../src/embedded/server.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

export type FaultyServerOptions = {
  /** Lines of postgresql.conf, such as `max_connections=10`. */
  settings?: string[];
  /** Variables of the server's environment, such as faketime's. */
  env?: NodeJS.ProcessEnv;
};

/** A real server, to be done to what production does. Its port and its data stay the same. */
export type FaultyServer = {
  /** The superuser's connection to the database `postgres`. */
  url: string;
  /** Starts it again after `stop` or `kill`, and waits until it takes connections. */
  start(): Promise<void>;
  /** Ends it in good order: connections are told. */
  stop(): Promise<void>;
  /** SIGKILL for every process at once, as the kernel does when memory is short. */
  kill(): Promise<void>;
  /** SIGSTOP for every process: connections stay open, and nobody answers. */
  pause(): void;
  resume(): void;
  /** Ends it and removes everything. */
  close(): Promise<void>;
};

const initdb = [
  '--username=postgres',
  '--encoding=UTF8',
  '--locale=C',
  '--auth=scram-sha-256',
  '--pwfile=new-password',
  '--no-sync',
];
const ownSettings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'fsync=off'];

/** The process and all below it; Linux only. */
function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        // "pid (name) state parent": a name may hold anything but the last bracket.
        const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        return { pid: Number(name), parent: Number(parent) };
      } catch {
        return { pid: 0, parent: 0 };
      }
    });
  const children = parents.filter(({ parent }) => parent === pid);
  return [pid, ...children.flatMap((child) => family(child.pid))];
}

/** Whether the process is gone, or waits only for its parent to hear of it. */
function hasEnded(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** Starts an embedded server of this test's own. Nothing of it outlives this process. */
export async function startFaultyServer({
  settings = [],
  env = {},
}: FaultyServerOptions = {}): Promise<FaultyServer> {
  const owner = serverOwner();
  const parent = await mkdtemp(join(await reachableTemporaryFolder(owner), 'ccdb-faulty-'));
  await chmod(parent, 0o711);
  const folder = join(parent, 'server');
  await makeOwnFolder(folder, owner);
  const binaries = await findBinaries(owner, folder);
  const port = await freePort();
  const password = randomBytes(24).toString('base64url');
  await writeFile(join(folder, 'new-password'), password, { mode: 0o600 });
  if (owner !== undefined) await chown(join(folder, 'new-password'), owner.uid, owner.gid);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let ended: Promise<void> = Promise.resolve();
  let stop = async (): Promise<void> => {};

  const postmaster = (): number =>
    Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  const start = async (): Promise<void> => {
    // A killed server's lock names a process number that somebody else may have by now.
    await rm(join(folder, 'data', 'postmaster.pid'), { force: true });
    const guardian = guardServer(
      { folder, afterwards: 'keep', initdb, settings: [...ownSettings, ...settings], port },
      env,
    );
    // Nobody reads what it logs.
    guardian.child.stderr?.resume();
    guardian.run(binaries);
    let isOver = false;
    ended = guardian.ended.then(() => {
      isOver = true;
    });
    stop = guardian.finish;
    const isUp = await eventually(async () => isOver || (await answers(url)), 60_000);
    if (!isUp || isOver) throw new Error('the server did not start');
  };

  await start();
  let paused: number[] = [];
  const resume = (): void => signal(paused.splice(0), 'SIGCONT');
  return {
    url,
    start,
    stop: () => stop(),
    async kill() {
      const processes = family(postmaster());
      signal(processes, 'SIGKILL');
      await ended;
      // The kernel ends each in its own time, and what is left holds the port and the shared memory.
      await eventually(() => processes.every(hasEnded), 30_000);
    },
    pause() {
      paused = family(postmaster());
      signal(paused, 'SIGSTOP');
    },
    resume,
    async close() {
      resume();
      // What was done to it may keep it from ending in good order.
      const giveUp = setTimeout(() => signal(family(postmaster()), 'SIGKILL'), 30_000);
      await stop();
      clearTimeout(giveUp);
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/** A folder with little room, for a tablespace. */
export type SmallDisk = {
  folder: string;
  /** Takes all the room that is left, until `free`. */
  fill(): Promise<void>;
  free(): Promise<void>;
  close(): Promise<void>;
};

/** A tmpfs of so many megabytes; undefined where it cannot be mounted: that takes root, on Linux. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const owner = serverOwner();
  if (owner === undefined) return undefined;
  const parent = await mkdtemp(join(await reachableTemporaryFolder(owner), 'ccdb-disk-'));
  await chmod(parent, 0o711);
  const folder = join(parent, 'disk');
  await mkdir(folder);
  const options = `size=${megabytes}m,mode=700,uid=${owner.uid},gid=${owner.gid}`;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) {
    await rm(parent, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'w');
      // Down to the last page, and never more than the disk may hold.
      let room = megabytes << 20;
      for (let size = 1 << 20; size >= 512 && room > 0; ) {
        try {
          const { bytesWritten } = await file.write(Buffer.alloc(size));
          room -= bytesWritten;
          if (bytesWritten < size) size >>= 1;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          size >>= 1;
        }
      }
      await file.close();
    },
    free: () => rm(ballast, { force: true }),
    async close() {
      spawnSync('umount', ['-l', folder]);
      await rm(parent, { recursive: true, force: true });
    },
  };
}
