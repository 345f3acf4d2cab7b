import { join } from 'node:path';
import pg from 'pg';
import { findKeptServer, startKeptServer } from '../embedded/server.ts';
import { migrateUp } from '../migrations/index.ts';
import { withClient } from '../operations/client.ts';
import {
  ensureLogins,
  findOpenLogins,
  type LoginUrls,
  loginUrls,
  parseUrl,
  withDatabase,
} from '../operations/login-urls.ts';
import { demoMerchants, seedDemo } from '../operations/seed-demo.ts';
import { signToken } from '../operations/token.ts';
import { startWorker } from '../operations/worker.ts';
import { type Command, UserError } from './command.ts';
import { dataFolder, tokenSecret } from './data-folder.ts';
import { loadGraphqlServer } from './graphql-server.ts';
import { portOption, readPort, refuseBusyPort } from './port.ts';
import { untilStopped } from './until-stopped.ts';

const host = '127.0.0.1';
const database = 'commerce';

type Database = {
  url: string;
  isOurs: boolean;
  /** Rejects when the server ends by itself. */
  failed: Promise<never>;
  stop(): Promise<void>;
};

async function createDatabase(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  });
}

/** The server of DATABASE_URL, or an embedded one whose data stay in the folder. */
async function openDatabase(env: NodeJS.ProcessEnv, folder: string): Promise<Database> {
  if (env.DATABASE_URL) {
    const failed = new Promise<never>(() => {});
    return { url: parseUrl(env.DATABASE_URL).href, isOurs: false, failed, stop: async () => {} };
  }
  console.log(`PostgreSQL with its data in ${folder}`);
  const { url, ended, stop } = await startKeptServer(folder);
  const failed = ended.then(() => {
    throw new UserError(`the database has stopped; ${join(folder, 'server.log')} tells why`);
  });
  failed.catch(() => {});
  await createDatabase(url, database);
  return { url: withDatabase(url, database), isOurs: true, failed, stop };
}

/** The database of `ccdb dev` if that is running now, or else one as it would open it. */
export async function openDevelopmentDatabase(env: NodeJS.ProcessEnv, folder: string): Promise<Database> {
  const running = env.DATABASE_URL ? undefined : await findKeptServer(folder);
  if (running === undefined) return openDatabase(env, folder);
  const failed = new Promise<never>(() => {});
  return { url: withDatabase(running, database), isOurs: true, failed, stop: async () => {} };
}

/** Brings the database up to date; a server of somebody else gets demo data only if it had nothing of ours. */
async function prepare({ url, isOurs }: Database, env: NodeJS.ProcessEnv): Promise<LoginUrls> {
  const open = await findOpenLogins(url);
  const applied = await migrateUp({ connectionString: url, log: console.log });
  const urls = loginUrls(url, env);
  await ensureLogins(url, urls, open);
  const isNew = applied.some((name) => name.startsWith('0001'));
  if (isOurs || isNew) await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
  return urls;
}

type DemoToken = { name: string; token: string };

/** A token for the owner of each demo merchant, good for a month of trying things out. */
async function demoTokens(connectionString: string, secret: string): Promise<DemoToken[]> {
  const merchants = await demoMerchants(connectionString);
  return Promise.all(
    merchants.map(async ({ name, tenantId, ownerSubject: subject }) => ({
      name,
      token: await signToken({ role: 'member', tenantId, subject }, secret, '30d'),
    })),
  );
}

export const dev: Command = {
  summary: 'start everything on this machine: database, demo data, GraphQL and the worker',
  usage: 'ccdb dev [--port 5678] [--data FOLDER]',
  options: { port: portOption, data: { type: 'string' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb dev --help`);
    const port = readPort(values.port, env);
    await refuseBusyPort(port, host);
    const folder = await dataFolder(values.data as string | undefined, env);
    const secret = await tokenSecret(folder, env);
    const stopped = untilStopped();
    const db = await openDatabase(env, folder);
    try {
      const urls = await prepare(db, env);
      const { startServer } = await loadGraphqlServer();
      const tokens = await demoTokens(urls.DATABASE_WORKER_URL, secret);
      const server = await startServer({
        connectionString: urls.DATABASE_API_URL,
        authConnectionString: urls.DATABASE_AUTH_URL,
        jwtSecret: secret,
        host,
        port,
        logLevel: env.LOG_LEVEL || 'warn',
        development: { token: tokens[0]?.token },
      });
      const worker = startWorker({
        connectionString: urls.DATABASE_WORKER_URL,
        log: (line) => line.error && console.error(JSON.stringify(line)),
      });
      try {
        for (const { name, token } of tokens) {
          console.log(`\nOwner of ${name}, as a header:\n{"Authorization": "Bearer ${token}"}`);
        }
        console.log(`\nDatabase: psql '${db.url}'`);
        console.log(`GraphQL:  http://${host}:${port}/ (Ctrl-C stops)`);
        await Promise.race([stopped, db.failed, worker.failed]);
      } finally {
        await Promise.all([server.close(), worker.stop()]);
      }
    } finally {
      await db.stop();
    }
  },
};
