import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { one, refused } from '../functions/shop.ts';
import type { TestDatabase } from '../support/database.ts';
import { asMember, asWorker, openSession, type Who } from '../support/session.ts';
import {
  copied,
  isMainRun,
  merchantDigests,
  merchantTables,
  openServer,
  subscribe,
  until,
} from './servers.ts';

/**
 * A demo merchant moves from one server to another by a publication and a subscription, while two writers work.
 * The commands for it come later; here is what the schema must allow, step by step.
 */
const moves: [from: number, to: number][] = process.env.LONG
  ? [
      [15, 18],
      [18, 15],
      [18, 18],
      [16, 17],
      [17, 16],
    ]
  : [[15, 18]];

/** The operator's key: no server holds it. */
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** Rows whose foreign key leads nowhere: a subscriber does not check. */
async function orphans({ installer }: TestDatabase): Promise<string[]> {
  const { rows: keys } = await installer.query<{ name: string; sql: string }>(`
    select k.conname as name,
           format('select count(*)::int as count from %s c where num_nulls(%s) = 0 and not exists (select from %s p where %s)',
             k.conrelid::regclass, string_agg('c.' || quote_ident(a.attname), ', '), k.confrelid::regclass,
             string_agg(format('c.%I = p.%I', a.attname, b.attname), ' and ')) as sql
      from pg_constraint k
     cross join unnest(k.conkey, k.confkey) as u (own, other)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.other
     where k.contype = 'f' and k.conparentid = 0
     group by k.oid, k.conname, k.conrelid, k.confrelid`);
  const found: string[] = [];
  for (const { name, sql } of keys) {
    const { count } = await one<{ count: number }>(installer, sql);
    if (count > 0) found.push(`${name}: ${count}`);
  }
  return found;
}

/** Works at one thing after another until the merchant is closed; every change that was committed is counted. */
async function writeUntilClosed(work: () => Promise<unknown>): Promise<{ done: number; end: string }> {
  for (let done = 0; ; done += 1) {
    try {
      await work();
    } catch (error) {
      return { done, end: (error as { code?: string }).code ?? String(error) };
    }
  }
}

/** Two servers of its own, whichever the run has: once in CI is enough. */
const skip = isMainRun() ? false : 'runs with the embedded PostgreSQL 18';

