import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { demoPeople } from '../support/people.ts';

/**
 * What an injected statement could try with a valid session of one merchant, through the login and the
 * role that requests have.
 */
const db = await createTestDatabase(t);
const [ours, theirs] = await demoPeople(db);

async function request<T>(
  client: pg.PoolClient,
  role: string,
  session: string,
  work: () => Promise<T>,
): Promise<T> {
  await client.query('begin');
  try {
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      role,
      session,
    ]);
    return await work();
  } finally {
    await client.query('rollback');
  }
}

async function asOurMember<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.api.connect();
  try {
    return await request(client, 'commerce_member', ours.sessions.commerce_member as string, () =>
      work(client),
    );
  } finally {
    client.release();
  }
}

type Failure = { code: string; message: string; detail?: string };

async function failure(client: pg.PoolClient, sql: string, values: unknown[] = []): Promise<Failure> {
  await client.query('savepoint probe');
  try {
    await client.query(sql, values);
  } catch (error) {
    await client.query('rollback to probe');
    return error as Failure;
  }
  return { code: 'none', message: 'it succeeded' };
}

const foreign = async (table: string, column = 'id'): Promise<string> =>
  (
    await db.installer.query(
      `select ${column} as value from commerce.${table} where tenant_id = $1 and ${column} is not null limit 1`,
      [theirs.tenantId],
    )
  ).rows[0].value;

t.test('other roles', async (t) => {
  await asOurMember(async (client) => {
    for (const role of [
      'commerce_worker',
      'commerce_platform',
      'commerce_definer',
      'commerce_system',
      'commerce_owner',
      'commerce_auth',
    ]) {
      t.equal((await failure(client, `set local role ${role}`)).code, '42501', `${role} cannot be taken`);
    }
    for (const role of ['commerce_buyer', 'commerce_anonymous']) {
      await client.query('savepoint before');
      await client.query(`set local role ${role}`);
      t.equal(
        (await failure(client, 'select from api.products')).code,
        'SCCTX',
        `the session is not ${role}'s`,
      );
      await client.query('rollback to before');
    }
    await client.query('reset role');
    t.equal(
      (await failure(client, 'select from api.products')).code,
      '42501',
      'the login alone reads nothing',
    );
  });
});

t.test('tables, sessions and secrets cannot be named', async (t) => {
  await asOurMember(async (client) => {
    for (const name of ['commerce.products', 'internal.session', 'internal.channel_route', 'audit.log']) {
      t.equal((await failure(client, `select from ${name}`)).code, '42501', name);
    }
    for (const call of [
      `internal.open_session('${theirs.tenantId}', 'member')`,
      `internal.adopt_tenant('${theirs.tenantId}')`,
      'internal.tenant_id()',
      `audit.log_action('custom', 'products', null, null, null)`,
    ]) {
      t.equal((await failure(client, `select ${call}`)).code, '42501', call);
    }
    t.equal((await failure(client, 'copy commerce.products to stdout')).code, '42501', 'COPY');
  });
});

t.test('nothing temporary can be made', async (t) => {
  await asOurMember(async (client) => {
    for (const object of ['table products (id uuid)', 'domain uuid as pg_catalog.uuid']) {
      const { code } = await failure(client, `create ${object.replace(/ /, ' pg_temp.')}`);
      t.equal(code, '42501', object);
    }
  });
});

t.test('foreign and unknown ids are refused in the same words', async (t) => {
  const unknown = '6f1c2f0e-0000-7000-8000-000000000000';
  await asOurMember(async (client) => {
    const insert = `insert into api.products (seller_id, name, price, currency_code) values ($1, 'probe', 1, 'USD')`;
    const update = `update api.seller_profile set logo_asset_id = $1, version = version`;
    for (const [table, sql] of [
      ['seller_profile', insert],
      ['storefront_asset', update],
    ] as const) {
      const theirId = await foreign(table);
      const known = await failure(client, sql, [theirId]);
      const random = await failure(client, sql, [unknown]);
      t.equal(known.code, '23503', `${table} of another merchant cannot be referred to`);
      const words = ({ message, detail = '' }: Failure, id: string) =>
        `${message} ${detail}`.replace(id, 'ID');
      t.equal(words(known, theirId), words(random, unknown));
    }
    for (const call of ['api.confirm_order($1, 1)', `api.cancel_order($1, 'probe', 1)`]) {
      const theirId = await foreign('orders');
      const known = await failure(client, `select ${call}`, [theirId]);
      const random = await failure(client, `select ${call}`, [unknown]);
      t.equal(known.code, 'SCNTF', call);
      t.strictSame([known.message, known.detail], [random.message, random.detail]);
    }
  });
});

