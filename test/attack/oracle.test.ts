import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import t from 'tap';
import { tenantBoundRoles, withoutTenant } from '../schema/declared.ts';
import { createTestDatabase } from '../support/database.ts';
import { asInstaller } from '../support/session.ts';

/**
 * A question is a condition that is true of every row that its asker sees, false of one that is hidden, and fails
 * with a division by zero where it is false. If it fails, a hidden row has answered it.
 */
type Question = {
  view: string;
  column: string;
  form: string;
  condition: string;
  type?: string;
  value?: string;
};
type Column = { view: string; name: string; type: string };
/** Who asks, and whose rows are hidden from them. */
type Asker = { name: string; role: string; session: string; victim: string };
type Row = Record<string, string | null>;

const failing = 'or (select 1 / (random() * 0)::integer = 1)';
const scans = {
  sequential: ['enable_indexscan', 'enable_indexonlyscan', 'enable_bitmapscan'],
  'by index': ['enable_seqscan'],
  ...(process.env.LONG ? { 'as planned': [] } : {}),
};
const plans = ['force_custom_plan', 'force_generic_plan'];

const db = await createTestDatabase(t);
await db.installer.query(`
  create schema oracle;
  grant usage on schema oracle to public;
  -- Which of the questions fail, as positions from 1.
  create function oracle.answered(p_questions jsonb) returns integer[] language plpgsql as $$
  declare
    v_answered integer[] := '{}';
    v_question record;
  begin
    for v_question in select e.q, e.n from jsonb_array_elements(p_questions) with ordinality as e (q, n) loop
      begin
        execute format(
          'prepare question%s as select count(*) from api.%I where %s ${failing}',
          '(' || (v_question.q ->> 'type') || ')', v_question.q ->> 'view', v_question.q ->> 'condition');
        execute 'execute question' || coalesce(format('(%L)', v_question.q ->> 'value'), '');
      exception when division_by_zero then
        v_answered := v_answered || v_question.n::integer;
      end;
      deallocate question;
    end loop;
    return v_answered;
  end $$`);

/** A merchant without a single row: whatever answers is another's. */
const emptyId = randomUUID();
const { rows: found } = await db.installer.query<{ id: string }>(
  `select id from commerce.tenant where domain = 'demo-1.example'`,
);
const demoId = found[0]?.id ?? '';

/** A session of nobody in particular, who owns nothing; with every permission or none. */
async function session(tenantId: string, role: string, { mayAll = true } = {}): Promise<string> {
  const { rows } = await db.installer.query<{ id: string }>(
    `insert into internal.session
       (tenant_id, role, user_id, customer_id, seller_id, permissions, reason, expires_at)
     select $1, $2, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
            case when $3 then array_agg(code) else '{}' end, 'a test asks', now() + interval '1 hour'
       from commerce.permission
     returning id`,
    [tenantId, role, mayAll],
  );
  return rows[0]?.id ?? '';
}

const victim = await session(demoId, 'commerce_worker');
const asker = async (name: string, tenantId: string, role: string, options = {}): Promise<Asker> => ({
  name,
  role,
  session: await session(tenantId, role, options),
  victim,
});
/** Rows of another merchant are hidden. */
const outside = await Promise.all(
  ['member', 'buyer', 'anonymous', 'worker', 'platform'].map((role) =>
    asker(`${role} of another merchant`, emptyId, `commerce_${role}`),
  ),
);
/** Rows of the same merchant are hidden. */
const inside = [
  await asker('buyer of the same merchant', demoId, 'commerce_buyer'),
  await asker('visitor of the same merchant', demoId, 'commerce_anonymous'),
  await asker('member without permissions', demoId, 'commerce_member', { mayAll: false }),
];
const askers = [...outside, ...inside];

async function enter(client: pg.ClientBase, role: string, sessionId: string): Promise<void> {
  await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
    role,
    sessionId,
  ]);
  if (role === 'commerce_platform') await client.query(`select api.announce_read('a test asks')`);
}

