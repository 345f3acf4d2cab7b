import type pg from 'pg';
import type { Shop } from '../functions/shop.ts';

/** How many rows each big table of the tenant has. */
export const size = 300_000;

/** The id of row n: rows of different tables that belong together carry the same n. */
export const idOf = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const id = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Who buys order n: 20 a customer, the first 20 the shopper's. */
const ownerOf = `case when n < 20 then $4 else ${id('n / 20')} end`;

/** A table's rows, and what they are made of: n counts to the size, 20 orders and messages a customer. */
const rows: Record<string, Record<string, string>> = {
  'commerce.conversation_thread': {
    id: id('n'),
    channel_id: '$2',
    customer_id: id('n'),
    assigned_member_id: `case when n % 3 > 0 then ${id('n % 50')} end`,
    status: `case n % 10 when 0 then 'open' when 1 then 'resolved' else 'closed' end`,
    closed_at: 'case when n % 10 > 1 then now() end',
    last_message_at: `now() - n * interval '1 minute'`,
  },
  'commerce.customer': {
    id: id('n'),
    display_name: `'Customer ' || n`,
    phone_number: `'+' || 2348030000000 + n`,
    last_activity_at: `now() - n * interval '1 minute'`,
  },
  'commerce.customer_identity': {
    channel_id: '$2',
    channel_type: `'whatsapp'`,
    customer_id: id('n'),
    external_user_id: `'sender-' || n`,
  },
  'commerce.conversation_history': {
    thread_id: id('n / 20'),
    channel_id: '$2',
    customer_id: id('n / 20'),
    arrival: 'n',
    message: `'about order ' || n % 1000`,
    direction: `case when n % 500 = 0 then 'outbound' else 'inbound' end`,
    sender_type: `case when n % 500 = 0 then 'bot' else 'customer' end`,
    delivery_status: `case when n % 500 = 0 then 'queued' else 'received' end`,
    external_message_id: `'message-' || n`,
    occurred_at: `now() - n * interval '1 minute'`,
    created_at: `now() - n * interval '1 minute'`,
  },
  'commerce.orders': {
    seller_id: `case when n % 100 = 1 then ${id('9')} else $3 end`,
    customer_id: ownerOf,
    currency_code: `'NGN'`,
    channel: `case when n = 0 then 'storefront' when n % 2 = 0 then 'whatsapp' else 'instagram' end`,
    status: `case when n = 0 then 'draft' when n % 100 = 0 then 'pending' else 'delivered' end`,
    order_number: `case when n > 0 then 'NUMBER-' || n end`,
    payment_status: `case when n % 7 = 0 then 'unpaid' when n % 900 = 1 then 'disputed' else 'paid' end`,
    buyer_name: `'Buyer ' || n`,
    placed_at: `case when n > 0 then now() - n * interval '1 minute' end`,
    buyer_phone: `'+' || 2348000000000 + n / 20`,
    created_at: `now() - n * interval '1 minute'`,
  },
  'commerce.payment': {
    order_id: id('n'),
    customer_id: ownerOf,
    seller_id: '$3',
    currency_code: `'NGN'`,
    amount: '1',
    payment_type: `'card'`,
    provider: `'paystack'`,
    provider_reference: `'reference-' || n`,
    idempotency_key: `'key-' || n`,
    status: `case when n % 100 = 0 then 'pending' else 'succeeded' end`,
  },
  'commerce.refund': {
    order_id: id('n'),
    customer_id: ownerOf,
    seller_id: '$3',
    payment_id: id('n'),
    order_return_id: id('n'),
    currency_code: `'NGN'`,
    amount: '1',
    method: `'original_payment'`,
    idempotency_key: `'key-' || n`,
    status: `case when n % 100 = 0 then 'failed' else 'succeeded' end`,
  },
  'commerce.order_returns': {
    order_id: id('n'),
    customer_id: ownerOf,
    seller_id: '$3',
    currency_code: `'NGN'`,
    return_number: `'RET-' || n`,
    reason: `'damaged'`,
    status: `case when n % 100 = 0 then 'requested' else 'closed' end`,
  },
  'commerce.complaints': {
    user_id: id('n / 20'),
    order_id: id('n'),
    assigned_member_id: id('n / 100'),
    type: `'order'`,
    description: `'It is broken'`,
    resolution: `case when n % 100 > 0 then 'It was mended' end`,
    resolved_at: 'case when n % 100 > 0 then now() end',
    status: `case when n % 100 = 0 then 'in_review' else 'resolved' end`,
  },
  'commerce.products': {
    seller_id: `case when n % 100 = 1 then ${id('9')} else $3 end`,
    price: 'n + 1',
    sku: `'SKU-' || n`,
    is_active: 'n % 500 > 0',
    currency_code: `'NGN'`,
    name: `(array['red', 'blue', 'green', 'white'])[1 + n % 4] || ' kente ' || n % 3000`,
  },
  'audit.log': {
    tenant_key: 'shop.tenant_id',
    actor_role: `'commerce_member'`,
    action: `'update'`,
    table_name: `'orders'`,
    record_key: `(n / 10)::text`,
  },
};

/**
 * Fills the shop past its triggers and foreign keys. Indexes that no constraint needs are made after
 * the rows, which is many times faster.
 */
export async function fill(
  client: pg.ClientBase,
  { tenantId, sellerId }: Shop,
  channelId: string,
  customerId: string,
): Promise<void> {
  await client.query(`
    begin;
    set local session_replication_role = replica;
    set local synchronous_commit = off;
    set local maintenance_work_mem = '256MB'`);
  for (const [table, columns] of Object.entries(rows)) {
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
         from pg_index i
        where i.indrelid = $1::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
      [table],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    // Every parameter is named, because each table uses others.
    await client.query(
      `with shop as (select $1::uuid as tenant_id, $2::uuid, $3::uuid, $4::uuid)
       insert into ${table} (tenant_id, ${Object.keys(columns).join(', ')})
       select shop.tenant_id, ${Object.values(columns).join(', ')} from shop, generate_series(0, ${size - 1}) as n`,
      [tenantId, channelId, sellerId, customerId],
    );
    // That of a partitioned table is said to be ON ONLY it; its partitions need it as well.
    for (const { definition } of indexes) await client.query(definition.replace(' ON ONLY ', ' ON '));
  }
  await client.query('commit');
  await client.query(`analyze ${Object.keys(rows).join(', ')}`);
}
