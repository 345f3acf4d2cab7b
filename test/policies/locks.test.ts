import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import t from 'tap';
import { queue } from '../functions/chat.ts';
import { addChatCustomer, addProduct, openShop } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asWorker, openSession } from '../support/session.ts';

/**
 * No login of requests can stop another merchant by a lock. Any login may take any advisory lock, compute what is
 * computed of names, and read in pg_locks the keys that others hold: so nothing of ours waits for one.
 */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const product = await addProduct(db, shop);

/** What tries an advisory lock, and goes on without it. */
const trying = ['internal.tg__live'];

t.test('no function waits for an advisory lock', async (t) => {
  const { rows } = await db.installer.query<{ name: string; calls: string[] }>(
    `select n.nspname || '.' || p.proname as name,
            array(select m[1] from regexp_matches(p.prosrc, '\\m(pg_(?:try_)?advisory_\\w*lock\\w*)', 'g') as m) as calls
       from pg_proc as p
       join pg_namespace as n on n.oid = p.pronamespace
      where n.nspname in ('api', 'commerce', 'internal', 'audit', 'ccdb') and p.prosrc ~ 'advisory_'`,
  );
  t.strictSame(
    rows.map(({ name }) => name),
    trying,
  );
  t.strictSame(
    rows.flatMap(({ calls }) => calls),
    ['pg_try_advisory_xact_lock_shared', 'pg_try_advisory_lock', 'pg_advisory_unlock'],
  );
});

t.test('nor does the package, but for the installer', async (t) => {
  const source = new URL('../../src/', import.meta.url).pathname;
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const withLocks = [];
  for (const file of files) {
    if (/\bpg_(try_)?advisory_\w*lock/.test(await readFile(join(source, file), 'utf8'))) withLocks.push(file);
  }
  t.strictSame(
    withLocks.filter((file) => !file.startsWith('migrations')),
    [join('graphql', 'live', 'channel.ts')],
  );
});

t.test('no login of requests locks a table against writers', async (t) => {
  const { rows: tables } = await db.installer.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class as c
       join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname in ('api', 'commerce', 'internal', 'audit', 'ccdb') and c.relkind in ('r', 'p', 'v')`,
  );
  t.ok(tables.length > 80);
  for (const role of ['commerce_api', 'commerce_member', 'commerce_buyer', 'commerce_anonymous']) {
    const client = await db.api.connect();
    const locked: string[] = [];
    for (const { name } of tables) {
      for (const mode of ['share update exclusive', 'share', 'exclusive', 'access exclusive']) {
        await client.query('begin');
        await client.query(`select set_config('role', $1, true)`, [role]);
        await client.query(`lock table ${name} in ${mode} mode nowait`).then(
          () => locked.push(`${name} in ${mode} mode`),
          ({ code }) => code === '42501' || t.fail(`${name}: ${code}`),
        );
        await client.query('rollback');
      }
    }
    client.release();
    t.strictSame(locked, [], role);
  }
});

/** Takes every advisory lock that somebody holds, and those that names lead to, and keeps them. */
async function lockAllThatIsSeen(client: pg.Client, until: AbortSignal): Promise<Set<string>> {
  const taken = new Set<string>();
  const take = async (key: string): Promise<void> => {
    if (taken.has(key)) return;
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      key,
    ]);
    if (rows[0]?.locked) taken.add(key);
  };
  const names = [
    'audit.seal',
    'commerce.worker',
    'commerce.session ',
    `commerce.session ${shop.tenantId}`,
    `${shop.tenantId} +2348030000001`,
  ];
  for (const name of names) {
    for (const seed of [0, 1]) {
      const { rows } = await client.query<{ key: string }>('select hashtextextended($1, $2) as key', [
        name,
        seed,
      ]);
      for (const { key } of rows) await take(key);
    }
  }
  while (!until.aborted) {
    const { rows } = await client.query<{ key: string }>(
      `select distinct (classid::bigint << 32 | objid::bigint) as key from pg_locks
        where locktype = 'advisory' and objsubid = 1 and pid <> pg_backend_pid()
          and database = (select oid from pg_database where datname = current_database())`,
    );
    for (const { key } of rows) await take(key);
  }
  return taken;
}

t.test('a visitor who holds every lock that he can see stops nobody', async (t) => {
  const visitor = new pg.Client({ connectionString: db.urls.DATABASE_API_URL });
  await visitor.connect();
  const stop = new AbortController();
  const attack = lockAllThatIsSeen(visitor, stop.signal);
  // A session that waits for a lock of the visitor's fails, and does not hang.
  const impatient = { options: '-c lock_timeout=2s' };
  const pools = {
    auth: new pg.Pool({ connectionString: db.urls.DATABASE_AUTH_URL, ...impatient }),
    api: new pg.Pool({ connectionString: db.urls.DATABASE_API_URL, ...impatient }),
    worker: new pg.Pool({ connectionString: db.urls.DATABASE_WORKER_URL, ...impatient }),
  };
  const others = { ...db, ...pools };
  for (let round = 0; round < 30; round++) {
    const sender = `+23480300000${10 + round}`;
    const { threadId } = await addChatCustomer(others, shop, sender);
    await addChatCustomer(others, shop, sender);
    const { id } = await queue(others, shop.owner, threadId, { key: `answer ${round}` });
    await asWorker(others, (client) =>
      client.query('select internal.mark_sent($1, $2, $3)', [shop.tenantId, id, `out.${round}`]),
    );
    await asWorker(others, (client) =>
      client.query(`select internal.record_receipt('whatsapp', $1, $2, 'delivered')`, [
        shop.account,
        `out.${round}`,
      ]),
    );
    await openSession(others, 'anonymous', shop.owner);
  }
  await asMember(others, shop.owner, (client) =>
    client.query('update api.products set price = 2, version = version where id = $1', [product]),
  );
  await asWorker(others, (client) => client.query('select internal.seal_audit_log()'));
  stop.abort();
  const taken = await attack;
  t.ok(taken.size >= 10, `${taken.size} locks are the visitor's`);
  const { rows } = await db.installer.query<{ count: number }>(
    `select count(*)::integer as count from commerce.conversation_history where delivery_status = 'delivered'`,
  );
  t.equal(rows[0]?.count, 30, 'and every message has arrived');
  await Promise.all([visitor.end(), ...Object.values(pools).map((pool) => pool.end())]);
});
