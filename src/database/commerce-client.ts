import pg from 'pg';
import {
  type Limits,
  type Settings,
  startSettings,
  startupOptions,
  versionOf,
} from './connection-settings.ts';
import { orAborted } from './or-aborted.ts';

export type CommerceClientConfig = pg.ClientConfig & {
  limits?: Partial<Limits>;
  /** Further settings that it begins with. */
  settings?: Settings;
  /** Aborted while the server is away: no attempt to connect is waited for. */
  absence?: () => AbortSignal;
};

/** How a server takes the settings that a connection begins with. */
type Server = {
  /** As the server counts it; 0 behind a pooler, which takes none. */
  version: number;
  isPooler: boolean;
};

/** Milliseconds that the answer may take. */
const patience = 5_000;

/** What the first connection of this process to each server found out. */
const servers = new Map<string, Promise<Server>>();

/** Comes back only from a server that was sent the options. */
const mark = { 'ccdb.start': 'direct' };

/** pgbouncer knows no parameter `options`, and says so as an error of the protocol; others call it unsupported. */
const refusals = ['08P01', '0A000'];

type Internals = {
  connectionParameters: { host: string; port: number; database: string; options?: string };
};

/**
 * A connection that begins with the package's settings, whatever its role and database are set to. A pooler
 * keeps connections that began before, so behind one (`isPooled`) they are set in every transaction.
 */
export class CommerceClient extends pg.Client {
  isPooled = false;
  readonly #config: CommerceClientConfig;

  constructor(config: CommerceClientConfig) {
    super(config);
    this.#config = config;
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
    const connecting = this.#connect();
    if (callback === undefined) return connecting;
    connecting.then(() => (callback as () => void)(), callback);
    return undefined;
  }

  async #connect(): Promise<pg.Client> {
    const { connectionParameters: parameters } = this as unknown as Internals;
    const address = JSON.stringify([parameters.host, parameters.port, parameters.database]);
    const absence = this.#config.absence?.();
    absence?.throwIfAborted();
    const asked = servers.get(address) ?? askServer(this.#config, parameters.options);
    servers.set(address, asked);
    try {
      const { version, isPooler } = await orAborted(asked, absence);
      this.isPooled = isPooler;
      if (this.connection.stream.destroyed) throw new Error('the server was asked for too long');
      if (!isPooler) {
        const { limits, settings } = this.#config;
        const options = startupOptions(startSettings(version, limits, settings));
        parameters.options = withOwn(options, parameters.options);
      }
      return await orAborted(super.connect(), absence);
    } catch (error) {
      // Another server may have taken its place.
      if (servers.get(address) === asked) servers.delete(address);
      this.connection.stream.destroy();
      throw error;
    }
  }
}

/** Whether the settings are to be set in every transaction. */
export function isPooled(client: pg.ClientBase): boolean {
  return client instanceof CommerceClient && client.isPooled;
}

/** Those of the connection string come last, and win. */
function withOwn(options: string, own = ''): string {
  return `${options} ${own}`.trim();
}

async function askServer(config: pg.ClientConfig, own: string | undefined): Promise<Server> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  (client as unknown as Internals).connectionParameters.options = withOwn(
    startupOptions({ ...startSettings(0), ...mark }),
    own,
  );
  let version = 0;
  client.connection.on('parameterStatus', ({ parameterName: name, parameterValue: value }) => {
    if (name === 'server_version') version = versionOf(value);
  });
  try {
    await client.connect();
  } catch (error) {
    const { code = '' } = error as pg.DatabaseError;
    if (refusals.includes(code)) return { version: 0, isPooler: true };
    throw error;
  }
  try {
    const text = `select current_setting('ccdb.start', true) as start`;
    const { rows } = await client.query({ text, query_timeout: patience } as pg.QueryConfig);
    return { version, isPooler: rows[0]?.start !== mark['ccdb.start'] };
  } finally {
    // In good order; what is silent goes all the same.
    setTimeout(() => client.connection.stream.destroy(), patience).unref();
    client.end().catch(() => {});
  }
}
