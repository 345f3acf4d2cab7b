import t from 'tap';
import { createTestDatabase } from '../support/database.ts';

/**
 * Every column that a rule keeps out of the log, proven on a row of the demo data: what is written into it
 * is found nowhere in the log, whether the row is inserted, updated or deleted.
 */
const db = await createTestDatabase(t, { template: 'demo' });

type Rule = { table: string; column: string; treatment: 'mask' | 'omit'; type: string; audited: boolean };
const { rows: rules } = await db.installer.query<Rule>(`
  select r.table_name as table, r.column_name as column, r.treatment, format_type(a.atttypid, null) as type,
         exists (select from pg_trigger g where g.tgrelid = a.attrelid and g.tgname = '_900_audit_update') as audited
    from internal.audit_rule r
    join pg_attribute a on a.attrelid = ('commerce.' || r.table_name)::regclass and a.attname = r.column_name
   order by 1, 2`);

/** What the log must never show, written by hand: masked where a reader may know that it changed, else left out. */
const hidden: Record<Rule['treatment'], Record<string, string>> = {
  mask: {
    address_book: 'apartment landmark latitude longitude phone_number recipient_name street_address',
    buyer_profile: 'full_name phone_number',
    customer: 'display_name email phone_number',
    kyc_info: 'tax_id_last_four',
    orders: 'buyer_email buyer_name buyer_note buyer_phone',
    saved_payment_method: 'display_name phone_last_four',
    seller_profile: 'email phone_number',
    team_invites: 'email phone_number',
    users: 'auth_subject display_name email phone_number',
  },
  omit: {
    kyc_document: 'document_url sha256',
    kyc_info: 'business_registration_number business_registration_number_hash tax_id tax_id_hash',
    payment: 'idempotency_key',
    refund: 'idempotency_key',
    team_invites: 'token_hash',
  },
};

t.test('the log hides what is written here, as it is written', async (t) => {
  const written = Object.entries(hidden).flatMap(([treatment, tables]) =>
    Object.entries(tables).flatMap(([table, columns]) =>
      columns.split(' ').map((column) => `${table}.${column} ${treatment}`),
    ),
  );
  t.strictSame(
    rules.map(({ table, column, treatment }) => `${table}.${column} ${treatment}`).sort(),
    written.sort(),
  );
});

const markers: Record<string, { value: unknown; traces: string[] }> = {
  text: { value: 'MARKER-0451', traces: ['MARKER-0451'] },
  bytea: {
    value: Buffer.from('MARKER-0451'),
    traces: [
      'MARKER-0451',
      Buffer.from('MARKER-0451').toString('hex'),
      Buffer.from('MARKER-0451').toString('base64'),
    ],
  },
  numeric: { value: '45.104511', traces: ['45.1045'] },
};

t.test('no treated column leaves a trace', async (t) => {
  t.ok(rules.length > 30, `${rules.length} rules`);
  for (const { table, column, treatment, type } of rules.filter(({ audited }) => audited)) {
    const marker = markers[type];
    if (marker === undefined) throw new Error(`no marker for ${type}`);
    const client = await db.installer.connect();
    try {
      // Only the triggers of the log fire, and no CHECK minds the marker.
      await client.query('begin; set local session_replication_role = replica');
      for (const event of ['insert', 'update', 'delete']) {
        await client.query(`alter table commerce.${table} enable always trigger _900_audit_${event}`);
      }
      const { rows: checks } = await client.query(
        `select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
        [`commerce.${table}`],
      );
      for (const { name } of checks)
        await client.query(`alter table commerce.${table} drop constraint ${name}`);
      const { rows: before } = await client.query('select max(id::text) as id from audit.log');

      await client.query(
        `create temp table victim on commit drop as select * from commerce.${table} order by (${column} is null), id limit 1`,
      );
      const { rowCount } = await client.query(
        `update commerce.${table} as c set ${column} = $1 from victim as v where c.id = v.id`,
        [marker.value],
      );
      t.equal(rowCount, 1, `${table} has a row`);
      await client.query('truncate victim');
      await client.query(`insert into victim select * from commerce.${table} where ${column} = $1`, [
        marker.value,
      ]);
      await client.query(`delete from commerce.${table} as c using victim as v where c.id = v.id`);
      await client.query(
        `insert into commerce.${table} (${await storedColumns(table)}) select ${await storedColumns(table)} from victim`,
      );

      const { rows: logged } = await client.query<{ action: string; text: string; shown: string | null }>(
        `select action, to_jsonb(l)::text as text, coalesce(new_values, old_values) ->> $3 as shown
           from audit.log l where id::text > $1 and table_name = $2`,
        [before[0].id ?? '', table, column],
      );
      const text = logged.map((row) => row.text).join('\n');
      t.strictSame(
        marker.traces.filter((trace) => text.includes(trace)),
        [],
        `${table}.${column} leaves no trace`,
      );
      const expected = treatment === 'mask' ? '***' : null;
      t.ok(
        logged.every(({ shown }) => shown === expected),
        `${table}.${column}: ${treatment}`,
      );
      const actions = logged.map(({ action }) => action).sort();
      t.strictSame(
        actions,
        treatment === 'mask' ? ['delete', 'insert', 'update'] : actions,
        'all three were looked at',
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

async function storedColumns(table: string): Promise<string> {
  const { rows } = await db.installer.query<{ list: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [`commerce.${table}`],
  );
  return rows[0]?.list ?? '';
}

/** The digest of a public file, and how the public reaches the merchant. */
const open = [
  'notification_preferences.email_enabled',
  'storefront_asset.sha256',
  'tenant.email',
  'tenant.phone_number',
];

t.test('what is secret or personal by its kind has a rule', async (t) => {
  const { rows } = await db.installer.query(
    `
    select c.relname, a.attname
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = ''  -- what the database computes is never logged
     where c.relnamespace = 'commerce'::regnamespace and c.relkind = 'r'
       and exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = '_900_audit_update')
       and (a.atttypid = 'bytea'::regtype or a.attname ~ '(secret|token|password|hash|phone|email|recipient|street|auth_subject)')
       and a.attname <> 'tokens' and c.relname || '.' || a.attname <> all ($1)
       and not exists (
         select from internal.audit_rule r where r.table_name = c.relname and r.column_name = a.attname)`,
    [open],
  );
  t.strictSame(rows, []);
});

t.test('tables with secrets alone are not in the log', async (t) => {
  const { rows } = await db.installer.query(`
    select tgrelid::regclass from pg_trigger
     where tgname like '\\_900\\_audit\\_%' and tgrelid::regclass::text like 'internal.%'`);
  t.strictSame(rows, []);
});
