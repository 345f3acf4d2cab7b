import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { demoPeople } from '../support/people.ts';
import { asRole } from '../support/session.ts';

/**
 * No function of a request role takes a date that ISO 8601 cannot write. The functions and their arguments are read from
 * the catalogue; what else a call needs stands here.
 */
const db = await createTestDatabase(t);
const [{ tenantId, sessions }] = await demoPeople(db);

type Argument = { name: string; role: string; parameter: string };

const { rows: parameters } = await db.installer.query<Argument>(`
  select distinct on (1, 3) p.oid::regproc::text as name, r.role, p.proargnames[a.n] as parameter
    from pg_proc p
    join unnest(array['commerce_member', 'commerce_worker', 'commerce_buyer', 'commerce_platform'])
         with ordinality as r (role, place)
         on has_function_privilege(r.role, p.oid, 'execute') and has_schema_privilege(r.role, p.pronamespace, 'usage')
    join unnest(p.proargtypes::oid[]) with ordinality as a (type, n)
         on a.type in ('date'::regtype, 'timestamptz'::regtype)
   where p.pronamespace in ('api'::regnamespace, 'internal'::regnamespace, 'audit'::regnamespace)
     and p.prorettype <> 'trigger'::regtype and p.prokind = 'f'
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
   order by 1, 3, r.place`);

const find = async (sql: string): Promise<string> => {
  const { rows } = await db.installer.query<{ value: string }>(sql, [tenantId]);
  return `'${rows[0]?.value}'`;
};
const customer = await find('select id as value from commerce.customer where tenant_id = $1 limit 1');
const shopper = await find(
  'select user_id as value from commerce.buyer_profile where tenant_id = $1 order by id limit 1',
);
const thread = await find(
  `select id as value from commerce.conversation_thread where tenant_id = $1 and status = 'open' limit 1`,
);
const threadVersion = await find(
  `select version as value from commerce.conversation_thread where tenant_id = $1 and status = 'open' limit 1`,
);
const product = await find('select id as value from commerce.products where tenant_id = $1 limit 1');
const id = `'${tenantId}'`;

/** What a call of a function needs besides its date. */
const given: Record<string, Record<string, string>> = {
  'api.add_kyc_document': { p_document_type: "'passport'", p_document_url: "'a key'" },
  'api.issue_violation': {
    p_user_id: shopper,
    p_type: "'fraud'",
    p_severity: "'major'",
    p_action: "'temp_ban'",
    p_reason: "'A reason'",
  },
  'api.list_orders': { p_after_id: id, p_after_at: 'now()' },
  'api.record_as_of': { p_table: "'products'", p_id: product },
  'api.sales_daily': { p_from: "'2026-01-01'", p_to: "'2026-01-02'" },
  'api.search_customers': { p_term: "'Ann'", p_after_id: id, p_after_at: 'now()' },
  'api.search_messages': { p_customer_id: customer },
  'api.snooze_thread': { p_thread_id: thread, p_expected_version: threadVersion },
  'internal.mark_sent': { p_tenant_id: id, p_message_id: id, p_external_message_id: "'1'" },
  'internal.receive_message': {
    p_channel_type: "'whatsapp'",
    p_external_account_id: "'1'",
    p_external_user_id: "'2348000000001'",
    p_external_message_id: "'1'",
    p_message: "'Hello'",
  },
  'internal.record_message_change': {
    p_channel_type: "'whatsapp'",
    p_external_account_id: "'1'",
    p_external_message_id: "'1'",
    p_kind: "'edit'",
    p_content: "'Hello'",
  },
  'internal.record_payment_result': {
    p_provider: "'paystack'",
    p_provider_reference: "'1'",
    p_status: "'succeeded'",
  },
  'internal.record_receipt': {
    p_channel_type: "'whatsapp'",
    p_external_account_id: "'1'",
    p_external_message_id: "'1'",
    p_status: "'read'",
  },
  'internal.record_receipts': {
    p_channel_type: "'facebook_messenger'",
    p_external_account_id: "'1'",
    p_external_user_id: "'1'",
    p_status: "'read'",
    p_sent_until: 'now()',
  },
  'internal.record_refund_result': { p_tenant_id: id, p_refund_id: id, p_status: "'succeeded'" },
  'internal.record_template': {
    p_channel_type: "'whatsapp'",
    p_external_account_id: "'1'",
    p_name: "'greeting'",
    p_language: "'en'",
  },
};

async function call(client: pg.PoolClient, name: string, values: Record<string, string>): Promise<void> {
  const list = Object.entries(values).map(([parameter, value]) => `${parameter} => ${value}`);
  await client.query(`select * from ${name}(${list.join(', ')})`);
}

for (const { name, role, parameter } of parameters) {
  t.test(`${name}: ${parameter}`, async (t) => {
    const pool = { commerce_worker: db.worker, commerce_platform: db.platform }[role] ?? db.api;
    for (const date of ['infinity', '-infinity', '0044-03-15 BC', '10000-01-02']) {
      await t.rejects(
        asRole(pool, role as never, sessions[role] as string, (client) =>
          call(client, name, { ...given[name], [parameter]: `'${date}'` }),
        ),
        { code: 'SCVAL', detail: new RegExp(`"field" ?: ?"${parameter.replace(/^p_/, '')}"`) },
        date,
      );
    }
  });
}

t.test('no function reads a date out of JSON', async (t) => {
  const { rows } = await db.installer.query<{ name: string }>(
    `select p.oid::regproc::text as name from pg_proc p
      where p.pronamespace in ('api'::regnamespace, 'internal'::regnamespace, 'audit'::regnamespace)
        and p.prosrc ~ '->> *[^ ]+[)]*::(timestamptz|timestamp|date)'
      order by 1`,
  );
  t.strictSame(
    rows.map(({ name }) => name),
    ['api.search_messages', 'internal.read_place'],
    'but for the cursors of lists, which the functions have written themselves',
  );
});

t.test('what is written here is of a function that there is', async (t) => {
  const names = new Set(parameters.map(({ name }) => name));
  t.ok(parameters.length > 40, `${parameters.length} arguments`);
  t.strictSame(
    Object.keys(given).filter((name) => !names.has(name)),
    [],
  );
});
