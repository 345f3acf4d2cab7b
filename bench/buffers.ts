import type pg from 'pg';
import { backendCpu } from './cpu.ts';
import type { Figure, Measured } from './report.ts';
import { open, type Stage } from './stage.ts';
import { ratios, repeat, takeTurns } from './turns.ts';

const rounds = Number(process.env.ROUNDS ?? 9);
const fewRows = 10_000;
const manyRows = Number(process.env.ROWS ?? 300_000);
const fewTenants = 10;
const manyTenants = 1_000;
const page = 50;
/** Rows of each other merchant. */
const others = 20;
/** An index that grows from thousands to millions of rows gets a level, and no query more than a page. */
const flat = 1.3;

/** What searchProducts asks of the table, with the tenant stated. */
const fullText = `
  select p.id, p.name, p.short_description, p.price, p.currency_code, p.seller_id,
         not p.track_inventory or p.allow_backorder or p.inventory_count > 0 as is_available,
         ts_rank(p.search_vector, q.words) as rank
    from commerce.products as p, internal.search_words($2) as q (words)
   where p.tenant_id = $1 and p.is_active and not p.is_deleted and p.search_vector @@ q.words
   order by rank desc, p.id desc
   limit 20`;

/** The tables that grow most, and what differs from row to row n; the rest is copied from a row of the demo merchant. */
const tables: Record<string, { of: string; changes: Record<string, string> }> = {
  products: {
    of: 'is_active and not is_deleted and sku is not null',
    changes: { sku: `'B-' || n`, name: `'Wax print ' || n || ' kente' || n % 100`, created_at: 'moment' },
  },
  orders: {
    of: `status = 'delivered' and discount_code is null`,
    changes: {
      order_number: `'B-' || n`,
      created_at: 'moment',
      placed_at: 'moment',
      buyer_phone: `'+23490' || 10000000 + n`,
    },
  },
  conversation_history: {
    of: `direction = 'inbound' and message_type = 'text' and not is_silent`,
    changes: {
      external_message_id: `'B-' || n`,
      arrival: '1000000 + n',
      created_at: 'moment',
      occurred_at: 'moment',
    },
  },
  customer: {
    of: 'not is_deleted and phone_number is not null',
    changes: { phone_number: `'+23490' || 10000000 + n`, email: `n || '@example.com'`, created_at: 'moment' },
  },
};

