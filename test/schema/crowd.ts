import type pg from 'pg';

/**
 * A merchant who has grown: every table that grows with a shop has as many rows more, which are copies of the demo
 * merchant's own. Rows of different tables that belong together carry the same number in their ids. Beside it stand
 * other merchants, who have as many together unless another number is given, all of them newer.
 */

/** Tables of which a merchant has few rows, however large the shop is. */
const small = new Set([
  'channel',
  'kyc_document',
  'kyc_info',
  'message_template',
  'seller_onboarding',
  'seller_profile',
  'storefront',
  'storefront_asset',
  'storefront_banner',
  'storefront_drafts',
  'storefront_theme',
  'storefront_versions',
  'team_invites',
  'team_members',
]);

/** What rows of one order repeat of each other: copies are made of the rows that share it with most orders. */
const repeated = ['seller_id', 'currency_code'];

/** Texts that differ from row to row, because a unique key says so, or a key that is made of them. */
const texts: Record<string, string> = {
  phone_number: `'+2349' || lpad(n::text, 9, '0')`,
  buyer_phone: `'+2349' || lpad(n::text, 9, '0')`,
  email: `n || '-' || (p.row ->> 'email')`,
  external_user_id: `'2349' || lpad(n::text, 9, '0')`,
};

/** What a request meets before its merchant is known: each other merchant has a row of these. */
const perMerchant = ['channel', 'seller_profile', 'storefront', 'team_members'];
const manyMerchants = 1_000;

const idOf = (n: string) => `('f0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))`;
/** The id of another merchant's row in any table, which is newer than all of the merchant's own. */
const idOfOther = idOf('n + 4294967296');
/** The other merchant that has row n. */
const otherOf = (merchants: number) => idOf(`(n - 1) % ${merchants} + 4294967297`);

type Column = {
  table: string;
  name: string;
  type: string;
  /** Whether it is a free text in a unique key. */
  isKey: boolean;
  /** The columns that its foreign keys refer to, as table.column. */
  refersTo: string[];
};