/** A transaction that leaves nothing, with what the installer changed before the asker enters. */
async function as<T>(
  { role, session: id }: { role: string; session: string },
  work: (client: pg.ClientBase) => Promise<T>,
  change = '',
): Promise<T> {
  const client = await db.installer.connect();
  try {
    await client.query(`begin; ${change}`);
    await enter(client, role, id);
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function columnsOf(role: string): Promise<Column[]> {
  const { rows } = await db.installer.query<Column>(
    `select c.relname as view, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
        and has_column_privilege($1, c.oid, a.attnum, 'select')
      order by c.relname, a.attnum`,
    [role],
  );
  return rows;
}

const byView = (columns: Column[]) =>
  [...new Set(columns.map(({ view }) => view))].map((view): [string, Column[]] => [
    view,
    columns.filter((column) => column.view === view),
  ]);

const read = async (client: pg.ClientBase, view: string, columns: Column[]): Promise<Row[]> =>
  (
    await client.query<Row>(
      `select ${columns.map(({ name }) => `"${name}"::text as "${name}"`).join(', ')} from api.${view}`,
    )
  ).rows;

/** Every row of the merchant in every view, as its worker reads them. */
const everything = new Map<string, Row[]>();
await as({ role: 'commerce_worker', session: victim }, async (client) => {
  for (const [view, columns] of byView(await columnsOf('commerce_worker'))) {
    everything.set(view, await read(client, view, columns));
  }
});

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The conditions that tell a hidden row of this column from every visible one. */
function conditions({ name, type }: Column, seen: Set<string | null>, hidden: (string | null)[]) {
  const column = `"${name}"`;
  const value = hidden.find((each): each is string => each !== null && !seen.has(each));
  const questions: Omit<Question, 'view' | 'column'>[] = [];
  const ask = (form: string, condition: string, parameter = {}) =>
    questions.push({ form, condition: `(${condition})`, ...parameter });
  if (!seen.has(null) && hidden.includes(null)) ask('null test', `${column} is not null`);
  if (![...seen].some((each) => each !== null) && value !== undefined) ask('null test', `${column} is null`);
  if (value === undefined) return questions;
  const parameter = { type, value };
  ask('equality', `${column} <> $1 or ${column} is null`, parameter);
  ask('order', `${column} < $1 or ${column} > $1 or ${column} is null`, parameter);
  if (type === 'boolean') ask('boolean', `${column} is not ${value}`);
  if (type === 'integer' || type === 'smallint') {
    ask('array subscript', `('[${value}:${value}]={t}'::boolean[])[${column}] is null`);
  }
  if (type === 'text') {
    ask('jsonb subscript', `(${quote(JSON.stringify({ [value]: true }))}::jsonb)[${column}] is null`);
  }
  if (type === 'text[]' && seen.size === 0) ask('array element', `${column}[1] is null`);
  if (type === 'jsonb' && seen.size === 0) {
    const [key] = Object.keys(JSON.parse(value));
    if (key !== undefined) ask('jsonb element', `${column}[${quote(key)}] is null`);
  }
  return questions;
}

/** Every question that this asker can ask about hidden rows of the given views. */
async function questionsOf(who: Asker, views?: string[]): Promise<Question[]> {
  const questions: Question[] = [];
  await as(who, async (client) => {
    for (const [view, columns] of byView(await columnsOf(who.role))) {
      if (views !== undefined && !views.includes(view)) continue;
      const visible = await read(client, view, columns);
      for (const column of columns) {
        const seen = new Set(visible.map((row) => row[column.name] ?? null));
        const hidden = (everything.get(view) ?? []).map((row) => row[column.name] ?? null);
        for (const question of conditions(column, seen, hidden)) {
          questions.push({ view, column: column.name, ...question });
        }
      }
    }
  });
  return questions;
}

/** The questions that a hidden row answers, by view, column, form and plan. */
async function answered(
  who: Asker,
  questions: Question[],
  { change = '', ways = Object.entries(scans), modes = plans } = {},
): Promise<(Question & { how: string })[]> {
  const found: (Question & { how: string })[] = [];
  for (const [scan, off] of ways) {
    for (const mode of modes) {
      await as(
        who,
        async (client) => {
          for (const setting of off) await client.query(`set local ${setting} = off`);
          await client.query(`set local plan_cache_mode = ${mode}`);
          const { rows } = await client.query<{ positions: number[] }>(
            'select oracle.answered($1) as positions',
            [JSON.stringify(questions)],
          );
          for (const position of rows[0]?.positions ?? []) {
            const question = questions[position - 1];
            if (question) found.push({ ...question, how: `${scan}, ${mode}` });
          }
        },
        change,
      );
    }
  }
  return found;
}

const sequentialCustom = {
  ways: [['sequential', scans.sequential]] as [string, string[]][],
  modes: [plans[0] ?? ''],
};

type Policy = { table: string; policy: string; roles: string[]; without: string };
/** Policies with a gate, and the statement that takes it out of each. */
const { rows: policies } = await db.installer.query<Policy>(`
  select c.relname as table, p.polname as policy, array(select r.rolname::text from pg_roles r where r.oid = any (p.polroles)) as roles,
         format('alter policy %I on commerce.%I using (%s);', p.polname, c.relname, regexp_replace(
           pg_get_expr(p.polqual, p.polrelid),
           '\\(\\( SELECT internal\\.(tenant_)?gate\\([^\\]]*\\[\\w+\\]', 'true', 'g')) as without
    from pg_policy p join pg_class c on c.oid = p.polrelid
   where pg_get_expr(p.polqual, p.polrelid) ~ '_hash\\]' and c.relnamespace = 'commerce'::regnamespace
   order by c.relname, p.polname`);
const withoutGates = policies.map(({ without }) => without).join('\n');

for (const who of askers) {
  t.test(`a ${who.name} gets no answer from a row that is hidden`, async (t) => {
    const questions = await questionsOf(who);
    t.ok(questions.length > 0, `${questions.length} questions`);
    t.strictSame(
      (await answered(who, questions)).map(
        ({ view, column, form, how }) => `${view}.${column}: ${form}, ${how}`,
      ),
      [],
    );
    const open = await answered(who, questions, { ...sequentialCustom, change: withoutGates });
    const places = new Set(open.map(({ view, column }) => `${view}.${column}`));
    t.ok(places.size > 0 || who.name.startsWith('visitor of the same'), 'without gates some are answered');
    t.comment(
      `${who.name}: ${questions.length} questions about ${new Set(questions.map(({ view }) => view)).size} views in ` +
        `${Object.keys(scans).length * plans.length} ways; without gates, ${places.size} columns answer ${open.length}`,
    );
  });
}

t.test('with the gate taken out of one policy, the view of its table answers', async (t) => {
  const proven = [];
  for (const { table, policy, roles, without } of policies) {
    if (policy.startsWith('update')) continue;
    const who = policy === 'tenant' ? outside[3] : inside.find(({ role }) => roles.includes(role));
    if (who === undefined) continue;
    const questions = await questionsOf(who, [table]);
    if (questions.length === 0) {
      t.comment(`${table}, ${policy}: no row of the demo data is hidden`);
      continue;
    }
    const open = await answered(who, questions, { ...sequentialCustom, change: without });
    t.ok(open.length > 0, `${table}, ${policy}`);
    proven.push(`${table} ${policy}`);
  }
  const tables = policies.filter(({ policy }) => policy === 'tenant').map(({ table }) => table);
  t.strictSame(
    proven.filter((name) => name.endsWith(' tenant')),
    tables.map((table) => `${table} tenant`),
    'every table of a merchant',
  );
  t.comment(
    `${proven.length} of ${policies.length} policies with a gate, ${tables.length} of them of tenants`,
  );
});

t.test('a plan tests the gate first, and finds the merchant by the index', async (t) => {
  const { rows: indexed } = await db.installer.query<{ name: string }>(`
    select distinct c.relname as name
      from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relnamespace = 'commerce'::regnamespace and i.indpred is null
       and a.attname = case c.relname when 'tenant' then 'id' else 'tenant_id' end`);
  const beginsWithTenant = new Set(indexed.map(({ name }) => name));
  const gate = /^\(*(?:\(InitPlan \d+\)\.col1|\$\d+)\)?\[(?:\w+\.)?tenant_hash\]/;
  type Node = {
    'Relation Name'?: string;
    Schema?: string;
    'Node Type': string;
    Filter?: string;
    Plans?: Node[];
  } & Record<string, unknown>;
  const scansOf = (node: Node): Node[] => [
    ...(node['Relation Name'] === undefined ? [] : [node]),
    ...(node.Plans ?? []).flatMap(scansOf),
  ];
  const condition = (node: Node): string =>
    [node['Index Cond'], ...(node.Plans ?? []).map(condition)].filter(Boolean).join(' ');

  for (const who of outside.filter(({ role }) => tenantBoundRoles.includes(role))) {
    await as(who, async (client) => {
      for (const [view, columns] of byView(await columnsOf(who.role))) {
        for (const seqscan of ['on', 'off']) {
          // Before 17, "id is null" is looked up in an index: then there is none of the merchant to see.
          const tests =
            seqscan === 'on' ? columns.map(({ name }) => `"${name}" is null`).join(' and ') : 'true';
          await client.query(`set local enable_seqscan = ${seqscan}`);
          const { rows } = await client.query(
            `explain (format json, verbose, costs off) select from api.${view} where ${tests}`,
          );
          for (const node of scansOf(rows[0]['QUERY PLAN'][0].Plan)) {
            const table = node['Relation Name'] ?? '';
            if (node.Schema !== 'commerce' || (withoutTenant.includes(table) && table !== 'tenant')) continue;
            const where = `${who.role}, ${view}, ${table}`;
            if (!gate.test(node.Filter ?? ''))
              t.fail(`${where}: the gate is not first`, { filter: node.Filter });
            if (seqscan === 'off' && beginsWithTenant.has(table) && table !== 'storefront_theme') {
              // The question has no condition: an id that is compared is the merchant's own, or the one row that the
              // policy shows.
              if (!/\b(?:tenant_id|id) = /.test(condition(node)))
                t.fail(`${where}: no index condition`, node);
            }
          }
        }
      }
    });
    t.pass(who.role);
  }
});

t.test('the rows of an order follow it to another buyer, and keep what is theirs', async (t) => {
  await asInstaller(db, async (client) => {
    const { rows } = await client.query(
      `select o.id, o.tenant_id,
              (select b.id from commerce.buyer_profile b
                where b.tenant_id = o.tenant_id and b.id <> o.customer_id limit 1) as other_id
         from commerce.refund f join commerce.orders o on o.tenant_id = f.tenant_id and o.id = f.order_id limit 1`,
    );
    const [order] = rows;
    await client.query(
      'update commerce.orders set customer_id = $3, version = version where tenant_id = $1 and id = $2',
      [order.tenant_id, order.id, order.other_id],
    );
    const parts = [
      'order_items',
      'order_address',
      'order_status_history',
      'fulfillment',
      'fulfillment_item',
      'order_returns',
      'order_return_items',
      'payment',
      'refund',
    ];
    for (const part of parts) {
      const { rows: owners } = await client.query(
        `select distinct customer_id, customer_hash = uuid_hash(customer_id) >> 1 as follows
           from commerce.${part} where tenant_id = $1 and order_id = $2`,
        [order.tenant_id, order.id],
      );
      t.strictSame(owners, [{ customer_id: order.other_id, follows: true }], part);
    }
    await client.query('savepoint refused');
    await t.rejects(
      client.query(
        'update commerce.order_status_history set reason = $3 where tenant_id = $1 and order_id = $2',
        [order.tenant_id, order.id, 'Elsewhere'],
      ),
      { code: 'SCIMM' },
    );
    await client.query('rollback to refused');
    await t.rejects(
      client.query(
        `update commerce.orders
            set currency_code = case currency_code when 'USD' then 'EUR' else 'USD' end, version = version
          where tenant_id = $1 and id = $2`,
        [order.tenant_id, order.id],
      ),
      { code: 'SCIMM' },
    );
    await client.query('rollback to refused');
  });
});
