import type pg from 'pg';
import type { TestDatabase } from './database.ts';

/** A person of a tenant, by users id or by the identity provider's subject, and an address that it has verified. */
export type Who = { tenantId: string; userId?: string; subject?: string; email?: string };

type Work<T> = (client: pg.PoolClient) => Promise<T>;

type RequestRole =
  | 'commerce_member'
  | 'commerce_buyer'
  | 'commerce_anonymous'
  | 'commerce_worker'
  | 'commerce_platform';

/** One transaction: kept if the work succeeds, taken back if it throws. */
async function inTransaction<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** A transaction of a request role, begun as the package's own transactions begin. */
export async function asRole<T>(
  pool: pg.Pool,
  role: RequestRole,
  sessionId: string,
  work: Work<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query(
      `select set_config('role', $1, true), set_config('commerce.session', $2, true),
              set_config('commerce.request_id', $3, true)`,
      [role, sessionId, 'test'],
    );
    return work(client);
  });
}

/** Opens a session as commerce_auth does for a request; it lasts an hour. */
export async function openSession(
  db: TestDatabase,
  role: 'member' | 'buyer' | 'anonymous',
  { tenantId, userId, subject, email }: Who,
): Promise<string> {
  const { rows } = await db.auth.query<{ session_id: string }>(
    'select session_id from internal.open_session($1, $2, $3, $4, $5)',
    [tenantId, role, userId ?? null, subject ?? null, email ?? null],
  );
  const [session] = rows;
  if (session === undefined) throw new Error('open_session returned no row');
  return session.session_id;
}

export async function asMember<T>(db: TestDatabase, who: Who, work: Work<T>): Promise<T> {
  return asRole(db.api, 'commerce_member', await openSession(db, 'member', who), work);
}

export async function asBuyer<T>(db: TestDatabase, who: Who, work: Work<T>): Promise<T> {
  return asRole(db.api, 'commerce_buyer', await openSession(db, 'buyer', who), work);
}

export async function asAnonymous<T>(db: TestDatabase, { tenantId }: Who, work: Work<T>): Promise<T> {
  return asRole(db.api, 'commerce_anonymous', await openSession(db, 'anonymous', { tenantId }), work);
}

/** A visitor who is known again by the subject of the own token. */
export async function asVisitor<T>(db: TestDatabase, who: Who, work: Work<T>): Promise<T> {
  return asRole(db.api, 'commerce_anonymous', await openSession(db, 'anonymous', who), work);
}

/** A machine: without a tenant until one of its functions finds and adopts one. */
export async function asWorker<T>(db: TestDatabase, work: Work<T>): Promise<T> {
  return asRole(db.worker, 'commerce_worker', '', work);
}

/** A system administrator, whose session is committed with its reason before anything is read. */
export async function asPlatform<T>(
  db: TestDatabase,
  { adminId, tenantId, reason = 'a test looks' }: { adminId: string; tenantId: string; reason?: string },
  work: Work<T>,
): Promise<T> {
  const { rows } = await db.auth.query<{ session_id: string }>(
    'select session_id from internal.open_platform_session($1, $2, $3, 30)',
    [adminId, tenantId, reason],
  );
  const [session] = rows;
  if (session === undefined) throw new Error('open_platform_session returned no row');
  return asRole(db.platform, 'commerce_platform', session.session_id, work);
}

export async function asInstaller<T>(db: TestDatabase, work: Work<T>): Promise<T> {
  return inTransaction(db.installer, work);
}
