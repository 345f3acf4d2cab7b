import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asMember } from '../support/session.ts';
import { openShop, refused } from './shop.ts';

/**
 * A day is the shop's: what its clocks show, also on the nights when they are put back or forward. The
 * oracle is JavaScript's own knowledge of time zones.
 */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const hour = 3_600_000;

/** Nights of the past that no zone has any more: put back at one minute past midnight, and a day left out. */
const odd = [
  ['America/St_Johns', '2006-10-28', '2006-10-29', '2006-10-30'],
  ['Pacific/Apia', '2011-12-29', '2011-12-30', '2011-12-31'],
] as const;

const moments = [
  ...Array.from({ length: 366 * 24 }, (_, index) => Date.UTC(2024, 0, 1, index, 30)),
  ...odd.flatMap(([, first]) =>
    Array.from({ length: 5 * 48 }, (_, index) => Date.parse(first) - 24 * hour + (index * hour) / 2),
  ),
];
await db.installer.query(
  `with settings as (select set_config('session_replication_role', 'replica', false))
   insert into commerce.orders
     (tenant_id, seller_id, customer_id, currency_code, channel, status, order_number, placed_at)
   select $1, $2, $2, 'NGN', 'api', 'delivered', 'ORD-' || place, to_timestamp(at / 1000.0)
     from settings, unnest($3::float8[]) with ordinality as m (at, place)`,
  [shop.tenantId, shop.sellerId, moments],
);
// Payments are listed by their ids, which say when they were made.
await db.installer.query(
  `insert into commerce.payment
     (id, tenant_id, order_id, customer_id, seller_id, currency_code, amount, payment_type, provider, idempotency_key, status)
   select overlay(internal.uuid_v7_at(o.placed_at)::text placing right(md5(o.id::text), 12) from 25)::uuid, o.tenant_id,
          o.id, o.customer_id, o.seller_id, 'NGN', 1, 'card', 'till', o.order_number, 'failed'
     from commerce.orders as o where o.tenant_id = $1`,
  [shop.tenantId],
);
await db.installer.query('reset session_replication_role');

/** The days of a zone, and how many of the moments fall on each; null for a zone that only PostgreSQL knows. */
function daysOf(timeZone: string): Map<string, number> | null {
  try {
    const days = new Map<string, number>();
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    for (const moment of moments) {
      const day = format.format(moment);
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    return days;
  } catch {
    return null;
  }
}

const { rows: zones } = await db.installer.query<{ name: string }>(
  'select name from pg_catalog.pg_timezone_names order by name',
);

async function counted(zone: string, days: Iterable<string>): Promise<Map<string, number[]>> {
  await db.installer.query('update commerce.tenant set timezone = $2, version = version where id = $1', [
    shop.tenantId,
    zone,
  ]);
  return asMember(db, shop.owner, async (client) => {
    const found = new Map<string, number[]>();
    for (const day of days) {
      const { rows } = await client.query<{ sold: number; listed: number; paid: number }>(
        `select (select coalesce(sum(order_count), 0)::integer from api.sales_daily($1, $1)) as sold,
                (select count(*)::integer from api.list_orders(p_from => $1, p_to => $1, p_first => 1000)) as listed,
                (select count(*)::integer from api.list_payments(p_from => $1, p_to => $1, p_first => 1000)) as paid`,
        [day],
      );
      found.set(day, [rows[0]?.sold ?? -1, rows[0]?.listed ?? -1, rows[0]?.paid ?? -1]);
    }
    return found;
  });
}

const only = (days: Map<string, number>, some: Iterable<string>) =>
  new Map([...some].map((day) => [day, Array(3).fill(days.get(day) ?? 0)]));

/** Many names stand for the same days: one name of each kind is enough for CI. */
const seen = new Set<string>();
function isSeen(days: Map<string, number>): boolean {
  const kind = JSON.stringify([...days]);
  const isKnown = seen.has(kind);
  seen.add(kind);
  return isKnown && !process.env.LONG;
}

t.test('every zone, on the days around each change of its clocks', { timeout: 300_000 }, async (t) => {
  let checked = 0;
  for (const { name } of zones) {
    // What PostgreSQL would take for hours without a summer is no zone of a shop.
    if (['CET', 'EET', 'MET', 'WET'].includes(name)) {
      await refused(t, counted(name, []), 'SCVAL', { field: 'timezone' });
      continue;
    }
    const days = daysOf(name);
    if (days === null) {
      t.comment(`${name} is no zone of JavaScript`);
      continue;
    }
    if (isSeen(days)) continue;
    const dates = [...days.keys()].filter((day) => day.startsWith('2024')).sort();
    const changes = dates.flatMap((day, index) =>
      days.get(day) === 24 ? [] : dates.slice(Math.max(index - 1, 0), index + 2),
    );
    const some = new Set([...changes, '2024-01-01', '2024-06-15', '2024-12-31']);
    checked += some.size;
    const found = await counted(name, some);
    const wanted = only(days, some);
    if (JSON.stringify([...found]) !== JSON.stringify([...wanted])) t.strictSame(found, wanted, name);
  }
  t.ok(
    zones.length > 400 && checked > (process.env.LONG ? 1500 : 600),
    `${zones.length} zones, ${seen.size} kinds, ${checked} days`,
  );
});

t.test('an hour that was shown twice across midnight, and a day that was left out', async (t) => {
  for (const [zone, ...days] of odd) {
    const known = daysOf(zone);
    const sales = (found: Map<string, number[]>) =>
      [...found].map(([day, counts]) => [day, counts.slice(0, 2)]);
    // A list by ids goes by the first moment of a day, also where the clocks went back to the day before.
    t.strictSame(sales(await counted(zone, days)), sales(only(known ?? new Map(), days)), zone);
  }
  t.equal(daysOf('Pacific/Apia')?.get('2011-12-30'), undefined, 'Samoa had no 30th of December');
});
