import './environment.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import pino, { type Logger } from 'pino';
import { grafserv } from 'postgraphile/grafserv/node';
import type { GraphQLSchema } from 'postgraphile/graphql';
import type { Settings } from '../database/connection-settings.ts';
import { createPool, endPool } from '../database/pool.ts';
import { SessionCache } from '../database/session.ts';
import { Standby } from '../database/standby.ts';
import { refuseUnsuitable } from '../migrations/suitable.ts';
import { UserError } from '../operations/user-error.ts';
import { Authenticator } from './auth.ts';
import { readSchema } from './built-schema.ts';
import { type Development, documentationRoutes } from './development.ts';
import { ServedRequest } from './exchange.ts';
import { closeGracefully, makeFront } from './front.ts';
import { limits } from './limits.ts';
import { Listener } from './live/listener.ts';
import { LiveServer } from './live/live-server.ts';
import {
  operationsRoutes,
  refuseMissingMigrations,
  refuseOtherLogin,
  refuseOtherLoginOnStandby,
} from './operations.ts';
import { Origins } from './origins.ts';
import { persistedOperations } from './persisted.ts';
import { graphqlPath, serverPreset } from './preset.ts';
import { Sockets } from './sockets.ts';
import { Telemetry } from './telemetry.ts';
import type { TokenOptions } from './token-options.ts';
import { requestSettings } from './transaction.ts';
import { Upkeep } from './upkeep.ts';

export type ServerOptions = TokenOptions & {
  /** Connection of `commerce_api`. */
  connectionString: string;
  /** Connection of `commerce_auth`, which opens sessions and can do nothing else. */
  authConnectionString: string;
  /** Connection of `commerce_api` on a streaming standby, where queries read if it has replayed enough. */
  standbyConnectionString?: string | undefined;
  /** A direct connection of `commerce_api` for notifications, where the other one goes through a pooler. */
  listenConnectionString?: string | undefined;
  /** Connections for requests; 10 unless said otherwise. */
  poolSize?: number | undefined;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Origins whose pages may read answers; none but the server's own unless said otherwise. */
  corsOrigins?: string[] | undefined;
  /** A file of `ccdb schema`: the schema, which is built at the start otherwise. */
  schemaFile?: string | undefined;
  /** A folder of .graphql files: only what stands in them runs. */
  persistedOperationsFolder?: string | undefined;
  metricsToken?: string | undefined;
  logLevel?: string | undefined;
  /** Where lines of the log go; standard output unless said otherwise. */
  log?: Logger | undefined;
  /** Ruru, introspection and the database's documentation: for one's own machine only. */
  development?: Development | undefined;
};

export type RunningServer = { url: string; close(): Promise<void> };

/** Connections for sessions are needed once an hour and person; for live reads, a few at a time. */
const authPoolSize = 4;
const livePoolSize = 4;

