import './environment.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { grafserv } from 'postgraphile/grafserv/node';
import { SessionCache } from '../session.ts';
import { UserError } from '../user-error.ts';
import { Authenticator, type TokenOptions } from './auth.ts';
import { serverPreset } from './preset.ts';

export type ServerOptions = TokenOptions & {
  /** Connection of `commerce_api`. */
  connectionString: string;
  /** Connection of `commerce_auth`, which opens sessions and can do nothing else. */
  authConnectionString: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Ruru, introspection and explanations of queries: for one's own machine only. */
  development?: boolean;
};

export type RunningServer = { url: string; close(): Promise<void> };

function createPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, application_name: 'ccdb graphql' });
  // A connection lost while idle is replaced; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason = code === 'EADDRINUSE' ? 'it is in use' : message;
      reject(new UserError(`cannot listen on port ${port} of ${host}: ${reason}`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Serves GraphQL over HTTP until it is closed. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { connectionString, authConnectionString, host, port, development = false } = options;
  const pool = createPool(connectionString);
  const auth = createPool(authConnectionString);
  const authenticator = new Authenticator(options, new SessionCache(auth), auth);
  const instance = postgraphile(serverPreset(pool, { authenticator, isDevelopment: development }));
  const server = createServer();
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    await instance.release();
    await Promise.all([pool.end(), auth.end()]);
  };
  try {
    // First the schema: a server that listens can answer.
    await instance.getSchema();
    const serv = instance.createServ(grafserv);
    await serv.addTo(server);
    await serv.ready();
    const bound = await listen(server, host, port);
    return { url: `http://${host}:${bound}/graphql`, close };
  } catch (error) {
    await close();
    throw error;
  }
}
