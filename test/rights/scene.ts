import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../support/database.ts';
import { openSession } from '../support/session.ts';
import type { Who } from './rights.ts';

/**
 * One demo merchant with two of each kind of person, so that every table has rows of one's own and of
 * another person of the same merchant; the second demo merchant has rows of every table, too.
 */

type Values = Record<string, unknown>;

export type Person = {
  readonly name: string;
  readonly who: readonly Who[];
  readonly role: 'member' | 'buyer' | 'anonymous';
  readonly userId: string | null;
  readonly sellerId: string | null;
  readonly customerId: string | null;
};

/** The rows that one shopper's order and one seller's sale are made of. */
export type Sale = Record<
  | 'order'
  | 'draft'
  | 'product'
  | 'item'
  | 'parcel'
  | 'return'
  | 'payment'
  | 'refund'
  | 'thread'
  | 'message'
  | 'complaint',
  string
>;

export type Scene = Awaited<ReturnType<typeof setScene>>;

const idOf = async (db: TestDatabase, sql: string, values: unknown[] = []): Promise<string> => {
  const { rows } = await db.installer.query<{ id: string }>(sql, values);
  const [row] = rows;
  if (row === undefined) throw new Error(`no row: ${sql}`);
  return row.id;
};

/** An id of this moment, as the database's own begin; version 4 tells the scene's rows from the merchant's. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUID().slice(13)}`;
}

export async function setScene(db: TestDatabase) {
  const tenantId = await idOf(db, `select id from commerce.tenant where domain = 'demo-1.example'`);
  const otherTenantId = await idOf(db, `select id from commerce.tenant where domain = 'demo-2.example'`);

  // A viewer may do what the test gives, and nothing else.
  await db.installer.query(`delete from commerce.role_permission where role = 'viewer'`);

  // Triggers and foreign keys are off: these rows have to be there, and need no history.
  const client = await db.installer.connect();
  await client.query(`set session_replication_role = replica`);

  /** A copy of one of the merchant's rows, with other values. */
  async function copy(table: string, values: Values): Promise<string> {
    const { rows: columns } = await client.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [`commerce.${table}`],
    );
    const names = columns.map(({ name }) => name).join(', ');
    const { rows } = await client.query<{ id: string }>(
      `insert into commerce.${table} (${names})
       select ${names}
         from (select (jsonb_populate_record(t, $1)).* from commerce.${table} as t
                where tenant_id = $2 order by t.id limit 1) as r
       returning id`,
      [JSON.stringify({ id: newId(), ...values }), tenantId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`the demo merchant has no row of ${table}`);
    return row.id;
  }

  const find = (table: string, condition = 'true'): Promise<string> =>
    idOf(db, `select id from commerce.${table} where tenant_id = $1 and ${condition} order by id limit 1`, [
      tenantId,
    ]);

  /** What anybody who can sign in has. */
  async function addUser(name: string): Promise<string> {
    const userId = await copy('users', {
      auth_subject: name,
      email: `${name}@rights.example`,
      is_deleted: false,
      deleted_at: null,
    });
    await copy('notification_preferences', { user_id: userId });
    await copy('complaints', { user_id: userId });
    await copy('violations', { user_id: userId });
    await copy('storefront_asset', { created_by: userId, is_private: true, sha256: null });
    return userId;
  }

  async function addSeller(name: string): Promise<{ userId: string; sellerId: string; productId: string }> {
    const userId = await addUser(name);
    const sellerId = await copy('seller_profile', { user_id: userId, slug: name });
    const onboardingId = await copy('seller_onboarding', { seller_id: sellerId });
    await copy('kyc_info', { seller_id: sellerId });
    await copy('kyc_document', { seller_onboarding_id: onboardingId });
    const productId = await copy('products', { seller_id: sellerId, sku: null, is_active: true });
    await copy('products', { seller_id: sellerId, sku: null, is_active: false });
    return { userId, sellerId, productId };
  }

  async function addShopper(name: string): Promise<{ userId: string; customerId: string }> {
    const userId = await addUser(name);
    const customerId = await copy('customer', { phone_number: null, email: `${name}@rights.example` });
    await copy('buyer_profile', { id: customerId, user_id: userId });
    await copy('customer_identity', { customer_id: customerId, external_user_id: name });
    await copy('address_book', { user_id: userId });
    await copy('saved_payment_method', { user_id: userId });
    return { userId, customerId };
  }

  /** What a message carries, what is thought of it, and what it was. */
  async function addParts(message: Values): Promise<void> {
    await copy('message_attachment', message);
    await copy('message_reaction', message);
    await copy('message_revision', message);
  }

  async function addSale(
    name: string,
    buyer: { userId: string; customerId: string },
    seller: { sellerId: string; productId: string },
  ): Promise<Sale> {
    const thread = await copy('conversation_thread', {
      customer_id: buyer.customerId,
      status: 'open',
      closed_at: null,
      snoozed_until: null,
      assigned_member_id: null,
    });
    const message = await copy('conversation_history', {
      thread_id: thread,
      customer_id: buyer.customerId,
      external_message_id: `wamid.${name}`,
      idempotency_key: null,
      reply_to_id: null,
      order_id: null,
    });
    await addParts({ thread_id: thread, message_id: message, customer_id: buyer.customerId });
    await copy('conversation_event', {
      thread_id: thread,
      conversation_id: message,
      external_event_id: null,
    });
    const header = {
      customer_id: buyer.customerId,
      seller_id: seller.sellerId,
      product_id: seller.productId,
      thread_id: thread,
      cancelled_at: null,
      cancellation_reason: null,
    };
    const order = await copy('orders', {
      ...header,
      status: 'confirmed',
      order_number: name,
      placed_at: new Date(),
    });
    const draft = await copy('orders', {
      ...header,
      status: 'draft',
      channel: 'storefront',
      order_number: null,
      placed_at: null,
    });
    // Whose an order is stands on all that belongs to it.
    const whose = { customer_id: buyer.customerId, seller_id: seller.sellerId };
    const parts = { ...whose, order_id: order };
    const item = await copy('order_items', {
      ...parts,
      product_id: seller.productId,
      quantity: 5,
      shipped_quantity: 0,
      returned_quantity: 0,
    });
    await copy('order_items', { ...whose, order_id: draft, product_id: seller.productId });
    await copy('inventory_movement', { product_id: seller.productId, order_item_id: item });
    await copy('order_address', { ...parts });
    await copy('order_channel_meta', { ...parts, external_order_id: null });
    await copy('order_status_history', { ...parts });
    const parcel = await copy('fulfillment', {
      ...parts,
      status: 'packed',
      shipped_at: null,
      delivered_at: null,
    });
    await copy('fulfillment_item', { ...parts, fulfillment_id: parcel, order_item_id: item, quantity: 2 });
    const returned = await copy('order_returns', {
      fulfillment_id: null,
      ...parts,
      return_number: name,
      exchange_order_id: draft,
    });
    await copy('order_return_items', { ...parts, order_return_id: returned, order_item_id: item });
    const proof = await copy('storefront_asset', {
      created_by: buyer.userId,
      is_private: true,
      is_payment_proof: true,
      sha256: null,
    });
    const payment = await copy('payment', {
      ...parts,
      proof_asset_id: proof,
      idempotency_key: name,
      provider_reference: name,
      status: 'succeeded',
    });
    const refund = await copy('refund', {
      ...parts,
      payment_id: payment,
      order_return_id: returned,
      idempotency_key: name,
      provider_reference: null,
      created_by: clerkUser,
    });
    const money = { ...parts, created_by: clerkUser };
    await copy('payment_event', { ...money, payment_id: payment, refund_id: null, provider_event_id: null });
    await copy('money_allocation', { ...money, payment_id: payment, refund_id: null });
    await copy('order_adjustment', money);
    await copy('order_charge', { ...parts });
    await copy('discount', {
      code: name.toUpperCase(),
      seller_id: seller.sellerId,
      product_id: seller.productId,
      currency_code: 'NGN',
    });
    const credit = { customer_id: buyer.customerId, created_by: clerkUser };
    const grant = await copy('customer_credit', {
      ...credit,
      kind: 'granted',
      amount: 5,
      granted_by_id: null,
      refund_id: refund,
      payment_id: null,
    });
    await copy('customer_credit', {
      ...credit,
      kind: 'spent',
      amount: -1,
      granted_by_id: grant,
      refund_id: null,
      payment_id: payment,
    });
    await copy('inbound_event', { payment_id: payment, reviewed_by: clerkUser, external_event_id: name });
    const complaint = await copy('complaints', { user_id: buyer.userId, order_id: order });
    const { productId: product } = seller;
    return {
      order,
      draft,
      product,
      item,
      parcel,
      return: returned,
      payment,
      refund,
      thread,
      message,
      complaint,
    };
  }

  /** A visitor who has written in the shop's chat. */
  async function addVisitor(subject: string): Promise<{ customerId: string }> {
    const customerId = await copy('customer', { phone_number: null, email: null });
    await client.query('insert into internal.visitor (tenant_id, subject, customer_id) values ($1, $2, $3)', [
      tenantId,
      subject,
      customerId,
    ]);
    const thread = await copy('conversation_thread', {
      customer_id: customerId,
      status: 'open',
      closed_at: null,
      snoozed_until: null,
      assigned_member_id: null,
    });
    const message = await copy('conversation_history', {
      thread_id: thread,
      customer_id: customerId,
      external_message_id: null,
      idempotency_key: null,
      reply_to_id: null,
      order_id: null,
    });
    await addParts({ thread_id: thread, message_id: message, customer_id: customerId });
    return { customerId };
  }

  const clerkUser = await addUser('clerk');
  const clerkMember = await copy('team_members', {
    user_id: clerkUser,
    role: 'viewer',
    permissions: [],
    is_active: true,
    deactivated_at: null,
  });
  const vendor = await addSeller('vendor');
  const otherVendor = await addSeller('other-vendor');
  const ann = await addShopper('ann');
  const ben = await addShopper('ben');
  const sale = await addSale('ann-1', ann, vendor);
  const otherSale = await addSale('ben-1', ben, otherVendor);
  const visitor = await addVisitor('visitor');
  await copy('storefront_versions', { version_number: 1000 });
  await copy('storefront_banner', { is_active: false });
  await copy('storefront_theme', { name: 'Our own' });
  await copy('storefront_asset', { is_private: false, sha256: null, created_by: null });
  await client.query(
    `update commerce.storefront as s set is_published = true, published_version_id = v.id
       from (select distinct on (tenant_id) tenant_id, id from commerce.storefront_versions order by tenant_id, id) as v
      where v.tenant_id = s.tenant_id`,
  );
  // Something waits for a reviewer, and something is short, with everybody who sells.
  await client.query(
    `update commerce.seller_onboarding set onboarding_status = 'submitted', verification_status = 'pending', submitted_at = now()
      where tenant_id = $1`,
    [tenantId],
  );
  await client.query(
    `update commerce.products set inventory_count = 1, low_stock_threshold = 1, track_inventory = true
      where seller_id = any ($1)`,
    [[vendor.sellerId, otherVendor.sellerId]],
  );
  await client.query(`set session_replication_role = origin`);
  client.release();

  const nobody = { userId: null, sellerId: null, customerId: null };
  const people = {
    clerk: { ...nobody, name: 'clerk', who: ['staff'], role: 'member', userId: clerkUser },
    vendor: { ...nobody, ...vendor, name: 'vendor', who: ['staff', 'seller'], role: 'member' },
    ann: { ...nobody, ...ann, name: 'ann', who: ['shopper'], role: 'buyer' },
    visitor: { ...nobody, ...visitor, name: 'visitor', who: ['visitor'], role: 'anonymous' },
  } as const satisfies Record<string, Person>;

  /** A session of the person; a clerk's holds these permissions and no other. */
  async function sessionOf(person: Person, permissions: readonly string[] = []): Promise<string> {
    if (person.name === 'clerk') {
      await db.installer.query(
        'update commerce.team_members set permissions = $2, version = version where id = $1',
        [clerkMember, permissions],
      );
    }
    return openSession(
      db,
      person.role,
      person.userId === null
        ? { tenantId, subject: person.name }
        : { tenantId, userId: person.userId, subject: person.name },
    );
  }

  return {
    tenantId,
    otherTenantId,
    people,
    sale,
    otherSale,
    otherBuyer: ben,
    sellers: { vendor, otherVendor },
    clerkMember,
    find,
    sessionOf,
  };
}
