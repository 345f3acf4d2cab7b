import type { TestDatabase } from '../support/database.ts';
import { type May, meaningOf, rights } from './rights.ts';
import type { Person, Scene } from './scene.ts';

/**
 * What the written list gives to a person with these permissions, as keys of rows: the conditions of the
 * lines, read by the installer, whom no policy binds.
 */
export type Allowed = ReadonlyMap<string, ReadonlySet<string>>;

/** What tells the rows of a table apart. */
export function keyOf(table: string): string {
  if (table === 'role_permission') return `t.role || ':' || t.permission_code`;
  return ['currency', 'permission', 'subscription_plan'].includes(table) ? 't.code' : 't.id::text';
}

/** The same for every merchant, or the merchant itself. */
export const shared: readonly string[] = ['currency', 'permission', 'role_permission', 'subscription_plan'];

export function ofMerchant(table: string, tenantId: string): string {
  if (shared.includes(table)) return 'true';
  if (table === 'tenant') return `t.id = '${tenantId}'`;
  return table === 'storefront_theme'
    ? `(t.tenant_id = '${tenantId}' or t.tenant_id is null)`
    : `t.tenant_id = '${tenantId}'`;
}

/** The condition of all the lines that fit, or null if none does. */
function conditionOf(table: string, may: May, person: Person, permissions: readonly string[]): string | null {
  const lines = rights.filter(
    (right) =>
      right.table === table &&
      right.may === may &&
      (person.who as readonly string[]).includes(right.who) &&
      (right.permissions.length === 0 || right.permissions.some((code) => permissions.includes(code))),
  );
  if (lines.length === 0) return null;
  const quote = (id: string | null) => (id === null ? 'null::uuid' : `'${id}'::uuid`);
  const orders =
    person.role === 'buyer'
      ? `select o.id from commerce.orders o where o.customer_id = ${quote(person.customerId)}`
      : `select o.id from commerce.orders o where o.seller_id = ${quote(person.sellerId)}`;
  return lines
    .map((line) => `coalesce((${meaningOf(line)}), false)`)
    .join(' or ')
    .replaceAll('my_orders', orders)
    .replaceAll('my_user', quote(person.userId))
    .replaceAll('my_seller', quote(person.sellerId))
    .replaceAll('my_customer', quote(person.customerId));
}

const softDeleted = [
  'address_book',
  'buyer_profile',
  'channel',
  'customer',
  'kyc_document',
  'orders',
  'products',
  'saved_payment_method',
  'seller_profile',
  'storefront_asset',
  'storefront_banner',
  'storefront_theme',
  'users',
];

/** Of a row as t: whether it is there for anybody. A file goes with the message that its sender deleted. */
export function live(table: string): string {
  if (table === 'message_attachment') {
    return 't.message_id not in (select id from commerce.conversation_history where withdrawn_at is not null)';
  }
  return softDeleted.includes(table) ? 'not t.is_deleted' : 'true';
}

type Querier = Pick<TestDatabase['installer'], 'query'>;

/** The keys of the rows of every table, or of these, for which the person may do this. */
export async function allowed(
  client: Querier,
  { tenantId }: Scene,
  person: Person,
  may: May,
  permissions: readonly string[] = [],
  tables: readonly string[] = [...new Set(rights.map(({ table }) => table))],
): Promise<Allowed> {
  const parts = tables.flatMap((table) => {
    const condition = conditionOf(table, may, person, permissions);
    return condition === null
      ? []
      : [
          `select '${table}' as table, ${keyOf(table)} as key from commerce.${table} as t
            where ${ofMerchant(table, tenantId)} and ${live(table)} and (${condition})`,
        ];
  });
  const found = new Map<string, Set<string>>(tables.map((table) => [table, new Set()]));
  if (parts.length > 0) {
    const { rows } = await client.query<{ table: string; key: string }>(parts.join(' union all '));
    for (const { table, key } of rows) found.get(table)?.add(key);
  }
  return found;
}

const anyOf = (keys: ReadonlySet<string> | undefined) => `any ('{${[...(keys ?? [])].join(',')}}'::uuid[])`;

/** What each view over several tables shows to a person who sees these rows of the tables. */
export async function allowedInViews(client: Querier, seen: Allowed): Promise<Allowed> {
  const soldOrder = `o.id = ${anyOf(seen.get('orders'))} and o.status not in ('draft', 'cancelled')`;
  const views = {
    conversation_inbox: `select id from commerce.conversation_thread
      where status <> 'closed' and id = ${anyOf(seen.get('conversation_thread'))}`,
    customer_value: `select customer_id as id from commerce.orders as o
      where ${soldOrder} and customer_id = ${anyOf(seen.get('buyer_profile'))}`,
    low_stock: `select id from commerce.products
      where is_active and track_inventory and inventory_count <= low_stock_threshold
        and id = ${anyOf(seen.get('products'))}`,
    onboarding_queue: `select id from commerce.seller_onboarding
      where onboarding_status in ('submitted', 'in_review') and id = ${anyOf(seen.get('seller_onboarding'))}
        and seller_id = ${anyOf(seen.get('seller_profile'))}`,
    orders_open: `select id from commerce.orders
      where status in ('pending', 'confirmed', 'processing', 'shipped') and id = ${anyOf(seen.get('orders'))}`,
    sales_by_product: `select i.product_id as id from commerce.order_items as i join commerce.orders as o on o.id = i.order_id
      where ${soldOrder} and i.id = ${anyOf(seen.get('order_items'))}`,
  };
  const found = new Map<string, Set<string>>();
  for (const [view, sql] of Object.entries(views)) {
    const { rows } = await client.query<{ id: string }>(sql);
    found.set(view, new Set(rows.map(({ id }) => id)));
  }
  return found;
}
