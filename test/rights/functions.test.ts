import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asRole } from '../support/session.ts';
import { byName, type Call, calls, idIn as findId, lines, type Rows, setCalls, state } from './calls.ts';
import { type Person, setScene } from './scene.ts';

/** The functions of api, held to the written list of functions.md. */
const db = await createTestDatabase(t);
const scene = await setScene(db);
const { people, sessionOf, tenantId, sale, otherSale, sellers } = scene;
const { clerk, vendor, ann, visitor } = people;

const { annsRows, bensRows, foreignRows } = await setCalls(db, scene);
const idIn = (tenant: string, table: string, condition?: string) => findId(db, tenant, table, condition);

const { rows: codes } = await db.installer.query<{ code: string }>('select code from commerce.permission');
const permissions = codes.map(({ code }) => code);

// What hides a seller's numbers is asked for in an earlier transaction.
await asRole(db.api, 'commerce_member', await sessionOf(clerk, ['kyc.review']), (client) =>
  client.query(`select api.request_kyc_reveal($1, 'a test')`, [annsRows.onboarding]),
);

/** What a call ends with: ok, or the SQLSTATE and the permission that is missing. */
async function call(
  person: Person,
  session: string,
  name: string,
  rows: Rows,
  given?: string,
): Promise<{ code: string; permission?: string }> {
  const { args, before } = calls[name] as Call;
  const client: pg.PoolClient = await db.installer.connect();
  try {
    await client.query('begin');
    if (before) await client.query(before(rows));
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${person.role}`,
      session,
    ]);
    await client.query(`select * from api.${name}(${given ?? args(rows)})`);
    return { code: 'ok' };
  } catch (error) {
    const { code = String(error), detail } = error as { code?: string; detail?: string };
    return code === 'SCPRM' && detail ? { code, permission: JSON.parse(detail).permission } : { code };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** NULL for every argument. */
const { rows: signatures } = await db.installer.query<{ name: string; nulls: string }>(`
  select p.proname::text as name,
         coalesce(string_agg('null::' || format_type(a.type, null), ', ' order by a.place), '') as nulls
    from pg_proc as p
    left join lateral unnest(p.proargtypes) with ordinality as a (type, place) on true
   where p.pronamespace = 'api'::regnamespace
   group by p.oid`);
const nothing = new Map(signatures.map(({ name, nulls }) => [name, nulls]));

/** Refused for who it is, and for nothing else. */
const forbidden = ['SCPRM', '42501', 'SCTEN', 'SCCTX'];
/** What has no row to be found: it is about the merchant's one storefront, or a record of which there may be no history. */
const sessionsOwn = ['issue_violation', 'set_custom_domain', 'record_history', 'redact_record'];
/** A call that breaks for how it is written tests nothing. */
const broken = /^(22P02|42|22|23|XX|P0)/;

t.test('the list names every function, and nothing else', async (t) => {
  const { rows } = await db.installer.query<{ name: string; roles: string[] }>(`
    select p.proname::text as name,
           array(select r.role from unnest(array['member', 'buyer', 'anonymous', 'worker', 'platform'])
                   with ordinality as r (role, place)
                  where has_function_privilege('commerce_' || r.role, p.oid, 'execute') order by place) as roles
      from pg_proc p where p.pronamespace = 'api'::regnamespace order by p.proname`);
  t.strictSame(
    rows,
    lines.map(({ name, staff, shopper, visitor: who, machine, admin }) => ({
      name,
      roles: (
        [
          ['member', staff],
          ['buyer', shopper],
          ['anonymous', who],
          ['worker', machine],
          ['platform', admin],
        ] as const
      )
        .filter(([, cell]) => cell !== '-')
        .map(([role]) => role),
    })),
  );
  const names = lines.map(({ name }) => name).filter((name) => name !== 'announce_read');
  t.strictSame(Object.keys(calls).sort(), names.sort(), 'and each has a call');
});

for (const { name, staff, shopper, visitor: who } of lines) {
  if (!(name in calls)) continue;
  t.test(name, async (t) => {
    const needed = staff.includes('.') ? staff.split(' + ') : [];
    const isReadThrough = name === 'order_timeline';
    if (needed.length > 0) {
      for (const code of needed) {
        const others = await sessionOf(
          clerk,
          permissions.filter((other) => other !== code),
        );
        t.strictSame(
          await call(clerk, others, name, annsRows),
          isReadThrough ? { code: 'SCNTF' } : { code: 'SCPRM', permission: code },
          `without ${code}`,
        );
      }
      // A person who may not gets an error that says so, and not whether there is such a row.
      const [first] = needed;
      const without = await sessionOf(
        clerk,
        permissions.filter((other) => other !== first),
      );
      t.match(
        await call(clerk, without, name, foreignRows),
        isReadThrough ? { code: 'SCNTF' } : { code: 'SCPRM', permission: first },
        `nor, without ${first}, of a row that is not there`,
      );
      t.equal(
        (await call(clerk, await sessionOf(clerk, []), name, annsRows, nothing.get(name))).code,
        isReadThrough ? 'SCNTF' : 'SCPRM',
        'nor what is wrong with the input',
      );
      const given = await sessionOf(clerk, needed);
      const { code, permission } = await call(clerk, given, name, annsRows);
      t.notOk(forbidden.includes(code), `with ${staff} alone: ${code} ${permission ?? ''}`);
      t.notMatch(code, broken, `${code} is an answer of ours`);
    }
    if (staff === 'seller') {
      t.equal(
        (await call(clerk, await sessionOf(clerk, permissions), name, annsRows)).code,
        'SCPRM',
        'a clerk',
      );
      const { code } = await call(vendor, await sessionOf(vendor), name, annsRows);
      t.notOk(forbidden.includes(code), `a seller: ${code}`);
    }
    if (staff === 'owner') {
      t.strictSame(await call(clerk, await sessionOf(clerk, permissions), name, annsRows), {
        code: 'SCPRM',
        permission: 'owner',
      });
    }
    if (staff === 'invited') {
      // Which token is for whom is tried in test/functions/team.test.ts; nobody here is invited.
      for (const person of [clerk, ann]) {
        t.equal((await call(person, await sessionOf(person), name, annsRows)).code, 'SCPRM', person.name);
      }
    }
    const all = await sessionOf(clerk, permissions);
    const { args } = calls[name] as Call;
    const namesRow = args(annsRows) !== args(foreignRows) && !args(annsRows).match(/^\d+$/);
    if (needed.length > 0 && namesRow && !sessionsOwn.includes(name)) {
      t.match((await call(clerk, all, name, foreignRows)).code, 'SCNTF', "another merchant's is not found");
    }
    if (staff === 'anyone') {
      const { code } = await call(clerk, await sessionOf(clerk), name, annsRows);
      t.notOk(forbidden.includes(code), `a clerk without permissions: ${code}`);
    }

    if (shopper === 'own' || shopper === 'anyone') {
      const session = await sessionOf(ann);
      const { code } = await call(ann, session, name, annsRows);
      t.notOk([...forbidden, ...(shopper === 'own' ? ['SCNTF'] : [])].includes(code), `a shopper: ${code}`);
      t.notMatch(code, broken, `${code} is an answer of ours`);
      if (shopper === 'own') {
        t.equal((await call(ann, session, name, bensRows)).code, 'SCNTF', "another shopper's is not found");
        t.equal((await call(ann, session, name, foreignRows)).code, 'SCNTF', "nor another merchant's");
      }
    }
    if (who !== '-') {
      const { code } = await call(visitor, await sessionOf(visitor), name, annsRows);
      t.notOk(forbidden.includes(code), `a visitor: ${code}`);
    }
  });
}

t.test('what a function shows is what the policies give', async (t) => {
  const shows = async (person: Person, held: string[], sql: string) => {
    const session = await sessionOf(person, held);
    const client = await db.installer.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
        `commerce_${person.role}`,
        session,
      ]);
      const { rows } = await client.query(sql);
      return rows;
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const timeline = `select record_id from api.order_timeline('${sale.order}')`;
  const others = `select record_id from api.order_timeline('${otherSale.order}')`;
  t.ok((await shows(vendor, [], timeline)).length > 0, 'a seller sees what happened to an own sale');
  t.equal(await shows(vendor, [], others), 'SCNTF', "and not to another's");
  const found = (rows: unknown) => (rows as { product_id: string }[]).map(({ product_id: id }) => id);
  const search = `select product_id from api.search_products(p_first => 100)`;
  const inactive = await idIn(
    tenantId,
    'products',
    `seller_id = '${sellers.vendor.sellerId}' and not is_active`,
  );
  for (const person of [ann, visitor]) {
    t.notOk(
      found(await shows(person, [], search)).includes(inactive),
      `${person.name} finds nothing that is off sale`,
    );
  }
  const messages = await shows(
    clerk,
    ['conversations.read'],
    `select customer_id from api.search_messages(p_query => 'a')`,
  );
  t.type(messages, Array);
});

/** A call of a person, and what the installer sees after it; nothing of it stays. */
async function after<Row>(
  person: Person,
  sql: string,
  before: string,
  look: string,
): Promise<{ code: string; rows: Row[] }> {
  const session = await sessionOf(person);
  const client = await db.installer.connect();
  try {
    await client.query('begin');
    await client.query(before);
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${person.role}`,
      session,
    ]);
    await client.query('savepoint try');
    const code = await client.query(sql).then(
      () => 'ok',
      (error: { code: string }) => error.code,
    );
    if (code !== 'ok') await client.query('rollback to try');
    await client.query('reset role');
    return { code, rows: (await client.query(look)).rows as Row[] };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

