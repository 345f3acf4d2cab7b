import type pg from 'pg';
import { floor, floorTables } from './orders.ts';

/** One operation, as GraphQL and as the statement that answers the same. */
export type Case = {
  query: string;
  variables: Record<string, unknown>;
  sql: string;
  values: unknown[];
  /** How it reads the tables themselves, or the least that it writes, and with which values if others. */
  floor?: { sql: string; values?: unknown[] };
  /** At how many connections it is measured, and how much of the floor's throughput it reaches there at least. */
  aims?: Record<number, number>;
};

const ofReads = { 20: 0.25 };

/** `client` is the installer's. */
export async function findCases(client: pg.Client, tenantId: string): Promise<Record<string, Case>> {
  const one = async (sql: string): Promise<string> => (await client.query(sql, [tenantId])).rows[0].id;
  const orderId = await one(
    'select order_id as id from commerce.order_items where tenant_id = $1 group by 1 order by count(*) desc limit 1',
  );
  const customerId = await one('select id from commerce.buyer_profile where tenant_id = $1 limit 1');
  const productId = await one(
    'select id from commerce.products where tenant_id = $1 and is_active and inventory_count > 5 and not is_deleted limit 1',
  );
  // Enough of it for every order of the benchmark.
  await client.query(
    `alter table commerce.products disable trigger user;
     update commerce.products set inventory_count = 100000000 where id = '${productId}';
     alter table commerce.products enable trigger user;
     ${floorTables}`,
  );
  return {
    'product list': {
      query: `{ products(first: 20) { nodes { id name price currencyCode inventoryCount version } } }`,
      variables: {},
      sql: products('api.products where tenant_id = $1'),
      floor: { sql: products('commerce.products where tenant_id = $1 and not is_deleted') },
      aims: ofReads,
      values: [tenantId],
    },
    'one product': {
      query: `query ($id: ID!) { product(id: $id) { id name price currencyCode inventoryCount version } }`,
      variables: { id: productId },
      sql: products('api.products where tenant_id = $1 and id = $2'),
      floor: { sql: products('commerce.products where tenant_id = $1 and id = $2 and not is_deleted') },
      aims: ofReads,
      values: [tenantId, productId],
    },
    'order list': {
      query: `{ orders(first: 20) { nodes { id orderNumber status totalAmount currencyCode placedAt } } }`,
      variables: {},
      sql: orders('api.orders where tenant_id = $1'),
      floor: { sql: orders('commerce.orders where tenant_id = $1 and not is_deleted') },
      aims: ofReads,
      values: [tenantId],
    },
    'order with items': {
      query: `query ($id: ID!) { order(id: $id) {
                id orderNumber status totalAmount customer { displayName }
                items(first: 50) { nodes { quantity unitPrice productName product { name } } } } }`,
      variables: { id: orderId },
      sql: `select json_build_object('id', o.id, 'orderNumber', o.order_number, 'status', o.status,
                     'totalAmount', o.total_amount::text, 'customer', c.display_name, 'items', (
                       select json_agg(json_build_object('quantity', i.quantity, 'unitPrice', i.unit_price::text,
                                'productName', i.product_name, 'product', p.name) order by i.id)
                         from api.order_items as i
                         left join api.products as p on p.tenant_id = i.tenant_id and p.id = i.product_id
                        where i.tenant_id = o.tenant_id and i.order_id = o.id)) as data
              from api.orders as o
              join api.customer as c on c.tenant_id = o.tenant_id and c.id = o.customer_id
             where o.tenant_id = $1 and o.id = $2`,
      values: [tenantId, orderId],
    },
    'inbox page': {
      query: `{ conversationThreads(first: 20, condition: { status: open }, orderBy: LAST_MESSAGE_AT_DESC) {
                nodes { customer { displayName } channel { channelType } lastMessage { text } unreadCount } } }`,
      variables: {},
      sql: `select json_agg(i) as data from (
              select customer_name, channel_type, last_message, unread_count
                from api.conversation_inbox
               where tenant_id = $1 and status = 'open' order by last_message_at desc, id desc limit 20) as i`,
      values: [tenantId],
    },
    'place order': {
      query: `mutation ($key: String!, $lines: [PlaceOrderLineInput!], $customerId: UUID!) {
                placeOrder(input: { idempotencyKey: $key, channel: whatsapp, lines: $lines, customerId: $customerId }) {
                  orders { id orderNumber status totalAmount } } }`,
      variables: { key: 'KEY', lines: [{ productId, quantity: 1 }], customerId },
      sql: `select json_agg(json_build_object('id', o.id, 'orderNumber', o.order_number, 'status', o.status,
                     'totalAmount', o.total_amount::text)) as data
              from api.place_order(p_idempotency_key => $1, p_channel => 'whatsapp', p_lines => $2::jsonb,
                     p_customer_id => $3) as o`,
      values: ['KEY', JSON.stringify([{ product_id: productId, quantity: 1 }]), customerId],
      floor: {
        sql: floor.text.replace('returning order_id', 'returning order_id as data'),
        values: [productId, customerId],
      },
      aims: { 1: 0.15, 8: 0.15 },
    },
  };
}

const products = (of: string) =>
  `select json_agg(p) as data from (
     select id, name, price::text, currency_code, inventory_count, version from ${of} order by id limit 20) as p`;

const orders = (of: string) =>
  `select json_agg(o) as data from (
     select id, order_number, status, total_amount::text, currency_code, placed_at from ${of} order by id limit 20) as o`;
