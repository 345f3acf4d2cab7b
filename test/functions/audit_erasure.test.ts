import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asMember, asWorker } from '../support/session.ts';
import { addProduct, one, openShop, type Row, refused } from './shop.ts';

/** The values of a record leave the log for good, and the seals still prove that nothing else did. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const { id: ownerId } = await one(db.installer, 'select id from commerce.users where tenant_id = $1', [
  shop.tenantId,
]);
const other = await openShop(db);
const reason = 'the person asked for erasure';

type Verdict = { row_count: string; redacted_count: string; log_id: string | null; reason: string | null };
const verify = (client = db.installer): Promise<Verdict> =>
  one<Verdict>(client, 'select * from audit.verify()');

async function sealAll(): Promise<void> {
  const sealed = await eventually(async () => {
    await db.installer.query(`select audit.seal(50000, '0')`);
    const { open } = await one<{ open: boolean }>(
      db.installer,
      'select exists (select from audit.log where id >= (select max(to_id::text)::uuid from audit.seal)) as open',
    );
    return !open;
  });
  if (!sealed) throw new Error('the log is never sealed to its end');
}

const redact = (id: string, why: string | null = reason, who = shop.owner) =>
  asMember(db, who, (client) =>
    one<{ count: number }>(client, `select api.redact_record('products', $1, $2) as count`, [id, why]),
  );

const rename = (id: string, name: string): Promise<Row> =>
  asMember(db, shop.owner, (client) =>
    one(client, 'update api.products set name = $2, version = version where id = $1 returning id', [
      id,
      name,
    ]),
  );

const logText = async (): Promise<string> =>
  (await one<{ text: string }>(db.installer, `select string_agg(l::text, '|') as text from audit.log as l`))
    .text;

t.test('redacted values are gone, and verify reports redacted, not altered', async (t) => {
  const id = await addProduct(db, shop, { name: 'Portrait of Adaeze' });
  await rename(id, 'Portrait of Adaeze Obi');
  const kept = await addProduct(db, shop, { name: 'Kept' });
  await sealAll();
  t.match(await verify(), { reason: null, redacted_count: '0' });
  t.match(await logText(), 'Adaeze');

  t.same(await redact(id), { count: 2 });
  const { rows } = await db.installer.query(
    `select action, salt, old_values, new_values, request_id, octet_length(values_digest) as digest
       from audit.log where record_key = $1 and action <> 'redact' order by id`,
    [id],
  );
  const empty = { salt: null, old_values: null, new_values: null, request_id: null, digest: 32 };
  t.strictSame(rows, [
    { action: 'insert', ...empty },
    { action: 'update', ...empty },
  ]);
  t.notMatch(await logText(), 'Adaeze');
  t.match(await logText(), 'Kept');
  t.match(await verify(), { reason: null, log_id: null, redacted_count: '2' });
  await sealAll();
  t.match(await verify(), { reason: null, redacted_count: '2' }, 'and so after the next seal');

  const history = await asMember(db, shop.owner, (client) =>
    client.query('select * from api.record_history($1, $2)', ['products', id]),
  );
  t.match(history.rows, [
    {
      action: 'redact',
      actor_user_id: ownerId,
      reason,
      new_values: { rows: 2 },
      is_redacted: false,
    },
    { action: 'update', actor_user_id: ownerId, old_values: null, is_redacted: true },
    { action: 'insert', actor_user_id: ownerId, new_values: null, is_redacted: true },
  ]);
  const update = history.rows[1]?.log_id;
  await refused(
    t,
    asMember(db, shop.owner, (client) => client.query('select api.undo_change($1, 3)', [update])),
    'SCVAL',
    { field: 'log_id' },
  );
  await refused(
    t,
    asMember(db, shop.owner, (client) =>
      client.query(`select api.record_as_of('products', $1, '9999-12-31')`, [id]),
    ),
    'SCNTF',
  );
  t.match(
    await asMember(db, shop.owner, (client) =>
      one(client, `select api.record_as_of('products', $1, '9999-12-31') as values`, [kept]),
    ),
    { values: { name: 'Kept' } },
  );
  t.same(await redact(id), { count: 0 }, 'there is nothing left to redact');
});

t.test('what is not sealed yet can be redacted too', async (t) => {
  await sealAll();
  const { redacted_count: before } = await verify();
  const id = await addProduct(db, shop, { name: 'Shoes of Chidi' });
  t.same(await redact(id), { count: 1 });
  await sealAll();
  t.match(await verify(), { reason: null, redacted_count: String(Number(before) + 1) });
  t.notMatch(await logText(), 'Chidi');
});

t.test('a worker redacts for a job, named in the log', async (t) => {
  const id = await addProduct(db, shop, { name: 'Hat of Ngozi' });
  const job = (table: unknown, key: unknown, why: unknown) =>
    asWorker(db, (client) =>
      one(client, 'select internal.redact_audit_log($1, $2, $3, $4) as count', [
        shop.tenantId,
        table,
        key,
        why,
      ]),
    );
  t.same(await job('products', id, reason), { count: 1 });
  t.match(
    await one(db.installer, `select * from audit.log where action = 'redact' and record_key = $1`, [id]),
    { actor_role: 'commerce_worker', tenant_id: shop.tenantId, reason },
  );
  await refused(t, job('', id, reason), 'SCVAL', { field: 'table' });
  await refused(t, job('products', null, reason), 'SCVAL', { field: 'key' });
  await refused(t, job('products', id, ' '), 'SCVAL', { field: 'reason' });
});

t.test('another merchant, another role and no reason redact nothing', async (t) => {
  const id = await addProduct(db, shop, { name: 'Not theirs' });
  t.same(await redact(id, reason, other.owner), { count: 0 });
  await refused(t, redact(id, null), 'SCVAL', { field: 'reason' });
  await refused(t, redact(id, 'x'.repeat(2001)), 'SCVAL', { field: 'reason' });
  const { id: userId } = await one(
    db.installer,
    `with person as (insert into commerce.users (tenant_id) values ($1) returning id)
     insert into commerce.team_members (tenant_id, user_id, role, joined_at)
     select $1, id, 'manager', now() from person returning user_id as id`,
    [shop.tenantId],
  );
  await refused(t, redact(id, reason, { tenantId: shop.tenantId, userId }), 'SCPRM', {
    permission: 'audit.redact',
  });
  t.match(await logText(), 'Not theirs');
});

t.test('what only looks like a redaction is reported as altered', async (t) => {
  const victim = await addProduct(db, shop, { name: 'Evidence' });
  const redacted = await addProduct(db, shop, { name: 'Redacted' });
  await redact(redacted);
  await sealAll();
  const logId = async (key: string): Promise<string> =>
    (await one(db.installer, `select id from audit.log where record_key = $1 and action = 'insert'`, [key]))
      .id;
  const digest = `(select values_digest from audit.digested_log where id = l.id)`;
  const empty = `salt = null, old_values = null, new_values = null, request_id = null, reason = null`;
  const tamperings: [what: string, key: string, sql: string][] = [
    [
      'emptied, without a word',
      victim,
      `update audit.log l set ${empty}, values_digest = ${digest} where record_key = '${victim}'`,
    ],
    [
      'emptied with a digest of something else',
      victim,
      `update audit.log l set ${empty}, values_digest = sha256('x') where record_key = '${victim}'`,
    ],
    [
      'another actor in a redacted row',
      redacted,
      `update audit.log l set actor_user_id = gen_random_uuid() where record_key = '${redacted}' and action = 'insert'`,
    ],
    [
      'the redaction itself removed',
      redacted,
      `delete from audit.log where record_key = '${redacted}' and action = 'redact'`,
    ],
    ['a new salt', victim, `update audit.log l set salt = gen_random_uuid() where record_key = '${victim}'`],
  ];
  for (const [what, key, sql] of tamperings) {
    const client = await db.installer.connect();
    try {
      await client.query(`begin; set local client_encoding = 'UTF8'`);
      await client.query(sql);
      t.match(
        await one<Verdict>(client, 'select * from audit.verify()'),
        { reason: 'altered', log_id: await logId(key) },
        what,
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
  await t.rejects(
    db.installer.query(`update audit.log set values_digest = sha256('x') where record_key = $1`, [victim]),
    { code: '23514', constraint: 'log_redacted_is_empty' },
    'a row with a digest has no values',
  );
  t.match(await verify(), { reason: null });
});

t.test('equal values have different digests, so that none can be guessed', async (t) => {
  const ids = [await addProduct(db, shop, { name: 'Same' }), await addProduct(db, shop, { name: 'Same' })];
  const { rows } = await db.installer.query(
    'select distinct values_digest from audit.digested_log where record_key = any ($1)',
    [ids],
  );
  t.equal(rows.length, 2);
});

t.test("one merchant's log is proven by itself", async (t) => {
  await sealAll();
  const own = () =>
    one<Verdict & { root: Buffer }>(db.installer, 'select * from audit.verify_tenant($1)', [shop.tenantId]);
  const good = await own();
  const { count } = await one<{ count: string }>(
    db.installer,
    'select count(*) from audit.log where tenant_id = $1',
    [shop.tenantId],
  );
  t.match(good, { reason: null, row_count: count });
  await addProduct(db, other, { name: 'elsewhere' });
  await sealAll();
  t.same((await own()).root, good.root, 'what others do is not in its chain');
});