t.test("a shopper's defaults are one's own: another shopper's stay what they are", async (t) => {
  for (const [table, mine, others, calls] of [
    ['address_book', annsRows.address, bensRows.address, ['set_default_address', 'remove_address']],
    [
      'saved_payment_method',
      annsRows.method,
      bensRows.method,
      ['set_default_payment_method', 'remove_payment_method'],
    ],
  ] as const) {
    for (const name of calls) {
      // Another's is the default where one's own is made it, and is none where one's own goes.
      const isRemoval = name.startsWith('remove');
      const before =
        state(table, mine, `is_default = ${isRemoval}, is_deleted = false`) +
        ';' +
        state(table, others, `is_default = ${!isRemoval}, is_deleted = false`);
      const { code, rows } = await after<{ is_default: boolean }>(
        ann,
        `select api.${name}('${mine}')`,
        `${before}; set local session_replication_role = replica;
         delete from commerce.${table} where tenant_id = '${tenantId}' and id not in ('${mine}', '${others}');
         set local session_replication_role = origin`,
        `select is_default from commerce.${table} where id = '${others}'`,
      );
      t.equal(code, 'ok', name);
      t.strictSame(rows, [{ is_default: !isRemoval }], `${name} leaves another shopper's alone`);
    }
  }
});

t.test("another shopper's conversation is not found", async (t) => {
  for (const [what, thread, expected] of [
    ['their own', annsRows.thread, 'ok'],
    ["another shopper's", bensRows.thread, 'SCNTF'],
    ["another merchant's", foreignRows.thread, 'SCNTF'],
  ] as const) {
    for (const sql of [
      `select api.file_complaint('order', 'It is broken', '${annsRows.order}', null, '${thread}')`,
      `select api.start_order('${annsRows.seller}', null, null, '${thread}')`,
    ]) {
      const { code } = await after(ann, sql, 'select', 'select');
      t.equal(code, expected, `${sql.slice(11, 25)} about ${what}`);
    }
  }
});

