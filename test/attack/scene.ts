import type pg from 'pg';
import type { Test } from 'tap';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { demoPeople, type Person } from '../support/people.ts';

/** A database with two merchants: the attacker has sessions of ours, and wants what is theirs. */
export type Side = TestDatabase & { ours: Person; theirs: Person };

export type Role = 'member' | 'buyer' | 'anonymous' | 'worker' | 'platform';

/** What a program logs in as before it takes the role of a request. */
const logins: Readonly<Record<Role, keyof Pick<TestDatabase, 'api' | 'worker' | 'platform'>>> = {
  member: 'api',
  buyer: 'api',
  anonymous: 'api',
  worker: 'worker',
  platform: 'platform',
};
const loginRoles = {
  api: 'commerce_api',
  worker: 'commerce_worker_login',
  platform: 'commerce_platform_login',
};
export const roles = Object.keys(logins) as Role[];

/** One thing that injected SQL tries. */
export type Attack = {
  name: string;
  role: Role;
  /** The SQL that takes its defence out, run by the installer; a copy without it must give in. */
  without: string;
  /** Whether the attacker, inside a request of ours, got what they wanted. */
  succeeds: (client: pg.ClientBase, side: Side) => Promise<boolean>;
};

export type Outcome = {
  rows: Record<string, unknown>[];
  count: number;
  /** The SQLSTATE of what was refused. */
  code: string | null;
  /** Everything that the answer says. */
  words: string;
};

/** Runs one statement so that the transaction survives its failure. */
export async function attempt(client: pg.ClientBase, sql: string, values: unknown[] = []): Promise<Outcome> {
  await client.query('savepoint attempt');
  try {
    const { rows, rowCount } = await client.query(sql, values);
    return { rows, count: rowCount ?? 0, code: null, words: '' };
  } catch (error) {
    const { code = 'none', message, detail, hint } = error as Record<string, string>;
    await client.query('rollback to attempt');
    return { rows: [], count: 0, code, words: [message, detail, hint].join('\n') };
  }
}

/** The attack of a statement that must not run at all. */
export function statement(sql: string): Attack['succeeds'] {
  return async (client) => (await attempt(client, sql)).code === null;
}

/** The attack of a query that must return nothing. */
export function rows(sql: string): Attack['succeeds'] {
  return async (client) => (await attempt(client, sql)).count > 0;
}

async function enter(client: pg.ClientBase, role: Role, person: Person): Promise<void> {
  const request = `commerce_${role}`;
  await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
    request,
    person.sessions[request],
  ]);
  if (role === 'platform') await client.query(`select api.announce_read('what an attacker would say')`);
}

/** A request of this person as the package makes it; nothing of it stays. */
export async function inRequest<T>(
  side: Side,
  role: Role,
  work: (client: pg.ClientBase) => Promise<T>,
  person: Person = side.ours,
): Promise<T> {
  return rolledBack(side[logins[role]], async (client) => {
    await enter(client, role, person);
    return work(client);
  });
}

/** The same request in a transaction of a copy in which a defence is gone. */
async function inRequestWithout<T>(
  side: Side,
  { role, without }: Pick<Attack, 'role' | 'without'>,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  return rolledBack(side.installer, async (client) => {
    await client.query(without);
    await client.query(
      `set local session authorization ${loginRoles[logins[role] as keyof typeof loginRoles]}`,
    );
    await enter(client, role, side.ours);
    return work(client);
  });
}

async function rolledBack<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback');
    // What an attack left on the connection goes with it.
    client.release(true);
  }
}

async function openSide(t: Test): Promise<Side> {
  const db = await createTestDatabase(t);
  const [ours, theirs] = await demoPeople(db);
  return { ...db, ours, theirs };
}

/** The database as it is shipped, and a copy whose defences may be taken out. */
export async function openScene(t: Test): Promise<{ product: Side; copy: Side }> {
  return { product: await openSide(t), copy: await openSide(t) };
}

/** Attacks that share a role and a defence run in one transaction, each in its own savepoint. */
function together(attacks: Attack[]): Attack[][] {
  const groups = new Map<string, Attack[]>();
  for (const attack of attacks) {
    const key = `${attack.role}: ${attack.without}`;
    groups.set(key, [...(groups.get(key) ?? []), attack]);
  }
  return [...groups.values()];
}

async function successes(client: pg.ClientBase, side: Side, attacks: Attack[]): Promise<string[]> {
  const names: string[] = [];
  for (const { name, succeeds } of attacks) {
    await client.query('savepoint before');
    if (await succeeds(client, side)) names.push(name);
    await client.query('rollback to before');
  }
  return names;
}

/**
 * Every attack fails on the product, and succeeds on the copy without its defence. Returns how many of them were
 * shown to succeed, for the caller to count.
 */
export async function defend(
  t: Test,
  { product, copy }: { product: Side; copy: Side },
  attacks: Attack[],
): Promise<number> {
  let proven = 0;
  for (const group of together(attacks)) {
    const [{ role, without }] = group as [Attack];
    const names = group.map(({ name }) => name);
    const given = await inRequest(product, role, (client) => successes(client, product, group));
    t.strictSame(given, [], `${role}: ${group.length} attacks fail, such as: ${names[0]}`);
    const shown = await inRequestWithout(copy, { role, without }, (client) => successes(client, copy, group));
    t.strictSame(shown, names, `${role}: each succeeds without its defence`);
    proven += shown.length;
  }
  t.comment(`${attacks.length} attacks, ${proven} shown able to succeed`);
  return proven;
}