for (const [from, to] of moves) {
  t.test(`from ${from} to ${to}`, { skip }, async (t) => {
    const [source, target] = [await openServer(t, from, { isFilled: true }), await openServer(t, to)];
    const { tenant_id: tenantId, user_id: userId } = await one<{ tenant_id: string; user_id: string }>(
      source.installer,
      `select m.tenant_id, m.user_id from commerce.team_members m join commerce.tenant t on t.id = m.tenant_id
        where m.role = 'owner' order by t.name limit 1`,
    );
    const owner: Who = { tenantId, userId };
    const tables = await merchantTables(source);
    t.strictSame(await merchantTables(target), tables, `${tables.length} tables`);

    await target.installer.query('select audit.begin_arrival($1, $2)', [tenantId, 'cell-1']);
    await source.installer.query(
      `create publication move for table ${tables
        .map(({ name, key }) => `${name} where (${key} = '${tenantId}')`)
        .join(', ')} with (publish_via_partition_root = true)`,
    );

    const product = await one(
      source.installer,
      'select id from commerce.products where tenant_id = $1 and not is_deleted and is_active order by id limit 1',
      [tenantId],
    );
    const { id: customerId } = await one(
      source.installer,
      'select id from commerce.customer where tenant_id = $1 and not is_deleted order by id limit 1',
      [tenantId],
    );
    await asMember(source, owner, (client) =>
      client.query(`select api.adjust_inventory($1, 100000, 'correction', 'enough', 'stock')`, [product.id]),
    );
    let key = 0;
    const next = (): number => {
      key += 1;
      return key;
    };
    const change = (db: TestDatabase) =>
      asMember(db, owner, (client) =>
        client.query(
          `update api.products set description = 'change ' || $2::int, version = version where id = $1`,
          [product.id, next()],
        ),
      );
    const order = (db: TestDatabase) =>
      asMember(db, owner, (client) =>
        one(
          client,
          `select id from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'whatsapp')`,
          [`move ${next()}`, JSON.stringify([{ product_id: product.id, quantity: 1 }]), customerId],
        ),
      );
    await order(source);
    const writers = [writeUntilClosed(() => change(source)), writeUntilClosed(() => order(source))];
    await subscribe(target, source, { publication: 'move' });
    await copied(target);
    await sleep(500);

    // Closed: transactions that had begun before are waited for, then the log ends with a statement that is signed outside.
    const fence = Date.now();
    const version = async (db: TestDatabase) =>
      (await one(db.installer, 'select version from commerce.tenant where id = $1', [tenantId])).version;
    // One who has begun before, has written nothing yet, and goes by what he saw then.
    const lateSession = await openSession(source, 'member', owner);
    const late = await source.api.connect();
    await late.query('begin isolation level repeatable read');
    await late.query(
      `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
      [lateSession],
    );
    await late.query('select from api.tenant');
    await asWorker(source, async (client) => {
      await client.query('select internal.begin_move($1, $2)', [tenantId, await version(source)]);
    });
    const { open } = await one<{ open: string[] }>(
      source.installer,
      `select array_agg(l.virtualtransaction) as open
         from pg_locks as l join pg_stat_activity as a using (pid)
        where l.locktype = 'virtualxid' and a.datname = current_database() and a.backend_type = 'client backend'
          and a.pid <> pg_backend_pid()`,
    );
    const lateEnd = sleep(1_000).then(async () => {
      await late.query(`insert into api.customer (display_name) values ('late')`);
      await late.query('commit');
      late.release();
    });
    await until(
      source,
      `not exists (select from pg_locks where locktype = 'virtualxid' and virtualtransaction = any ($1))`,
      [open],
    );
    const { statement } = await one<{ statement: string }>(
      source.installer,
      'select audit.depart($1, $2, $3) as statement',
      [tenantId, 'cell-1', 'cell-2'],
    );
    const signature = sign(null, Buffer.from(statement), privateKey);
    await source.installer.query('select audit.sign_departure($1, $2)', [statement, signature]);
    // The last seal is the last thing that was written, and arrives last.
    await until(
      target,
      `exists (select from audit.tenant_seal where tenant_key = $1 and encode(root, 'hex') = $2::json ->> 'root')`,
      [tenantId, statement],
    );
    await target.installer.query('drop subscription move');
    await lateEnd;
    t.equal(
      (
        await one<{ count: number }>(
          target.installer,
          `select count(*)::int as count from commerce.customer where tenant_id = $1 and display_name = 'late'`,
          [tenantId],
        )
      ).count,
      1,
      'what was written last has come along',
    );
    const ends = await Promise.all(writers);
    for (const { done, end } of ends) {
      t.ok(done > 0, `a writer wrote ${done} times`);
      t.match(end, /^SC(MOV|CTX)$/, 'and was refused cleanly');
    }

    await refused(
      t,
      target.installer.query('select audit.end_arrival($1, $2, $3)', [
        tenantId,
        statement.replace(/"root" : "../, '"root" : "zz'),
        signature,
      ]),
      'SCVAL',
    );
    await target.installer.query('select audit.end_arrival($1, $2, $3)', [tenantId, statement, signature]);

    const [there, here] = [
      await merchantDigests(source, tables, tenantId),
      await merchantDigests(target, tables, tenantId),
    ];
    const rows = [...there.values()].reduce((sum, { count }) => sum + count, 0);
    t.strictSame(here, there, `${rows} rows in ${tables.length} tables, no difference`);
    t.ok([...there.values()].filter(({ count }) => count > 0).length > 30, 'most tables have rows');
    t.strictSame(await orphans(target), [], 'no foreign key leads nowhere');

    await asWorker(target, async (client) =>
      client.query('select internal.end_move($1, $2)', [tenantId, await version(target)]),
    );
    t.comment(`closed for ${Date.now() - fence} ms`);
    await order(target);
    await change(target);

    // The rows leave the old server, with log and triggers asleep.
    await source.installer.query(
      `begin; set local session_replication_role = replica;
       ${tables.map(({ name, key }) => `delete from ${name} where ${key} = '${tenantId}';`).join('\n')}
       commit; drop publication move`,
    );
    await refused(t, openSession(source, 'member', owner), 'SCMOV');
    for (const db of [source, target]) {
      await until(
        db,
        `audit.seal(50000, '0') = 0 and not exists (
           select from audit.log where id >= (select max(to_id::text)::uuid from audit.seal))`,
      );
      t.match(await one(db.installer, 'select * from audit.verify()'), {
        reason: null,
        moved_count: db === source ? '1' : '0',
      });
      const link = await one<{ statement: string; signature: Buffer; root: Buffer }>(
        db.installer,
        'select statement, signature, root from audit.tenant_move where tenant_key = $1',
        [tenantId],
      );
      t.ok(verify(null, Buffer.from(link.statement), publicKey, link.signature), 'the link is signed');
      t.equal(JSON.parse(link.statement).root, link.root.toString('hex'));
    }
    t.match(await one(target.installer, 'select * from audit.verify_tenant($1)', [tenantId]), {
      reason: null,
    });

    // A link that nobody signed vouches for nothing.
    await source.installer.query('update audit.tenant_move set signature = null');
    t.match(await one(source.installer, 'select * from audit.verify()'), { reason: 'seal missing' });
    await target.installer.query('update audit.tenant_move set signature = null');
    t.match(await one(target.installer, 'select * from audit.verify()'), { reason: 'seal altered' });
  });
}