/** The columns that a copy states, of every table that belongs to merchants. */
async function columnsOf(client: pg.ClientBase): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select c.relname as "table", a.attname as name, format_type(a.atttypid, null) as type,
            a.atttypid = 'text'::regtype
            and exists (
              select from pg_index as i
               where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey)
            )
            and not exists (
              select from pg_constraint as k
               where k.conrelid = c.oid and a.attnum = any (k.conkey)
                 and (k.contype = 'f' or k.contype = 'c' and k.conname like '%\\_set')
            ) as "isKey",
            array(
              select f.relname || '.' || r.attname
                from pg_constraint as k
                join pg_class as f on f.oid = k.confrelid
                join pg_attribute as r
                  on r.attrelid = f.oid and r.attnum = k.confkey[array_position(k.conkey, a.attnum)]
               where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
            ) as "refersTo"
       from pg_class as c
       join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'commerce'::regnamespace and c.relkind = 'r'
        and exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id' and attnum > 0)
      order by c.relname, a.attnum`,
  );
  return rows;
}

/** Which columns hold ids of copies: the id of a table that is filled, and what refers to one. */
function idColumns(columns: Column[]): (column: string) => boolean {
  const byName = new Map(columns.map((column) => [`${column.table}.${column.name}`, column]));
  const holds = (name: string, seen: string[] = []): boolean => {
    const column = byName.get(name);
    if (column === undefined || small.has(column.table) || column.type !== 'uuid' || seen.includes(name))
      return false;
    return column.name === 'id' || column.refersTo.some((each) => holds(each, [...seen, name]));
  };
  return (name) => {
    const column = byName.get(name);
    return column?.name === 'id' || (column?.refersTo.some((each) => holds(each)) ?? false);
  };
}

/**
 * The statement that copies a table's rows of the merchant $1, $2 times, for the same merchant or in turn for so many
 * others; n counts the copies.
 */
function copyStatement(columns: Column[], isId: (column: string) => boolean, others = 0): string {
  const table = columns[0]?.table ?? '';
  const changes = columns.flatMap(({ name, type, isKey }) => {
    const value = `p.row ->> '${name}'`;
    const isTenant = name === 'tenant_id' || name === 'tenant_key';
    if (isTenant) return others > 0 ? [`'${name}', ${otherOf(others)}`] : [];
    const isEnd = name === 'expires_at' || name === 'end_at' || name === 'scheduled_for';
    const changed = isId(`${table}.${name}`)
      ? others > 0
        ? idOfOther
        : idOf('n')
      : type === 'timestamp with time zone'
        ? isEnd
          ? `now() + n * interval '1 minute'`
          : `(${value})::timestamptz - n * interval '1 minute'`
        : (texts[name] ?? (isKey ? `(${value}) || '-' || n` : undefined));
    return changed === undefined ? [] : [`'${name}', case when ${value} is not null then ${changed} end`];
  });
  const names = columns.map(({ name }) => name);
  const shared = repeated
    .filter((name) => names.includes(name) && !small.has(table))
    .map(
      (name) =>
        `(t.${name} is null or t.${name} = (select mode() within group (order by o.${name}) from commerce.orders as o where o.tenant_id = $1))`,
    );
  // All ids of a copy have one number, and an exchange is never the order that was returned.
  const copyable = names.includes('exchange_order_id') ? ['t.exchange_order_id is null'] : [];
  // The bans in force are read as a list by each order: a shop has few, however many sellers it has.
  if (table === 'violations') copyable.push(`t.action not in ('temp_ban', 'perm_ban')`);
  return `
    with kinds as materialized (
      select to_jsonb(t) as row, row_number() over (order by to_jsonb(t)) - 1 as kind, count(*) over () as kinds
        from commerce.${table} as t
       where ${['t.tenant_id = $1', ...shared, ...copyable].join(' and ')}
    )
    insert into commerce.${table} (${names.join(', ')})
    select ${names.map((name) => `r.${name}`).join(', ')}
      from generate_series(1, $2::integer) as n
      join kinds as p on p.kind = n % p.kinds
     cross join lateral jsonb_populate_record(
       null::commerce.${table}, p.row || jsonb_strip_nulls(jsonb_build_object(${changes.join(', ')}))) as r`;
}

/** What stands in no merchant's table of commerce, and grows all the same. */
const elsewhere = [
  `insert into internal.idempotency_key (tenant_key, tenant_id, operation, key, request_hash)
   select $1, $1, 'place_order', 'earlier-' || n, '\\x00' from generate_series(1, $2::integer) as n`,
  `insert into internal.session (tenant_id, role, expires_at)
   select $1, 'commerce_anonymous', now() + interval '1 hour' from generate_series(1, $2::integer) as n`,
  `insert into audit.log (tenant_key, tenant_id, actor_role, action, table_name, record_key)
   select $1, $1, 'commerce_member', 'update', 'orders', (n / 10)::text from generate_series(1, $2::integer) as n`,
];

const otherMerchants = `
  insert into commerce.tenant (id, name, domain, subscription_tier, status)
  select ${idOfOther}::uuid, 'Merchant ' || n, 'merchant-' || n || '.example', 'growth', 'active'
    from generate_series(1, $1::integer) as n`;

/**
 * Fills the tables past their triggers and foreign keys, and keeps anything from counting them. The other merchants have
 * `ofOthers` rows together.
 */
export async function crowd(
  client: pg.ClientBase,
  tenantId: string,
  size: number,
  { merchants = manyMerchants, ofOthers = size }: { merchants?: number; ofOthers?: number } = {},
): Promise<void> {
  const columns = await columnsOf(client);
  const isId = idColumns(columns);
  await client.query(`
    begin;
    set local session_replication_role = replica;
    set local synchronous_commit = off`);
  await client.query(otherMerchants, [merchants]);
  for (const table of new Set(columns.map((column) => column.table))) {
    const own = columns.filter((column) => column.table === table);
    await client.query(`alter table commerce.${table} set (autovacuum_enabled = off)`);
    if (perMerchant.includes(table)) {
      await client.query(copyStatement(own, isId, merchants), [tenantId, merchants]);
    }
    if (small.has(table)) continue;
    // Before there are copies, which would be copied as well.
    await client.query(copyStatement(own, isId, merchants), [tenantId, ofOthers]);
    await client.query(copyStatement(own, isId), [tenantId, size]);
  }
  // The copied orders may be cancelled: nothing of them has left, and they free what they reserve.
  await client.query('update commerce.products set reserved_count = 1000000 where tenant_id = $1', [
    tenantId,
  ]);
  await client.query('update commerce.order_items set shipped_quantity = 0 where tenant_id = $1', [tenantId]);
  for (const statement of elsewhere) await client.query(statement, [tenantId, size]);
  await client.query('commit');
}