/** Copies a row of each table so many times past its triggers. The merchant whose rows they become may depend on n. */
async function fill(
  client: pg.Client,
  tenantId: string,
  from: number,
  to: number,
  tenant: string,
): Promise<void> {
  await client.query('set session_replication_role = replica');
  for (const [table, { of, changes }] of Object.entries(tables)) {
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'id'`,
      [`commerce.${table}`],
    );
    const values: Record<string, string> = { ...changes, tenant_id: tenant };
    const names = rows.map(({ name }) => name);
    await client.query(
      `insert into commerce.${table} (${names.join(', ')})
       select ${names.map((name) => values[name] ?? `r.${name}`).join(', ')}
         from (select * from commerce.${table} where tenant_id = $1 and ${of} order by id limit 1) as r,
              generate_series($2::integer, $3::integer) as n,
              lateral (select now() - n * interval '1 minute' as moment) as m`,
      [tenantId, from, to],
    );
  }
  await client.query('reset session_replication_role');
  await client.query(`vacuum analyze ${Object.keys(tables).map((table) => `commerce.${table}`)}`);
}

/**
 * What each index of a merchant's rows serves, through the views and with the tenant named, as all our queries name it:
 * the rows of one key, and a page of those that differ in the last column only, in its order.
 */
async function queriesOf(client: pg.Client, tenantId: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ index: string; table: string; columns: string[]; of: string }>(
    `select i.indexrelid::regclass::text as index, c.relname as table,
            array(
              select a.attname::text
                from unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
                join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
               where k.place between 2 and i.indnkeyatts
               order by k.place
            ) as columns,
            coalesce(pg_get_expr(i.indpred, c.oid), 'true') as of
       from pg_index as i
       join pg_class as c on c.oid = i.indrelid
       join pg_class as x on x.oid = i.indexrelid
       join pg_am as m on m.oid = x.relam and m.amname = 'btree'
       join pg_attribute as t on t.attrelid = c.oid and t.attnum = i.indkey[0] and t.attname = 'tenant_id'
      where c.relnamespace = 'commerce'::regnamespace and c.relname = any ($1) and i.indexprs is null
        and i.indnkeyatts > 1
        -- Nobody can ask by what the view does not show.
        and not exists (
          select
            from pg_depend as d
            join pg_attribute as a on a.attrelid = c.oid and a.attnum = d.refobjsubid
           where d.objid = i.indexrelid and d.refobjid = c.oid and d.refobjsubid > 0
             and not exists (
               select from pg_attribute as v where v.attrelid = ('api.' || c.relname)::regclass and v.attname = a.attname
             )
        )
      order by 1`,
    [Object.keys(tables)],
  );
  const queries = new Map<string, string>();
  for (const { index, table, columns, of } of rows) {
    const known = columns.map((column) => `${column} is not null`).join(' and ');
    const { rows: found } = await client.query<Record<string, string>>(
      `select ${columns.map((column) => `quote_literal(${column}) as ${column}`).join(', ')}
         from api.${table} where tenant_id = $1 and ${of} and ${known} order by id offset 100 limit 1`,
      [tenantId],
    );
    const [row] = found;
    if (row === undefined) continue;
    const same = columns.map((column) => `${column} = ${row[column]}`);
    const ask = (...conditions: string[]) =>
      `api.${table} where ${[`tenant_id = '${tenantId}'`, ...conditions, of].join(' and ')}`;
    queries.set(`${index}, a row`, `${ask(...same)} limit ${page}`);
    queries.set(
      `${index}, a page`,
      `${ask(...same.slice(0, -1))} order by ${columns.at(-1)} desc limit ${page}`,
    );
  }
  return queries;
}

/** Buffers that a query takes when it runs for the second time. */
async function buffers(client: pg.Client, query: string): Promise<number> {
  let pages = Number.NaN;
  await repeat(2, async () => {
    const { rows } = await client.query(`explain (analyze, buffers, timing off, format json) ${query}`);
    const [{ Plan: plan }] = rows[0]['QUERY PLAN'];
    pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  });
  return pages;
}

/** The largest ratio, and the query that has it. */
function worst(name: string, of: Map<string, number>, to: Map<string, number>, atMost: number): Figure {
  const ratios = [...of].map(([query, count]) => ({ query, count, than: to.get(query) ?? Number.NaN }));
  const [top] = ratios.toSorted((a, b) => b.count / b.than - a.count / a.than);
  const { query, count = Number.NaN, than = Number.NaN } = top ?? {};
  return {
    what: `${name}, the worst of ${ratios.length} queries (${query}: ${count} and ${than})`,
    rounds: [count / than],
    atMost,
  };
}

async function compare({ client, tenantId }: Stage, member: pg.Client): Promise<Figure[]> {
  const other = (n: string) => `md5('merchant ' || ${n})::uuid`;
  const fillOthers = (from: number, to: number) =>
    fill(client, tenantId, from * others + 1, to * others, other(`(n - 1) / ${others}`));

  await fill(client, tenantId, 1, fewRows, 'r.tenant_id');
  await fillOthers(0, fewTenants - 1);
  const queries = await queriesOf(client, tenantId);
  const measure = async () => {
    const ours = new Map<string, number>();
    const plain = new Map<string, number>();
    for (const [name, query] of queries) {
      ours.set(name, await buffers(member, `select id from ${query}`));
      plain.set(name, await buffers(client, `select id from ${query}`));
    }
    return { ours, plain };
  };
  const small = await measure();
  await fillOthers(fewTenants - 1, manyTenants - 1);
  const crowded = await measure();
  await fill(client, tenantId, fewRows + 1, manyRows, 'r.tenant_id');
  const large = await measure();

  const words = 'kente7';
  const search = await takeTurns(rounds, {
    ours: () =>
      backendCpu(member, () =>
        repeat(10, () => member.query('select * from api.search_products($1)', [words])),
      ),
    plain: () => backendCpu(client, () => repeat(10, () => client.query(fullText, [tenantId, words]))),
  });
  const rows = (count: number) => count.toLocaleString('en');
  return [
    worst(`against no row-level security, ${rows(fewRows)} rows`, crowded.ours, crowded.plain, 2),
    worst(`against no row-level security, ${rows(manyRows)} rows`, large.ours, large.plain, 2),
    worst(`${rows(manyTenants)} tenants against ${fewTenants}`, crowded.ours, small.ours, flat),
    worst(`${rows(manyRows)} rows of a tenant against ${rows(fewRows)}`, large.ours, crowded.ours, flat),
    {
      what: `full text among ${rows(manyRows)} products, against no row-level security: CPU`,
      rounds: ratios(search.ours, search.plain),
      atMost: 1.05,
    },
  ];
}

export const benchmark = {
  title: `Buffers of every query that an index of a merchant's rows serves, and full text`,
  async run(stage: Stage): Promise<Measured> {
    const member = await open(stage.urls.DATABASE_URL);
    try {
      await member.query(
        `select set_config('role', 'commerce_member', false), set_config('commerce.session', $1, false)`,
        [await stage.openSession('member', stage.ownerSubject)],
      );
      return { figures: await compare(stage, member) };
    } finally {
      await member.end();
    }
  },
};