t.test('a caller without the right learns that before what is wrong with the call', async (t) => {
  const { rows: counted } = await db.installer.query<{ name: string; given: string }>(`
    select proname as name, concat_ws(', ', variadic array_fill('null'::text, array[pronargs - pronargdefaults])) as given
      from pg_proc where pronamespace = 'api'::regnamespace`);
  for (const { name, staff } of lines) {
    const needed = staff.includes('.') ? staff.split(' + ') : [];
    if (needed.length === 0 || name === 'order_timeline') continue;
    const others = permissions.filter((code) => !needed.includes(code));
    const given = counted.find((each) => each.name === name)?.given;
    const client = await db.installer.connect();
    try {
      await client.query('begin');
      await client.query(
        `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
        [await sessionOf(clerk, others)],
      );
      await t.rejects(
        client.query(`select * from api.${name}(${given})`),
        { code: 'SCPRM', detail: new RegExp(`"(${needed.join('|')})"`) },
        name,
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

t.test("another shopper's rows are not found, and are not compared with one's own either", async (t) => {
  const foreign = [
    [`select api.start_order('${annsRows.seller}', 'phone', null, '${bensRows.thread}')`, 'thread_id'],
    [
      `select api.pay_orders('{${annsRows.order}, ${bensRows.order}}', 'card', 'paystack', 'new split')`,
      'order_id',
    ],
  ] as const;
  for (const [sql, field] of foreign) {
    const client = await db.installer.connect();
    const other = await db.installer.connect();
    try {
      // Whoever has to wait for another's row knows that there is one.
      await other.query(`begin; select from commerce.orders where id = '${bensRows.order}' for update`);
      await client.query(`begin; set local lock_timeout = '1s'`);
      await client.query(
        `select set_config('role', 'commerce_buyer', true), set_config('commerce.session', $1, true)`,
        [await sessionOf(ann)],
      );
      await t.rejects(client.query(sql), { code: 'SCNTF', detail: new RegExp(`"${field}"`) }, sql);
    } finally {
      for (const each of [client, other]) {
        await each.query('rollback');
        each.release();
      }
    }
  }
});

t.test('an import that sets stock needs the permission to do so', async (t) => {
  const sql = `select outcome, code from api.import_products(
    '[{"sku": "NEW-2", "name": "New", "price": "1", "currency_code": "NGN", "inventory_count": 5}]',
    '${annsRows.seller}')`;
  for (const [held, outcome] of [
    [['products.manage'], false],
    [['products.manage', 'reports.read'], false],
    [['products.manage', 'inventory.manage'], true],
  ] as const) {
    const session = await sessionOf(clerk, held);
    const client = await db.installer.connect();
    try {
      await client.query('begin');
      await client.query(
        `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
        [session],
      );
      const { rows } = await client
        .query(sql)
        .catch(({ code }) => ({ rows: [{ outcome: 'refused', code }] }));
      t.equal(
        rows[0].outcome === 'created',
        outcome,
        `${held.join(' and ')}: ${rows[0].outcome} ${rows[0].code}`,
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

/** What an argument that the calls leave out refers to. */
const meant: Record<string, keyof Rows> = {
  p_actor_user_id: 'user',
  p_assigned_member_id: 'member',
  p_channel_id: 'channel',
  p_complaint_id: 'complaint',
  p_customer_id: 'customer',
  p_draft_id: 'sketch',
  p_from_order_id: 'order',
  p_member_id: 'member',
  p_message_id: 'outbound',
  p_order_id: 'order',
  p_order_return_id: 'return',
  p_payment_id: 'payment',
  p_product_id: 'product',
  p_reply_to_id: 'outbound',
  p_saved_payment_method_id: 'method',
  p_seller_id: 'seller',
  p_theme_id: 'theme',
  p_thread_id: 'thread',
  p_user_id: 'user',
};
/** Arguments whose own value changes nothing here either, each with the reason. */
const ineffective: Record<string, string> = {
  'begin_conversation p_order_id': 'the customer cannot be reached there; queue_message looks at it',
  'count_complaints p_assigned_member_id': "the scene's complaint is of somebody else, and about an order",
  'count_complaints p_product_id': "the scene's complaint is of somebody else, and about an order",
  'count_complaints p_thread_id': "the scene's complaint is of somebody else, and about an order",
  'count_complaints p_user_id': "the scene's complaint is of somebody else, and about an order",
  'count_orders p_customer_id of shopper': 'a shopper counts the own orders',
  'count_threads p_assigned_member_id': 'nobody in the scene answers a thread',
  'count_threads p_customer_id of shopper': 'a shopper sees the own threads',
  'exchange_return p_order_id of staff': 'whatever order it may not be is refused in the same words',
  'list_audit_log p_actor_user_id of staff': 'the person has changed nothing',
  'list_complaints p_assigned_member_id': "the scene's complaint is of somebody else, and about an order",
  'list_complaints p_product_id': "the scene's complaint is of somebody else, and about an order",
  'list_complaints p_thread_id': "the scene's complaint is of somebody else, and about an order",
  'list_complaints p_user_id': "the scene's complaint is of somebody else, and about an order",
  'list_orders p_customer_id of shopper': 'a shopper lists the own orders',
  'list_threads p_assigned_member_id': 'nobody in the scene answers a thread',
  'list_threads p_customer_id of shopper': 'a shopper sees the own threads',
  'place_order p_customer_id': 'the basket has its buyer',
  'record_as_of p_id of staff': "the scene's rows are older than their log",
  'record_event p_product_id': 'only a look at a product names one',
  'search_messages p_customer_id': "nobody's message has the word",
  'search_products p_seller_id of shopper': 'the seller sells nothing of that name',
  'send_message p_order_id of visitor': 'a visitor has no order',
  'start_conversation p_order_id of visitor': 'a visitor has no order',
  'start_order p_customer_id of shopper': 'a shopper orders for oneself',
};
/** What belongs to no person, but to the merchant. */
const common: readonly (keyof Rows)[] = ['product', 'seller', 'channel'];

t.test('an id of another person or merchant is answered like one that does not exist', async (t) => {
  const { rows: functions } = await db.installer.query<{ name: string; names: string[]; types: string[] }>(`
    select proname as name, coalesce(proargnames[1:pronargs], '{}') as names,
           array(select format_type(type, null) from unnest(proargtypes::oid[]) with ordinality as a (type, n) order by n) as types
      from pg_proc where pronamespace = 'api'::regnamespace order by proname`);
  const { rows: machines } = await db.installer.query<{ id: string }>(
    `insert into internal.session (tenant_id, role, permissions, expires_at)
     select $1, 'commerce_worker', array_agg(code), now() + interval '1 hour' from commerce.permission returning id`,
    [tenantId],
  );
  const machine = { ...clerk, name: 'machine', role: 'worker' as 'member' };
  const threadOf = (customer: string) => idIn(tenantId, 'conversation_thread', `customer_id = '${customer}'`);
  const visitorsThread = await threadOf(visitor.customerId);
  const visitorsRows = {
    ...annsRows,
    thread: visitorsThread,
    outbound: await idIn(tenantId, 'conversation_history', `thread_id = '${visitorsThread}'`),
  };
  const everything = await sessionOf(clerk, permissions);
  const persons = [
    { cell: 'staff', person: clerk, session: everything, own: annsRows, others: [foreignRows] },
    {
      cell: 'shopper',
      person: ann,
      session: await sessionOf(ann),
      own: { ...annsRows, seller: sellers.vendor.sellerId },
      others: [bensRows, foreignRows],
    },
    {
      cell: 'visitor',
      person: visitor,
      session: await sessionOf(visitor),
      own: visitorsRows,
      others: [annsRows, foreignRows],
    },
    {
      cell: 'machine',
      person: machine,
      session: machines[0]?.id ?? '',
      own: annsRows,
      others: [foreignRows],
    },
  ] as const;
  const nobodys = '0191b0d6-0000-7000-8000-000000000000';
  let tried = 0;

  for (const { name, names, types } of functions) {
    const line = lines.find((each) => each.name === name);
    const { args, before } = calls[name] ?? { args: undefined };
    if (line === undefined || args === undefined) continue;
    for (const { cell, person, session, own, others } of persons) {
      if (line[cell] === '-' || line[cell] === 'invited') continue;
      const given = byName(args(own), names);
      const ids: [argument: string, key: keyof Rows][] = [];
      for (const [i, argument] of names.entries()) {
        const text = given.get(argument) ?? '';
        const keys = (Object.keys(own) as (keyof Rows)[]).filter(
          (key) => own[key] !== '' && text.includes(own[key]),
        );
        if (keys.length > 0)
          ids.push(...keys.slice(0, 1).map((key) => [argument, key] as [string, keyof Rows]));
        else if (types[i]?.startsWith('uuid') && !argument.startsWith('p_after')) {
          const key = meant[argument];
          t.ok(key, `${name} ${argument}: it is known what it refers to`);
          if (key !== undefined) ids.push([argument, key]);
        }
      }
      for (const [argument, key] of ids) {
        const end = async (id: string, scenes: readonly Rows[]) => {
          const type = types[names.indexOf(argument)];
          const text =
            given.get(argument)?.replaceAll(own[key], id) ?? (type === 'uuid[]' ? `'{${id}}'` : `'${id}'`);
          const values = new Map([...given, [argument, text]]);
          const list = [...values].map(([each, value]) => `${each} => ${value}`).join(', ');
          const sql = `select * from api.${name}(${list})`;
          return answered(
            person,
            session,
            scenes.map((rows) => before?.(rows) ?? 'select').join(';'),
            sql,
            id,
          );
        };
        const none = await end(nobodys, [own]);
        const label = `${name} ${argument} of ${cell}`;
        const isEffective = !(label in ineffective || `${name} ${argument}` in ineffective);
        t.equal(
          JSON.stringify(await end(own[key], [own])) !== JSON.stringify(none),
          isEffective,
          `${label}: it is looked at`,
        );
        for (const rows of others) {
          if (rows[key] === '' || rows[key] === own[key]) continue;
          if (rows !== foreignRows && common.includes(key)) continue;
          tried += 1;
          t.strictSame(await end(rows[key], [own, rows]), none, label);
        }
      }
    }
  }
  t.ok(tried > 200, `${tried} ids were tried`);
});

/** All that a caller learns of a call, but for ids and times, which are new each time. */
async function answered(
  person: Person,
  session: string,
  before: string,
  sql: string,
  id: string,
): Promise<unknown> {
  const client = await db.installer.connect();
  const blank = (value: unknown) =>
    JSON.stringify(value)
      ?.replaceAll(id, 'the id')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an id')
      .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+(Z|\+00:00)/g, 'a time');
  try {
    await client.query('begin');
    await client.query(before);
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${person.role}`,
      session,
    ]);
    return { rows: blank((await client.query(sql)).rows) };
  } catch (error) {
    const { code, message, detail, hint } = error as {
      code: string;
      message: string;
      detail?: string;
      hint?: string;
    };
    return { code, said: blank([message, detail, hint]) };
  } finally {
    await client.query('rollback');
    client.release();
  }
}