t.test('unique keys tell nothing of another merchant', async (t) => {
  const insert = `insert into api.products (seller_id, name, price, currency_code, sku)
                  select id, 'probe', 1, 'USD', 'ONE-OF-A-KIND' from api.seller_profile limit 1`;
  const client = await db.api.connect();
  t.teardown(() => client.release());
  for (const person of [theirs, ours]) {
    await client.query('begin');
    await client.query(
      `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
      [person.sessions.commerce_member],
    );
    t.equal((await client.query(insert)).rowCount, 1, `the sku is free for ${person.name}`);
    await client.query('commit');
  }
});

t.test('a prepared statement of one request serves only the rows of the next', async (t) => {
  const client = await db.api.connect();
  t.teardown(() => client.release());
  const member = (person: typeof ours) => person.sessions.commerce_member as string;
  await client.query(`prepare probe as select distinct tenant_id from api.orders`).catch(() => {});
  for (const person of [ours, theirs, ours]) {
    await request(client, 'commerce_member', member(person), async () => {
      await client.query('savepoint prepared');
      await client
        .query('prepare again as select distinct tenant_id from api.orders')
        .catch(() => client.query('rollback to prepared'));
      for (let run = 0; run < 7; run++) {
        t.strictSame(
          (await client.query('execute again')).rows,
          [{ tenant_id: person.tenantId }],
          `${person.name}, run ${run}`,
        );
      }
    });
  }
});

t.test('a statement that changes the session between its tables gains nothing', async (t) => {
  for (const session of [
    theirs.sessions.commerce_worker,
    theirs.sessions.commerce_buyer,
    'not a session',
    '',
  ]) {
    await asOurMember(async (client) => {
      await client.query('savepoint probe');
      const seen = await client
        .query(
          `with changed as materialized (
             select set_config('commerce.session', $1, true) from api.tenant
           )
           select distinct o.tenant_id from changed, api.orders as o
           union all
           select distinct c.tenant_id from api.customer as c`,
          [session],
        )
        .then(
          ({ rows }) => rows.map((row) => row.tenant_id),
          (error: Failure) => [error.code],
        );
      t.notOk(seen.includes(theirs.tenantId), `session ${session || 'none'}: ${seen}`);
    });
  }
});

t.test('a change cannot be hidden from the log by leaving the session behind it', async (t) => {
  const elsewhere = [
    ['', 'commerce_member'],
    [theirs.sessions.commerce_member, 'commerce_member'],
    ['', 'none'],
    [theirs.sessions.commerce_worker, 'none'],
  ];
  for (const [session, role] of elsewhere) {
    for (const sql of [
      `update api.customer set display_name = 'probe', version = version`,
      `update api.products set is_deleted = true, version = version`,
      `insert into api.customer (display_name) values ('probe')`,
    ]) {
      await asOurMember(async (client) => {
        const { code } = await failure(
          client,
          `${sql} returning set_config('commerce.session', $1, true), set_config('role', $2, true)`,
          [session, role],
        );
        t.equal(code, 'SCCTX', `${sql}: session ${session || 'none'}, role ${role}`);
      });
    }
  }
});

t.test('a request cannot leave a session behind for the next', async (t) => {
  const client = await db.api.connect();
  t.teardown(() => client.release());
  await client.query('begin');
  await client.query(
    `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
    [ours.sessions.commerce_member],
  );
  await client.query('commit');
  const { rows } = await client.query(
    `select current_setting('commerce.session', true) as session, current_user::text as role`,
  );
  t.strictSame(rows, [{ session: '', role: 'commerce_api' }]);
});

t.test('statements of others cannot be read', async (t) => {
  await asOurMember(async (client) => {
    const { rows } = await client.query(
      `select count(*)::int as n from pg_stat_activity where usename <> 'commerce_api' and query !~ 'insufficient privilege' and query <> ''
          and datname = current_database()`,
    );
    t.strictSame(rows, [{ n: 0 }]);
  });
});

t.test('nobody makes, reads or finds a large object, which all merchants would share', async (t) => {
  const { rows: made } = await db.installer.query<{ id: number }>(`select lo_from_bytea(0, 'ours') as id`);
  await asOurMember(async (client) => {
    for (const sql of [
      'select lo_create(0)',
      'select lo_creat(-1)',
      `select lo_from_bytea(0, 'secret')`,
      `select lo_get(${made[0]?.id})`,
      `select lo_put(${made[0]?.id}, 0, 'theirs')`,
      `select lo_open(${made[0]?.id}, 262144)`,
      `select lo_unlink(${made[0]?.id})`,
      'select data from pg_largeobject',
    ]) {
      t.equal((await failure(client, sql)).code, '42501', sql);
    }
  });
  const { rows } = await db.installer.query(`
    select r.rolname, p.oid::regprocedure
      from pg_proc p join pg_roles r on r.rolname like 'commerce\\_%'
     where p.pronamespace = 'pg_catalog'::regnamespace and (p.proname like 'lo\\_%' or p.proname in ('loread', 'lowrite'))
       and has_function_privilege(r.oid, p.oid, 'execute')`);
  t.strictSame(rows, [], 'no role of ours may call any of their functions');
  await db.installer.query('select lo_unlink($1)', [made[0]?.id]);
});
