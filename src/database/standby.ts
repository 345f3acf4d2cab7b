import type pg from 'pg';
import { connect, pulseOf } from './pool.ts';

/** A session, as far as a standby is concerned. */
export type Reader = {
  /** How far the primary's log of changes (WAL) had come after the session's last commit, where there is a standby. */
  position?: bigint;
};

/** The places in the log of changes (WAL) that a server writes or replays, as numbers. */
const written = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as position`;
const replayed = `select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') end as position`;

/** Behind every place: no standby has replayed it. */
const unknown = 2n ** 64n;

type Row = { position: string | null };

type Internals = {
  connection: {
    on(event: 'parameterStatus', listener: (status: { parameterName: string }) => void): void;
  };
};

/**
 * Connections to a standby, for reads. A session reads there what it has written itself and nothing older than
 * itself: each session knows how far the primary's log had come after its last commit, at first the one that opened
 * it. Where the standby has not replayed so much, or is away, or has been promoted, the primary answers instead.
 */
export class Standby {
  readonly #pool: pg.Pool;
  /** How far the server of each connection had come when it was last asked; it only goes forward. */
  readonly #replayed = new WeakMap<pg.PoolClient, bigint>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** A connection on which the session can read; undefined where only the primary can answer it. */
  async connect(session: Reader, signal?: AbortSignal): Promise<pg.PoolClient | undefined> {
    const { position } = session;
    if (position === undefined || position === unknown || pulseOf(this.#pool).absence.aborted)
      return undefined;
    const client = await connect(this.#pool, signal).catch((error: { reason?: string }) => {
      signal?.throwIfAborted();
      // A login or database that the standby does not know is no outage.
      if (error.reason === 'LOGIN_REFUSED') throw error;
      return undefined;
    });
    if (client === undefined || (await this.#hasReplayed(client, position))) return client;
    client.release(!this.#replayed.has(client));
    return undefined;
  }

  async #hasReplayed(client: pg.PoolClient, wanted: bigint): Promise<boolean> {
    const before = this.#replayed.get(client);
    if (before !== undefined && before >= wanted) return true;
    const reached = await positionOf(client, replayed);
    // Not of a standby, or no longer: what it reads may be no more what the primary holds.
    if (reached === undefined) return false;
    if (before === undefined) this.#watchPromotion(client);
    this.#replayed.set(client, reached);
    return reached >= wanted;
  }

  /** A server that becomes a primary reports it on each connection. */
  #watchPromotion(client: pg.PoolClient): void {
    (client as unknown as Internals).connection.on('parameterStatus', ({ parameterName }) => {
      if (parameterName === 'in_hot_standby') this.#replayed.delete(client);
    });
  }
}

async function positionOf(client: pg.ClientBase, text: string): Promise<bigint | undefined> {
  const answer = await client.query<Row>(text).catch(() => undefined);
  const position = answer?.rows[0]?.position;
  return position == null ? undefined : BigInt(position);
}

/** Notes in the session that what it has written lies before the present place in the primary's log. Never throws. */
export async function notePosition(primary: pg.ClientBase, session: Reader): Promise<void> {
  const position = (await positionOf(primary, written)) ?? unknown;
  const { position: before = 0n } = session;
  if (before === unknown || position > before) session.position = position;
}

/** Notes that a commit has no answer: until another one has, only the primary knows what the session has written. */
export function forgetPosition(session: Reader): void {
  session.position = unknown;
}