const answerTimeout = limits.statementTimeoutMilliseconds + limits.silenceMilliseconds;

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason = code === 'EADDRINUSE' ? 'it is in use' : message;
      reject(new UserError(`cannot listen on port ${port} of ${host}: ${reason}`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * The schema: of the file, if that is of this package and this database, else built anew. A server that comes up late
 * is better than one that does not, as when it is started again while a new release is being brought out.
 */
async function makeSchema(
  pool: pg.Pool,
  file: string | undefined,
  telemetry: Telemetry,
): Promise<GraphQLSchema> {
  if (file !== undefined) {
    const built = await readSchema(file, pool);
    if ('schema' in built) return built.schema;
    telemetry.warn('the GraphQL schema was built at the start, as that of GRAPHQL_SCHEMA is another', {
      file,
      reason: built.difference,
      remedy: `ccdb schema ${file}`,
    });
  }
  const { buildSchema } = await import('./schema-preset.ts');
  return buildSchema(pool);
}

/** Serves GraphQL over HTTP and WebSockets until it is closed. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { connectionString, authConnectionString, standbyConnectionString, host, port, development } =
    options;
  const telemetry = new Telemetry(options.log ?? pino({ level: options.logLevel ?? 'info' }));
  const fault = (error: Error) => telemetry.fault(error);
  const listener = new Listener(options.listenConnectionString ?? connectionString, fault);
  const openPool = (name: string, connectionString: string, max: number, settings?: Settings): pg.Pool => {
    const onChange = (isAway: boolean): void => {
      telemetry.databaseChanged(name, isAway);
      if (!isAway) listener.check();
    };
    const connectionTimeoutMillis = limits.connectionMilliseconds;
    const config = {
      connectionString,
      application_name: 'ccdb graphql',
      max,
      connectionTimeoutMillis,
      ...(settings && { settings }),
    };
    return createPool(config, { answerTimeout, onChange });
  };
  const pool = openPool('requests', connectionString, options.poolSize ?? 10, requestSettings);
  const standbyPool =
    standbyConnectionString === undefined
      ? undefined
      : openPool('standby', standbyConnectionString, options.poolSize ?? 10, requestSettings);
  const standby = standbyPool && new Standby(standbyPool);
  const livePool = openPool('live', connectionString, livePoolSize, requestSettings);
  const auth = openPool('sessions', authConnectionString, authPoolSize);
  const pools: [name: string, pool: pg.Pool][] = [
    ['requests', pool],
    ['live', livePool],
    ['sessions', auth],
    ...(standbyPool ? [['standby', standbyPool] satisfies [string, pg.Pool]] : []),
  ];
  const authenticator = new Authenticator(
    options,
    new SessionCache(auth, { hasStandby: standby !== undefined }),
    auth,
    development !== undefined,
  );
  const live = new LiveServer(listener, livePool, auth, fault);
  const origins = new Origins(options.corsOrigins ?? []);
  const server = createServer({
    IncomingMessage: ServedRequest,
    requestTimeout: limits.requestTimeoutMilliseconds,
    // Other protocols are not spoken: the request is answered as it is.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  // In the order of starting; closed in the other.
  const closing: (() => Promise<unknown>)[] = [
    () => Promise.all(pools.map(([, each]) => endPool(each, limits.closeMilliseconds))),
  ];
  let isStopping = false;
  const close = async (): Promise<void> => {
    isStopping = true;
    for (const each of closing.toReversed()) await each();
  };
  try {
    const expected = await refuseMissingMigrations(pool);
    await refuseUnsuitable(pool);
    await refuseOtherLogin(pool, 'commerce_api');
    await refuseOtherLogin(auth, 'commerce_auth');
    if (standbyPool) await refuseOtherLoginOnStandby(standbyPool, fault);
    const upkeep = new Upkeep(auth, livePool, telemetry);
    closing.push(async () => upkeep.close());
    await upkeep.makePartitions();
    const persisted = options.persistedOperationsFolder;
    // First the schema: a server that listens can answer.
    const schema = await makeSchema(pool, options.schemaFile, telemetry);
    const serv = grafserv({
      schema,
      preset: {
        extends: [
          serverPreset(pool, { authenticator, telemetry, development, standby, schema }),
          ...(persisted === undefined ? [] : [await persistedOperations(persisted)]),
        ],
      },
    });
    closing.push(async () => serv.release());
    await serv.ready();
    await listener.start().catch((cause: Error) => {
      const message = `cannot listen for notifications (DATABASE_LISTEN_URL): ${cause.message}`;
      throw new UserError(message, { cause });
    });
    closing.push(() => listener.close());
    const sockets = new Sockets(serv, { authenticator, auth, live, telemetry, origins });
    sockets.addTo(server, graphqlPath);
    closing.push(() => Promise.all([closeGracefully(server), sockets.close()]));
    for (const [name, each] of pools) telemetry.watchPool(name, each);
    telemetry.watch('ccdb_subscriptions', 'Subscriptions that receive events.', () => listener.subscriptions);
    telemetry.watch('ccdb_sockets', 'Open WebSockets.', () => sockets.count);
    telemetry.watch('ccdb_listening', 'Whether notifications are received.', () =>
      Number(listener.isConnected),
    );
    const { metricsToken } = options;
    const front = makeFront({
      graphqlPath,
      graphql: serv.createHandler(),
      routes: new Map([
        ...operationsRoutes({
          requests: pool,
          pool: livePool,
          auth,
          expected,
          telemetry,
          upkeep,
          isStopping: () => isStopping,
          metricsToken,
        }),
        ...(development === undefined ? [] : await documentationRoutes()),
      ]),
      origins,
      telemetry,
      isDevelopment: development !== undefined,
    });
    server.on('request', front);
    const bound = await listen(server, host, port);
    const url = `http://${host}:${bound}${graphqlPath}`;
    telemetry.note('listening', { url });
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
