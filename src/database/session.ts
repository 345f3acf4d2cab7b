import type pg from 'pg';
import { commerceError, ofLogin, ofParameter } from './errors.ts';
import { ask, connect } from './pool.ts';
import { notePosition, type Reader } from './standby.ts';

/** The person who acts, for which tenant and in which role. A person is named by users id or by the identity provider's subject. */
export type Identity = {
  /** null: a person before there is a tenant. */
  tenantId: string | null;
  /** Staff, shopper or visitor; a person who is not of the team is refused as member (FORBIDDEN). */
  role: 'member' | 'buyer' | 'anonymous';
  /** The users id. */
  userId?: string;
  /** The identity provider's id of the person. */
  subject?: string;
  /** A verified address; invitations are found by it. */
  email?: string;
  /** When the caller's own proof of identity ends; a session never outlives it. */
  expiresAt?: Date;
};

/** An open session. The database knows which person acts in it: somebody may become a buyer within it. */
export type Session = Reader & {
  /** A secret: anybody who knows it can act in the session, so it must not be logged. */
  id: string;
  tenantId: string | null;
  expiresAt: Date;
};

/** A session is given up this long before it ends, so that no transaction begins with one about to end. */
const marginMilliseconds = 30_000;

/**
 * Opens sessions through the connection of `commerce_auth`, and keeps them until shortly before they
 * end, so that a session costs one insert an hour and not one a request. The least recently used go first.
 */
export class SessionCache {
  readonly #auth: pg.Pool;
  readonly #size: number;
  readonly #lifetime: number;
  readonly #hasStandby: boolean;
  readonly #sessions = new Map<string, Promise<Kept>>();

  /** Keeps so many sessions, each for so many milliseconds at most. */
  constructor(
    auth: pg.Pool,
    {
      size = 10_000,
      lifetime = Infinity,
      hasStandby = false,
    }: { size?: number | undefined; lifetime?: number | undefined; hasStandby?: boolean } = {},
  ) {
    this.#auth = auth;
    this.#size = size;
    this.#lifetime = lifetime;
    this.#hasStandby = hasStandby;
  }

  /**
   * The identity's session; callers that come together share one. TENANT_REQUIRED, FORBIDDEN,
   * INVALID_INPUT; INVALID_SESSION when the identity's own proof has ended.
   */
  async open(identity: Identity): Promise<Session> {
    if (identity.expiresAt !== undefined && identity.expiresAt.getTime() <= Date.now()) {
      throw commerceError('SCCTX', 'the proof of identity has expired');
    }
    const key = keyOf(identity);
    const cached = this.#sessions.get(key);
    if (cached !== undefined) {
      const session = await cached;
      // Someone else may have replaced it while it was looked at.
      const current = this.#sessions.get(key) ?? cached;
      if (current !== cached) return current;
      if (isFresh(session, identity, this.#lifetime)) {
        this.#keep(key, cached);
        return session;
      }
    }
    const opening = this.#openNew(identity);
    this.#keep(key, opening);
    opening.catch(() => this.#drop(key, opening));
    return opening;
  }

  /** Forgets a session that the database refused, if it is still the one in the cache. */
  async forget(identity: Identity, session: Session): Promise<void> {
    const key = keyOf(identity);
    const cached = this.#sessions.get(key);
    if (cached !== undefined && (await cached.catch(() => null)) === session) this.#drop(key, cached);
  }

  /** Logs the identity out: the session of this process ends at once. Other processes hold their own. */
  async close(identity: Identity): Promise<void> {
    const key = keyOf(identity);
    const cached = this.#sessions.get(key);
    if (cached === undefined) return;
    this.#drop(key, cached);
    const session = await cached.catch(() => null);
    if (session !== null) await ask(this.#auth, 'select internal.close_session($1)', [session.id]);
  }

  async #openNew(identity: Identity): Promise<Kept> {
    const session = await openSession(this.#auth, identity);
    if (!this.#hasStandby) return session;
    // A standby knows it only once it has replayed this.
    const client = await connect(this.#auth);
    await notePosition(client, session).finally(() => client.release());
    return session;
  }

  #keep(key: string, session: Promise<Kept>): void {
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    if (this.#sessions.size > this.#size) {
      const [oldest] = this.#sessions.keys();
      if (oldest !== undefined) this.#sessions.delete(oldest);
    }
  }

  #drop(key: string, session: Promise<Kept>): void {
    if (this.#sessions.get(key) === session) this.#sessions.delete(key);
  }
}

type Kept = Session & { openedAt: number };

/** Near its end a session is used on only if the identity ends with it, so that no new one would last longer. */
function isFresh({ expiresAt, openedAt }: Kept, identity: Identity, lifetime: number): boolean {
  if (Date.now() - openedAt > lifetime) return false;
  const left = expiresAt.getTime() - Date.now();
  return left > marginMilliseconds || (left > 0 && identity.expiresAt?.getTime() === expiresAt.getTime());
}

/** A key by which identities are compared. */
export function keyOf({ tenantId, role, userId, subject, email }: Identity): string {
  return JSON.stringify([tenantId, role, userId, subject, email]);
}

async function openSession(auth: pg.Pool, identity: Identity): Promise<Kept> {
  const { tenantId, role, userId, subject, email, expiresAt } = identity;
  type Row = {
    session_id: string;
    tenant_id: string | null;
    expires_at: Date;
  };
  const [row] = (await ask<Row>(
    auth,
    'select session_id, tenant_id, expires_at from internal.open_session($1, $2, $3, $4, $5, $6)',
    [tenantId, role, userId ?? null, subject ?? null, email ?? null, expiresAt ?? null],
  ).catch((error: unknown) => {
    throw ofLogin(ofParameter(error, ['tenantId', 'role', 'userId']));
  })) as [Row];
  return { id: row.session_id, tenantId: row.tenant_id, expiresAt: row.expires_at, openedAt: Date.now() };
}
