import type pg from 'pg';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asRole } from '../support/session.ts';
import { byName, type Call, calls, idIn as findId, lines, type Rows, setCalls, state } from './calls.ts';
import { type Person, setScene } from './scene.ts';

/** The functions of api, held to the written list of functions.md. */
const db = await createTestDatabase(t);
const scene = await setScene(db);
const { people, sessionOf, tenantId, sale, otherSale, sellers } = scene;
const { clerk, vendor, ann, visitor } = people;

const { annsRows, bensRows, foreignRows } = await setCalls(db, scene);
const idIn = (tenant: string, table: string, condition?: string) => findId(db, tenant, table, condition);

const { rows: codes } = await db.installer.query<{ code: string }>('select code from commerce.permission');
const permissions = codes.map(({ code }) => code);

<<<<<<< HEAD
const idIn = async (tenant: string, table: string, condition = 'true'): Promise<string> => {
  const { rows } = await db.installer.query<{ id: string }>(
    `select id from commerce.${table} where tenant_id = $1 and ${condition} order by id limit 1`,
    [tenant],
  );
  return rows[0]?.id ?? '';
};

/** The rows that the calls name, all of one person or merchant. */
async function rowsOf(tenant: string, owner: Person | null, of: Partial<typeof sale>) {
  const own = owner === null ? 'true' : `user_id = '${owner.userId}'`;
  return {
    order: of.order ?? (await idIn(tenant, 'orders', `status not in ('draft', 'cancelled')`)),
    draft: of.draft ?? (await idIn(tenant, 'orders', `status = 'draft'`)),
    item: of.item ?? (await idIn(tenant, 'order_items')),
    parcel: of.parcel ?? (await idIn(tenant, 'fulfillment')),
    return: of.return ?? (await idIn(tenant, 'order_returns')),
    payment: of.payment ?? (await idIn(tenant, 'payment')),
    refund: of.refund ?? (await idIn(tenant, 'refund')),
    thread: of.thread ?? (await idIn(tenant, 'conversation_thread', `status <> 'closed'`)),
    outbound: of.message ?? (await idIn(tenant, 'conversation_history')),
    complaint: of.complaint ?? (await idIn(tenant, 'complaints')),
    address: await idIn(tenant, 'address_book', own),
    method: await idIn(tenant, 'saved_payment_method', own),
    product: of.product ?? (await idIn(tenant, 'products', 'is_active')),
    seller: await idIn(tenant, 'seller_profile'),
    member: await idIn(tenant, 'team_members', `role = 'viewer' and id <> '${scene.clerkMember}'`),
    invite: await idIn(tenant, 'team_invites', `role = 'viewer'`),
    channel: await idIn(tenant, 'channel'),
    customer: await idIn(tenant, 'buyer_profile'),
    inbound: await idIn(tenant, 'inbound_event'),
    credit: await idIn(tenant, 'customer_credit', `kind = 'granted'`),
    user: await idIn(tenant, 'users', `email like '%demo%'`),
    document: await idIn(tenant, 'kyc_document'),
    onboarding: await idIn(tenant, 'seller_onboarding'),
    violation: await idIn(tenant, 'violations'),
    snapshot: await idIn(tenant, 'storefront_versions'),
    storefront: await idIn(tenant, 'storefront'),
    theme: await idIn(tenant, 'storefront_theme'),
    sketch: await idIn(tenant, 'storefront_drafts'),
    change: '',
  };
}
type Rows = Awaited<ReturnType<typeof rowsOf>>;
const annsRows = await rowsOf(tenantId, ann, sale);
const bensRows = await rowsOf(
  tenantId,
  { ...ann, userId: await idIn(tenantId, 'users', `auth_subject = 'ben'`) },
  otherSale,
);
const foreignRows = await rowsOf(otherTenantId, null, {});

// A member who may be changed, a change that may be undone.
const { rows: logged } = await db.installer.query<{ id: string; tenant_id: string }>(`
  update commerce.products set name = name || '!', version = version
   where id = any (array['${annsRows.product}', '${foreignRows.product}']::uuid[]) returning id, tenant_id`);
if (logged.length !== 2) throw new Error('both merchants must have a change in the log');
const changeOf = async (product: string) => {
  const { rows } = await db.installer.query<{ id: string }>(
    `select id from audit.log where record_key = $1 and action = 'update' order by id desc limit 1`,
    [product],
  );
  return rows[0]?.id;
};
for (const rows of [annsRows, bensRows, foreignRows]) rows.change = (await changeOf(rows.product)) ?? '';

const versioned =
  'orders order_returns fulfillment payment conversation_thread complaints address_book team_members channel seller_onboarding storefront'.split(
    ' ',
  );
const versions = new Map<string, number>();
for (const table of versioned) {
  const { rows } = await db.installer.query<{ id: string; version: number }>(
    `select id, version from commerce.${table}`,
  );
  for (const { id, version } of rows) versions.set(id, version);
}
const at = (id: string) => `'${id}', ${versions.get(id)}`;
const then = (id: string) => versions.get(id);

/** That the row is in this state before the call. */
const state = (table: string, id: string, values: string) =>
  `set local session_replication_role = replica; update commerce.${table} set ${values} where id = '${id}';
   set local session_replication_role = origin`;
const returned = (status: string) => (r: Rows) =>
  state(
    'order_returns',
    r.return,
    `status = '${status}', approved_at = now(), approved_by = requested_by,
    return_date = now(), refunded_at = null, closed_at = null`,
  );
/** That the thread's channel is the shop's own chat. */
const inChat = (r: Rows) =>
  `set local session_replication_role = replica;
   update commerce.channel set channel_type = 'web_chat'
    where id = (select channel_id from commerce.conversation_thread where id = '${r.thread}');
   set local session_replication_role = origin`;
const ordered = (status: string) => (r: Rows) => state('orders', r.order, `status = '${status}'`);

const parcel = (status: string, method: string) => (r: Rows) =>
  `${ordered('processing')(r)};
   ${state(
     'fulfillment',
     r.parcel,
     `status = '${status}', method = '${method}', delivered_at = null,
     shipped_at = ${status === 'shipped' ? 'now()' : 'null'}`,
   )}`;

/** The key of a file that the caller is allowed to upload. */
const granted = (purpose: string) =>
  `(select u.storage_key from api.request_upload('${purpose}', 'a file', 'image/png', 10) as u)`;

type Call = { args: (r: Rows) => string; before?: (r: Rows) => string };
const line = (r: Rows) => `'[{"order_item_id": "${r.item}", "quantity": 1, "reason": "damaged"}]'`;

/** How each function is called, on a row that is in the state that it wants. */
const calls: Record<string, Call> = {
  money_to_settle: { args: () => '' },
  adjust_order: { args: (r) => `'${r.order}', -1, 'goods', 'goodwill', 'new adjustment'` },
  allocate_money: { args: (r) => `'${r.payment}', '${r.order}', 1, 'moved', 'new allocation'` },
  assign_inbound_event: { args: (r) => `'${r.inbound}', '${r.order}', 'bank_transfer'` },
  complete_refund: {
    args: (r) => `'${r.refund}'`,
    before: (r) => state('refund', r.refund, `status = 'pending', method = 'manual', completed_at = null`),
  },
  collect_fulfillment: { args: (r) => at(r.parcel), before: parcel('ready_for_pickup', 'pickup') },
  correct_order_address: {
    args: (r) =>
      `'${r.order}', '[{"kind": "billing", "recipient_name": "A", "street_address": "B", "city": "C", "country": "NG"}]', 'a test', ${then(r.order)}`,
    before: ordered('confirmed'),
  },
  correct_order_lines: {
    args: (r) =>
      `'${r.order}', 'a test', ${then(r.order)}, '[{"order_item_id": "${r.item}", "quantity": 1}]'`,
    before: ordered('confirmed'),
  },
  correct_tracking: {
    args: (r) => `'${r.parcel}', 'DHL', 'T-2', ${then(r.parcel)}`,
    before: parcel('shipped', 'shipping'),
  },
  correct_payment: { args: (r) => `'${r.payment}', 1, 'counted again', ${then(r.payment)}` },
  grant_credit: { args: (r) => `'${r.customer}', 1, 'NGN', 'sorry', 'new credit'` },
  leave_payment: {
    args: (r) => at(r.payment),
    before: (r) => state('payment', r.payment, `status = 'pending', succeeded_at = null`),
  },
  pay_orders: { args: (r) => `array['${r.order}']::uuid[], 'card', 'paystack', 'new split'` },
  return_inbound_event: { args: (r) => `'${r.inbound}', 'sent back'` },
  set_payment_reference: { args: (r) => `'${r.payment}', 'new reference'` },
  exchange_return: { args: (r) => `'${r.return}', '${r.order}', ${then(r.return)}` },
  refundable_parts: { args: (r) => `'${r.order}'` },
  report_payment: {
    args: (r) => `'${r.payment}', 'disputed', 1, 'seen at the provider', ${then(r.payment)}`,
  },
  write_off_loss: { args: (r) => `'${r.order}', 1, 'written off', 'new loss'` },
  withdraw_credit: { args: (r) => `'${r.credit}', 'given in error'` },
  spend_credit: { args: (r) => `'${r.order}', 1, 'new spending'` },
  accept_team_invite: { args: () => `'no such token'` },
  add_kyc_document: { args: () => `'passport', ${granted('kyc')}` },
  record_event: { args: (r) => `'${r.thread}', 'consent_changed'` },
  save_onboarding_step: { args: () => `'banking', 1` },
  add_note: { args: (r) => `'${r.thread}', 'A note'` },
  count_inventory: { args: (r) => `'${r.product}', 5, null, 'counted'` },
  refresh_basket: { args: (r) => `'${r.draft}', ${then(r.draft)}` },
  adjust_inventory: { args: (r) => `'${r.product}', 1, 'restock', null, 'new stock'` },
  approve_return: { args: (r) => at(r.return), before: returned('requested') },
  assign_thread: { args: (r) => `${at(r.thread)}, '${r.member}'` },
  attach_payment_proof: {
    args: (r) => `'${r.payment}', 'proof.png', ${granted('payment_proof')}, ${then(r.payment)}`,
    before: (r) => state('payment', r.payment, `status = 'pending', succeeded_at = null`),
  },
  cancel_order: { args: (r) => `'${r.order}', 'a test', ${then(r.order)}`, before: ordered('pending') },
  cancel_refund: {
    args: (r) => `'${r.refund}'`,
    before: (r) => state('refund', r.refund, `status = 'pending', completed_at = null`),
  },
  cancel_return: { args: (r) => at(r.return), before: returned('requested') },
  change_member_role: { args: (r) => `'${r.member}', 'viewer', ${then(r.member)}` },
  check_inventory: { args: () => '' },
  close_return: { args: (r) => at(r.return), before: returned('received') },
  confirm_order: { args: (r) => at(r.order), before: ordered('pending') },
  connect_channel: { args: () => `'telegram', 'New', 'new-account'` },
  create_payment: { args: (r) => `'${r.order}', 'bank_transfer', 'bank', 1, 'new payment'` },
  create_seller: { args: () => `'New', 'new-seller'` },
  create_service: { args: () => `'New', 'new-service'` },
  create_team_invite: { args: () => `'viewer', 'new@rights.example'` },
  deactivate_member: { args: (r) => at(r.member) },
  decline_team_invite: { args: () => `'no such token'` },
  deliver_fulfillment: { args: (r) => at(r.parcel), before: parcel('shipped', 'shipping') },
  deliver_order: { args: (r) => at(r.order), before: ordered('shipped') },
  disconnect_channel: { args: (r) => at(r.channel) },
  escalate_complaint: {
    args: (r) => `'${r.complaint}', 'a test', ${then(r.complaint)}`,
    before: (r) => state('complaints', r.complaint, `status = 'pending', resolved_at = null`),
  },
  fail_fulfillment: {
    args: (r) => `'${r.parcel}', 'refused', ${then(r.parcel)}`,
    before: parcel('shipped', 'shipping'),
  },
  file_complaint: { args: (r) => `'order', 'It is broken', '${r.order}'` },
  has_permission: { args: () => `'orders.read'` },
  import_products: {
    args: (r) => `'[{"sku": "NEW-1", "name": "New", "price": "1", "currency_code": "NGN"}]', '${r.seller}'`,
  },
  issue_violation: { args: (r) => `'${r.user}', 'fraud', 'high', 'warning', 'a test'` },
  customer_by_identity: { args: (r) => `'${r.channel}', '2348030000001'` },
  customer_by_phone: { args: () => `'+2348030000001'` },
  begin_conversation: {
    args: (r) =>
      `'${r.customer}', '${r.channel}', 'new conversation', p_template_name => 'hello', p_metadata => '{"variables": ["Ada"]}'`,
  },
  cancel_fulfillment: { args: (r) => at(r.parcel), before: parcel('packed', 'shipping') },
  cancel_message: {
    args: (r) => `'${r.outbound}'`,
    before: (r) =>
      state(
        'conversation_history',
        r.outbound,
        `direction = 'outbound', sender_type = 'bot', delivery_status = 'queued'`,
      ),
  },
  retry_message: {
    args: (r) => `'${r.outbound}'`,
    before: (r) =>
      state(
        'conversation_history',
        r.outbound,
        `direction = 'outbound', sender_type = 'bot', delivery_status = 'failed', failed_at = now()`,
      ),
  },
  create_visitor_code: { args: () => '' },
  mark_conversation_read: { args: (r) => `'${r.thread}'`, before: inChat },
  redeem_visitor_code: { args: () => `'no such code'` },
  send_message: { args: (r) => `'${r.thread}', 'new message', 'Hello'`, before: inChat },
  start_conversation: {
    args: (r) => `'new conversation', 'Hello', p_order_id => '${r.order}'`,
    before: inChat,
  },
  mark_thread_unread: { args: (r) => `'${r.thread}'` },
  mark_thread_read: { args: (r) => `'${r.thread}'` },
  me: { args: () => '' },
  message_changes: { args: (r) => `'${r.thread}', '00000000-0000-0000-0000-000000000000', 10` },
  my_tenants: { args: () => '' },
  open_kyc_document: { args: (r) => `'${r.document}'` },
  order_timeline: { args: (r) => `'${r.order}'` },
  place_order: { args: (r) => `'new order', '${r.draft}', ${then(r.draft)}` },
  product_is_available: { args: (r) => `'${r.product}'` },
  publish_storefront: { args: (r) => `${then(r.storefront)}` },
  queue_message: {
    args: (r) => `'${r.thread}', 'new message', 'Hello'`,
    before: (r) =>
      state('conversation_thread', r.thread, 'last_inbound_at = now(), reply_window_ends_at = null'),
  },
  receive_return: {
    args: (r) => `'${r.return}', '[]', ${then(r.return)}`,
    before: returned('in_transit'),
  },
  record_as_of: { args: (r) => `'products', '${r.product}', now()` },
  record_history: { args: (r) => `'products', '${r.product}'` },
  redact_record: { args: (r) => `'products', '${r.product}', 'a test'` },
  register_buyer: { args: () => `'Ann'` },
  reject_return: { args: (r) => `'${r.return}', 'a test', ${then(r.return)}`, before: returned('requested') },
  remove_address: { args: (r) => `'${r.address}'` },
  remove_order_line: { args: (r) => `'${r.draft}', '${r.product}', ${then(r.draft)}` },
  remove_payment_method: { args: (r) => `'${r.method}'` },
  request_kyc_reveal: { args: (r) => `'${r.onboarding}', 'a test'` },
  request_upload: { args: () => `'chat', 'a.png', 'image/png', 10` },
  request_refund: { args: (r) => `'${r.payment}', 1, 'new refund'` },
  request_return: {
    args: (r) => `'${r.order}', ${line(r)}, 'damaged', 'new return'`,
    before: ordered('delivered'),
  },
  resend_team_invite: { args: (r) => `'${r.invite}'` },
  resolve_complaint: {
    args: (r) => `'${r.complaint}', 'a test', ${then(r.complaint)}`,
    before: (r) => state('complaints', r.complaint, `status = 'in_review', resolved_at = null`),
  },
  resolve_violation: {
    args: (r) => `'${r.violation}', 'a test'`,
    before: (r) => state('violations', r.violation, `status = 'active', resolved_at = null`),
  },
  restore: {
    args: (r) => `'products', '${r.product}'`,
    before: (r) => state('products', r.product, `is_deleted = true, deleted_at = now()`),
  },
  retry_refund: {
    args: (r) => `'${r.refund}'`,
    before: (r) => state('refund', r.refund, `status = 'failed'`),
  },
  reveal_kyc_info: { args: (r) => `'${r.onboarding}'` },
  review_complaint: {
    args: (r) => at(r.complaint),
    before: (r) => state('complaints', r.complaint, `status = 'pending', resolved_at = null`),
  },
  review_document: {
    args: (r) => `'${r.document}', 'verified'`,
    before: (r) => state('kyc_document', r.document, `verification_status = 'pending'`),
  },
  review_onboarding: {
    args: (r) => `'${r.onboarding}', 'in_review', null, ${then(r.onboarding)}`,
  },
  revoke_team_invite: {
    args: (r) => `'${r.invite}'`,
    before: (r) => state('team_invites', r.invite, `status = 'pending', accepted_by = null`),
  },
  rollback_storefront: { args: (r) => `'${r.snapshot}', ${then(r.storefront)}` },
  count_orders: { args: () => '' },
  list_orders: { args: () => '' },
  count_complaints: { args: () => '' },
  count_payments: { args: () => '' },
  count_products: { args: () => '' },
  count_refunds: { args: () => '' },
  count_returns: { args: () => '' },
  count_team: { args: () => '' },
  count_threads: { args: () => '' },
  list_audit_log: { args: () => '' },
  list_complaints: { args: () => '' },
  list_payments: { args: () => '' },
  list_products: { args: () => '' },
  list_refunds: { args: () => '' },
  list_returns: { args: () => '' },
  list_team: { args: () => '' },
  list_threads: { args: () => '' },
  set_number_prefix: { args: () => `'orders', 'X-'` },
  sales_daily: { args: () => `'2026-01-01', '2026-01-31'` },
  save_address: {
    args: (r) =>
      `'shipping', 'Ann', '1 Road', 'Lagos', 'NG', p_address_id => '${r.address}', p_expected_version => ${then(r.address)}`,
  },
  save_draft: { args: () => `'{}'` },
  save_kyc_info: { args: () => `'NG', 'passport'` },
  save_payment_method: { args: () => `'wallet', 'paystack', decode(repeat('01', 40), 'hex')` },
  search_customers: { args: () => `'Ada'` },
  search_messages: { args: () => `'hello'` },
  search_products: { args: () => `'dress'` },
  set_custom_domain: { args: (r) => `'new.example.org', ${then(r.storefront)}` },
  set_default_address: { args: (r) => `'${r.address}'` },
  set_default_payment_method: { args: (r) => `'${r.method}'` },
  set_member_permissions: { args: (r) => `'${r.member}', '{}', ${then(r.member)}` },
  set_discount_code: { args: (r) => `'${r.draft}', null, ${then(r.draft)}` },
  set_order_fee: { args: (r) => `'${r.draft}', 'service', 1, 0.1, ${then(r.draft)}` },
  set_order_charges: { args: (r) => `'${r.draft}', 1, 0, 'a test', ${then(r.draft)}` },
  set_order_line: { args: (r) => `'${r.draft}', '${r.product}', 1, ${then(r.draft)}` },
  set_thread_status: {
    args: (r) => `'${r.thread}', 'pending', ${then(r.thread)}`,
    before: (r) => state('conversation_thread', r.thread, `status = 'open', assigned_member_id = null`),
  },
  pack_order: { args: (r) => at(r.order), before: ordered('processing') },
  ready_fulfillment: { args: (r) => at(r.parcel), before: parcel('packed', 'pickup') },
  ship_fulfillment: {
    args: (r) => `'${r.parcel}', 'DHL', 'T-1', ${then(r.parcel)}`,
    before: parcel('packed', 'shipping'),
  },
  ship_order: { args: (r) => `'${r.order}', 'DHL', 'T-1', ${then(r.order)}`, before: ordered('processing') },
  ship_return: { args: (r) => `'${r.return}', 'T-1', ${then(r.return)}`, before: returned('approved') },
  snooze_thread: {
    args: (r) => `'${r.thread}', now() + interval '1 day', ${then(r.thread)}`,
    before: (r) => state('conversation_thread', r.thread, `status = 'open', assigned_member_id = null`),
  },
  start_onboarding: { args: () => 'null' },
  start_order: { args: (r) => `'${r.seller}', 'storefront', '${r.customer}'` },
  start_processing: { args: (r) => at(r.order), before: ordered('confirmed') },
  submit_onboarding: { args: () => '1' },
  transfer_ownership: { args: (r) => at(r.member) },
  undo_change: { args: (r) => `'${r.change}', 1` },
  unpublish_storefront: { args: (r) => `${then(r.storefront)}` },
  update_my_profile: { args: () => `'New name', null, 'en', 1, null` },
  values_before: { args: (r) => `'${r.change}'` },
  verify_manual_payment: {
    args: (r) => `'${r.payment}', true, null, ${then(r.payment)}`,
    before: (r) =>
      state(
        'payment',
        r.payment,
        `status = 'pending', payment_type = 'bank_transfer', succeeded_at = null, captured_amount = 0`,
      ),
  },
};

=======
>>>>>>> main
// What hides a seller's numbers is asked for in an earlier transaction.
await asRole(db.api, 'commerce_member', await sessionOf(clerk, ['kyc.review']), (client) =>
  client.query(`select api.request_kyc_reveal($1, 'a test')`, [annsRows.onboarding]),
);

/** What a call ends with: ok, or the SQLSTATE and the permission that is missing. */
async function call(
  person: Person,
  session: string,
  name: string,
  rows: Rows,
  given?: string,
): Promise<{ code: string; permission?: string }> {
  const { args, before } = calls[name] as Call;
  const client: pg.PoolClient = await db.installer.connect();
  try {
    await client.query('begin');
    if (before) await client.query(before(rows));
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${person.role}`,
      session,
    ]);
    await client.query(`select * from api.${name}(${given ?? args(rows)})`);
    return { code: 'ok' };
  } catch (error) {
    const { code = String(error), detail } = error as { code?: string; detail?: string };
    return code === 'SCPRM' && detail ? { code, permission: JSON.parse(detail).permission } : { code };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** NULL for every argument. */
const { rows: signatures } = await db.installer.query<{ name: string; nulls: string }>(`
  select p.proname::text as name,
         coalesce(string_agg('null::' || format_type(a.type, null), ', ' order by a.place), '') as nulls
    from pg_proc as p
    left join lateral unnest(p.proargtypes) with ordinality as a (type, place) on true
   where p.pronamespace = 'api'::regnamespace
   group by p.oid`);
const nothing = new Map(signatures.map(({ name, nulls }) => [name, nulls]));

/** Refused for who it is, and for nothing else. */
const forbidden = ['SCPRM', '42501', 'SCTEN', 'SCCTX'];
/** What has no row to be found: it is about the merchant's one storefront, or a record of which there may be no history. */
const sessionsOwn = ['issue_violation', 'set_custom_domain', 'record_history', 'redact_record'];
/** A call that breaks for how it is written tests nothing. */
const broken = /^(22P02|42|22|23|XX|P0)/;

t.test('the list names every function, and nothing else', async (t) => {
  const { rows } = await db.installer.query<{ name: string; roles: string[] }>(`
    select p.proname::text as name,
           array(select r.role from unnest(array['member', 'buyer', 'anonymous', 'worker', 'platform'])
                   with ordinality as r (role, place)
                  where has_function_privilege('commerce_' || r.role, p.oid, 'execute') order by place) as roles
      from pg_proc p where p.pronamespace = 'api'::regnamespace order by p.proname`);
  t.strictSame(
    rows,
    lines.map(({ name, staff, shopper, visitor: who, machine, admin }) => ({
      name,
      roles: (
        [
          ['member', staff],
          ['buyer', shopper],
          ['anonymous', who],
          ['worker', machine],
          ['platform', admin],
        ] as const
      )
        .filter(([, cell]) => cell !== '-')
        .map(([role]) => role),
    })),
  );
  const names = lines.map(({ name }) => name).filter((name) => name !== 'announce_read');
  t.strictSame(Object.keys(calls).sort(), names.sort(), 'and each has a call');
});

for (const { name, staff, shopper, visitor: who } of lines) {
  if (!(name in calls)) continue;
  t.test(name, async (t) => {
    const needed = staff.includes('.') ? staff.split(' + ') : [];
    const isReadThrough = name === 'order_timeline';
    if (needed.length > 0) {
      for (const code of needed) {
        const others = await sessionOf(
          clerk,
          permissions.filter((other) => other !== code),
        );
        t.strictSame(
          await call(clerk, others, name, annsRows),
          isReadThrough ? { code: 'SCNTF' } : { code: 'SCPRM', permission: code },
          `without ${code}`,
        );
      }
      // A person who may not gets an error that says so, and not whether there is such a row.
      const [first] = needed;
      const without = await sessionOf(
        clerk,
        permissions.filter((other) => other !== first),
      );
      t.match(
        await call(clerk, without, name, foreignRows),
        isReadThrough ? { code: 'SCNTF' } : { code: 'SCPRM', permission: first },
        `nor, without ${first}, of a row that is not there`,
      );
      t.equal(
        (await call(clerk, await sessionOf(clerk, []), name, annsRows, nothing.get(name))).code,
        isReadThrough ? 'SCNTF' : 'SCPRM',
        'nor what is wrong with the input',
      );
      const given = await sessionOf(clerk, needed);
      const { code, permission } = await call(clerk, given, name, annsRows);
      t.notOk(forbidden.includes(code), `with ${staff} alone: ${code} ${permission ?? ''}`);
      t.notMatch(code, broken, `${code} is an answer of ours`);
    }
    if (staff === 'seller') {
      t.equal(
        (await call(clerk, await sessionOf(clerk, permissions), name, annsRows)).code,
        'SCPRM',
        'a clerk',
      );
      const { code } = await call(vendor, await sessionOf(vendor), name, annsRows);
      t.notOk(forbidden.includes(code), `a seller: ${code}`);
    }
    if (staff === 'owner') {
      t.strictSame(await call(clerk, await sessionOf(clerk, permissions), name, annsRows), {
        code: 'SCPRM',
        permission: 'owner',
      });
    }
    if (staff === 'invited') {
      // Which token is for whom is tried in test/functions/team.test.ts; nobody here is invited.
      for (const person of [clerk, ann]) {
        t.equal((await call(person, await sessionOf(person), name, annsRows)).code, 'SCPRM', person.name);
      }
    }
    const all = await sessionOf(clerk, permissions);
    const { args } = calls[name] as Call;
    const namesRow = args(annsRows) !== args(foreignRows) && !args(annsRows).match(/^\d+$/);
    if (needed.length > 0 && namesRow && !sessionsOwn.includes(name)) {
      t.match((await call(clerk, all, name, foreignRows)).code, 'SCNTF', "another merchant's is not found");
    }
    if (staff === 'anyone') {
      const { code } = await call(clerk, await sessionOf(clerk), name, annsRows);
      t.notOk(forbidden.includes(code), `a clerk without permissions: ${code}`);
    }

    if (shopper === 'own' || shopper === 'anyone') {
      const session = await sessionOf(ann);
      const { code } = await call(ann, session, name, annsRows);
      t.notOk([...forbidden, ...(shopper === 'own' ? ['SCNTF'] : [])].includes(code), `a shopper: ${code}`);
      t.notMatch(code, broken, `${code} is an answer of ours`);
      if (shopper === 'own') {
        t.equal((await call(ann, session, name, bensRows)).code, 'SCNTF', "another shopper's is not found");
        t.equal((await call(ann, session, name, foreignRows)).code, 'SCNTF', "nor another merchant's");
      }
    }
    if (who !== '-') {
      const { code } = await call(visitor, await sessionOf(visitor), name, annsRows);
      t.notOk(forbidden.includes(code), `a visitor: ${code}`);
    }
  });
}

t.test('what a function shows is what the policies give', async (t) => {
  const shows = async (person: Person, held: string[], sql: string) => {
    const session = await sessionOf(person, held);
    const client = await db.installer.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
        `commerce_${person.role}`,
        session,
      ]);
      const { rows } = await client.query(sql);
      return rows;
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const timeline = `select record_id from api.order_timeline('${sale.order}')`;
  const others = `select record_id from api.order_timeline('${otherSale.order}')`;
  t.ok((await shows(vendor, [], timeline)).length > 0, 'a seller sees what happened to an own sale');
  t.equal(await shows(vendor, [], others), 'SCNTF', "and not to another's");
  const found = (rows: unknown) => (rows as { product_id: string }[]).map(({ product_id: id }) => id);
  const search = `select product_id from api.search_products(p_first => 100)`;
  const inactive = await idIn(
    tenantId,
    'products',
    `seller_id = '${sellers.vendor.sellerId}' and not is_active`,
  );
  for (const person of [ann, visitor]) {
    t.notOk(
      found(await shows(person, [], search)).includes(inactive),
      `${person.name} finds nothing that is off sale`,
    );
  }
  const messages = await shows(
    clerk,
    ['conversations.read'],
    `select customer_id from api.search_messages(p_query => 'a')`,
  );
  t.type(messages, Array);
});

/** A call of a person, and what the installer sees after it; nothing of it stays. */
async function after<Row>(
  person: Person,
  sql: string,
  before: string,
  look: string,
): Promise<{ code: string; rows: Row[] }> {
  const session = await sessionOf(person);
  const client = await db.installer.connect();
  try {
    await client.query('begin');
    await client.query(before);
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${person.role}`,
      session,
    ]);
    await client.query('savepoint try');
    const code = await client.query(sql).then(
      () => 'ok',
      (error: { code: string }) => error.code,
    );
    if (code !== 'ok') await client.query('rollback to try');
    await client.query('reset role');
    return { code, rows: (await client.query(look)).rows as Row[] };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

t.test("a shopper's defaults are one's own: another shopper's stay what they are", async (t) => {
  for (const [table, mine, others, calls] of [
    ['address_book', annsRows.address, bensRows.address, ['set_default_address', 'remove_address']],
    [
      'saved_payment_method',
      annsRows.method,
      bensRows.method,
      ['set_default_payment_method', 'remove_payment_method'],
    ],
  ] as const) {
    for (const name of calls) {
      // Another's is the default where one's own is made it, and is none where one's own goes.
      const isRemoval = name.startsWith('remove');
      const before =
        state(table, mine, `is_default = ${isRemoval}, is_deleted = false`) +
        ';' +
        state(table, others, `is_default = ${!isRemoval}, is_deleted = false`);
      const { code, rows } = await after<{ is_default: boolean }>(
        ann,
        `select api.${name}('${mine}')`,
        `${before}; set local session_replication_role = replica;
         delete from commerce.${table} where tenant_id = '${tenantId}' and id not in ('${mine}', '${others}');
         set local session_replication_role = origin`,
        `select is_default from commerce.${table} where id = '${others}'`,
      );
      t.equal(code, 'ok', name);
      t.strictSame(rows, [{ is_default: !isRemoval }], `${name} leaves another shopper's alone`);
    }
  }
});

t.test("another shopper's conversation is not found", async (t) => {
  for (const [what, thread, expected] of [
    ['their own', annsRows.thread, 'ok'],
    ["another shopper's", bensRows.thread, 'SCNTF'],
    ["another merchant's", foreignRows.thread, 'SCNTF'],
  ] as const) {
    for (const sql of [
      `select api.file_complaint('order', 'It is broken', '${annsRows.order}', null, '${thread}')`,
      `select api.start_order('${annsRows.seller}', null, null, '${thread}')`,
    ]) {
      const { code } = await after(ann, sql, 'select', 'select');
      t.equal(code, expected, `${sql.slice(11, 25)} about ${what}`);
    }
  }
});

t.test('a caller without the right learns that before what is wrong with the call', async (t) => {
  const { rows: counted } = await db.installer.query<{ name: string; given: string }>(`
    select proname as name, concat_ws(', ', variadic array_fill('null'::text, array[pronargs - pronargdefaults])) as given
      from pg_proc where pronamespace = 'api'::regnamespace`);
  for (const { name, staff } of lines) {
    const needed = staff.includes('.') ? staff.split(' + ') : [];
    if (needed.length === 0 || name === 'order_timeline') continue;
    const others = permissions.filter((code) => !needed.includes(code));
    const given = counted.find((each) => each.name === name)?.given;
    const client = await db.installer.connect();
    try {
      await client.query('begin');
      await client.query(
        `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
        [await sessionOf(clerk, others)],
      );
      await t.rejects(
        client.query(`select * from api.${name}(${given})`),
        { code: 'SCPRM', detail: new RegExp(`"(${needed.join('|')})"`) },
        name,
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

t.test("another shopper's rows are not found, and are not compared with one's own either", async (t) => {
  const foreign = [
    [`select api.start_order('${annsRows.seller}', 'phone', null, '${bensRows.thread}')`, 'thread_id'],
    [
      `select api.pay_orders('{${annsRows.order}, ${bensRows.order}}', 'card', 'paystack', 'new split')`,
      'order_id',
    ],
  ] as const;
  for (const [sql, field] of foreign) {
    const client = await db.installer.connect();
    const other = await db.installer.connect();
    try {
      // Whoever has to wait for another's row knows that there is one.
      await other.query(`begin; select from commerce.orders where id = '${bensRows.order}' for update`);
      await client.query(`begin; set local lock_timeout = '1s'`);
      await client.query(
        `select set_config('role', 'commerce_buyer', true), set_config('commerce.session', $1, true)`,
        [await sessionOf(ann)],
      );
      await t.rejects(client.query(sql), { code: 'SCNTF', detail: new RegExp(`"${field}"`) }, sql);
    } finally {
      for (const each of [client, other]) {
        await each.query('rollback');
        each.release();
      }
    }
  }
});

t.test('an import that sets stock needs the permission to do so', async (t) => {
  const sql = `select outcome, code from api.import_products(
    '[{"sku": "NEW-2", "name": "New", "price": "1", "currency_code": "NGN", "inventory_count": 5}]',
    '${annsRows.seller}')`;
  for (const [held, outcome] of [
    [['products.manage'], false],
    [['products.manage', 'reports.read'], false],
    [['products.manage', 'inventory.manage'], true],
  ] as const) {
    const session = await sessionOf(clerk, held);
    const client = await db.installer.connect();
    try {
      await client.query('begin');
      await client.query(
        `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
        [session],
      );
      const { rows } = await client
        .query(sql)
        .catch(({ code }) => ({ rows: [{ outcome: 'refused', code }] }));
      t.equal(
        rows[0].outcome === 'created',
        outcome,
        `${held.join(' and ')}: ${rows[0].outcome} ${rows[0].code}`,
      );
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

/** What an argument that the calls leave out refers to. */
const meant: Record<string, keyof Rows> = {
  p_actor_user_id: 'user',
  p_assigned_member_id: 'member',
  p_channel_id: 'channel',
  p_complaint_id: 'complaint',
  p_customer_id: 'customer',
  p_draft_id: 'sketch',
  p_from_order_id: 'order',
  p_member_id: 'member',
  p_message_id: 'outbound',
  p_order_id: 'order',
  p_order_return_id: 'return',
  p_payment_id: 'payment',
  p_product_id: 'product',
  p_reply_to_id: 'outbound',
  p_saved_payment_method_id: 'method',
  p_seller_id: 'seller',
  p_theme_id: 'theme',
  p_thread_id: 'thread',
  p_user_id: 'user',
};
/** Arguments whose own value changes nothing here either, each with the reason. */
const ineffective: Record<string, string> = {
  'begin_conversation p_order_id': 'the customer cannot be reached there; queue_message looks at it',
  'count_complaints p_assigned_member_id': "the scene's complaint is of somebody else, and about an order",
  'count_complaints p_product_id': "the scene's complaint is of somebody else, and about an order",
  'count_complaints p_thread_id': "the scene's complaint is of somebody else, and about an order",
  'count_complaints p_user_id': "the scene's complaint is of somebody else, and about an order",
  'count_orders p_customer_id of shopper': 'a shopper counts the own orders',
  'count_threads p_assigned_member_id': 'nobody in the scene answers a thread',
  'count_threads p_customer_id of shopper': 'a shopper sees the own threads',
  'exchange_return p_order_id of staff': 'whatever order it may not be is refused in the same words',
  'list_audit_log p_actor_user_id of staff': 'the person has changed nothing',
  'list_complaints p_assigned_member_id': "the scene's complaint is of somebody else, and about an order",
  'list_complaints p_product_id': "the scene's complaint is of somebody else, and about an order",
  'list_complaints p_thread_id': "the scene's complaint is of somebody else, and about an order",
  'list_complaints p_user_id': "the scene's complaint is of somebody else, and about an order",
  'list_orders p_customer_id of shopper': 'a shopper lists the own orders',
  'list_threads p_assigned_member_id': 'nobody in the scene answers a thread',
  'list_threads p_customer_id of shopper': 'a shopper sees the own threads',
  'place_order p_customer_id': 'the basket has its buyer',
  'record_as_of p_id of staff': "the scene's rows are older than their log",
  'record_event p_product_id': 'only a look at a product names one',
  'search_messages p_customer_id': "nobody's message has the word",
  'search_products p_seller_id of shopper': 'the seller sells nothing of that name',
  'send_message p_order_id of visitor': 'a visitor has no order',
  'start_conversation p_order_id of visitor': 'a visitor has no order',
  'start_order p_customer_id of shopper': 'a shopper orders for oneself',
};
/** What belongs to no person, but to the merchant. */
const common: readonly (keyof Rows)[] = ['product', 'seller', 'channel'];

t.test('an id of another person or merchant is answered like one that does not exist', async (t) => {
  const { rows: functions } = await db.installer.query<{ name: string; names: string[]; types: string[] }>(`
    select proname as name, coalesce(proargnames[1:pronargs], '{}') as names,
           array(select format_type(type, null) from unnest(proargtypes::oid[]) with ordinality as a (type, n) order by n) as types
      from pg_proc where pronamespace = 'api'::regnamespace order by proname`);
  const { rows: machines } = await db.installer.query<{ id: string }>(
    `insert into internal.session (tenant_id, role, permissions, expires_at)
     select $1, 'commerce_worker', array_agg(code), now() + interval '1 hour' from commerce.permission returning id`,
    [tenantId],
  );
  const machine = { ...clerk, name: 'machine', role: 'worker' as 'member' };
  const threadOf = (customer: string) => idIn(tenantId, 'conversation_thread', `customer_id = '${customer}'`);
  const visitorsThread = await threadOf(visitor.customerId);
  const visitorsRows = {
    ...annsRows,
    thread: visitorsThread,
    outbound: await idIn(tenantId, 'conversation_history', `thread_id = '${visitorsThread}'`),
  };
  const everything = await sessionOf(clerk, permissions);
  const persons = [
    { cell: 'staff', person: clerk, session: everything, own: annsRows, others: [foreignRows] },
    {
      cell: 'shopper',
      person: ann,
      session: await sessionOf(ann),
      own: { ...annsRows, seller: sellers.vendor.sellerId },
      others: [bensRows, foreignRows],
    },
    {
      cell: 'visitor',
      person: visitor,
      session: await sessionOf(visitor),
      own: visitorsRows,
      others: [annsRows, foreignRows],
    },
    {
      cell: 'machine',
      person: machine,
      session: machines[0]?.id ?? '',
      own: annsRows,
      others: [foreignRows],
    },
  ] as const;
  const nobodys = '0191b0d6-0000-7000-8000-000000000000';
  let tried = 0;

  for (const { name, names, types } of functions) {
    const line = lines.find((each) => each.name === name);
    const { args, before } = calls[name] ?? { args: undefined };
    if (line === undefined || args === undefined) continue;
    for (const { cell, person, session, own, others } of persons) {
      if (line[cell] === '-' || line[cell] === 'invited') continue;
      const given = byName(args(own), names);
      const ids: [argument: string, key: keyof Rows][] = [];
      for (const [i, argument] of names.entries()) {
        const text = given.get(argument) ?? '';
        const keys = (Object.keys(own) as (keyof Rows)[]).filter(
          (key) => own[key] !== '' && text.includes(own[key]),
        );
        if (keys.length > 0)
          ids.push(...keys.slice(0, 1).map((key) => [argument, key] as [string, keyof Rows]));
        else if (types[i]?.startsWith('uuid') && !argument.startsWith('p_after')) {
          const key = meant[argument];
          t.ok(key, `${name} ${argument}: it is known what it refers to`);
          if (key !== undefined) ids.push([argument, key]);
        }
      }
      for (const [argument, key] of ids) {
        const end = async (id: string, scenes: readonly Rows[]) => {
          const type = types[names.indexOf(argument)];
          const text =
            given.get(argument)?.replaceAll(own[key], id) ?? (type === 'uuid[]' ? `'{${id}}'` : `'${id}'`);
          const values = new Map([...given, [argument, text]]);
          const list = [...values].map(([each, value]) => `${each} => ${value}`).join(', ');
          const sql = `select * from api.${name}(${list})`;
          return answered(
            person,
            session,
            scenes.map((rows) => before?.(rows) ?? 'select').join(';'),
            sql,
            id,
          );
        };
        const none = await end(nobodys, [own]);
        const label = `${name} ${argument} of ${cell}`;
        const isEffective = !(label in ineffective || `${name} ${argument}` in ineffective);
        t.equal(
          JSON.stringify(await end(own[key], [own])) !== JSON.stringify(none),
          isEffective,
          `${label}: it is looked at`,
        );
        for (const rows of others) {
          if (rows[key] === '' || rows[key] === own[key]) continue;
          if (rows !== foreignRows && common.includes(key)) continue;
          tried += 1;
          t.strictSame(await end(rows[key], [own, rows]), none, label);
        }
      }
    }
  }
  t.ok(tried > 200, `${tried} ids were tried`);
});

/** All that a caller learns of a call, but for ids and times, which are new each time. */
async function answered(
  person: Person,
  session: string,
  before: string,
  sql: string,
  id: string,
): Promise<unknown> {
  const client = await db.installer.connect();
  const blank = (value: unknown) =>
    JSON.stringify(value)
      ?.replaceAll(id, 'the id')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an id')
      .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+(Z|\+00:00)/g, 'a time');
  try {
    await client.query('begin');
    await client.query(before);
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${person.role}`,
      session,
    ]);
    return { rows: blank((await client.query(sql)).rows) };
  } catch (error) {
    const { code, message, detail, hint } = error as {
      code: string;
      message: string;
      detail?: string;
      hint?: string;
    };
    return { code, said: blank([message, detail, hint]) };
  } finally {
    await client.query('rollback');
    client.release();
  }
}
<<<<<<< HEAD

/** How many characters a text of a function may have. */
const longest: Record<string, Record<string, number>> = {
  add_note: { note: 10_000 },
  adjust_inventory: { note: 65_536 },
  adjust_order: { reason: 65_536 },
  allocate_money: { reason: 65_536 },
  attach_payment_proof: { file_name: 255, url: 2048 },
  cancel_order: { reason: 65_536 },
  connect_channel: { name: 200, external_account_id: 255, provider: 255 },
  correct_payment: { reason: 65_536 },
  create_payment: { provider: 255, provider_reference: 255 },
  create_seller: { business_name: 200, slug: 200, display_name: 200, bio: 65_536 },
  create_service: { name: 200, subject: 255 },
  create_team_invite: { message: 65_536 },
  escalate_complaint: { reason: 65_536 },
  file_complaint: { description: 65_536 },
  grant_credit: { reason: 65_536 },
  issue_violation: { reason: 65_536 },
  pay_orders: { idempotency_key: 200 },
  place_order: { buyer_note: 65_536 },
  queue_message: { message: 65_536, template_name: 255, language: 255 },
  redact_record: { reason: 2000 },
  register_buyer: { full_name: 200 },
  reject_return: { reason: 65_536 },
  report_payment: { reason: 65_536 },
  request_kyc_reveal: { reason: 2000 },
  request_refund: { reason: 65_536 },
  request_return: { description: 65_536 },
  request_upload: { file_name: 255 },
  resolve_complaint: { resolution: 65_536 },
  resolve_violation: { reason: 2000 },
  return_inbound_event: { note: 65_536 },
  review_document: { reason: 65_536 },
  review_onboarding: { reason: 65_536 },
  save_draft: { name: 200 },
  save_payment_method: { provider: 255, display_name: 200, card_brand: 200 },
  search_customers: { term: 100 },
  search_products: { query: 200 },
  send_message: { message: 65_536 },
  set_order_charges: { reason: 2000 },
  set_payment_reference: { provider_reference: 255 },
  ship_order: { carrier: 200, tracking_number: 255 },
  start_conversation: { message: 65_536 },
  update_my_profile: { display_name: 200 },
  verify_manual_payment: { reason: 65_536 },
  withdraw_credit: { reason: 65_536 },
  write_off_loss: { reason: 65_536 },
};

/** What a machine says or asks for, in the place of the question mark: a text of so many characters, or a number. */
const machinesLimits: [call: string, field: string, most: number][] = [
  ...(
    [
      [`claim_media('${tenantId}', ?)`, 1000],
      [`expire_kyc_documents('${tenantId}', ?)`, 10_000],
      [`expire_payments('${tenantId}', ?)`, 10_000],
      [`expire_store_credit('${tenantId}', ?)`, 10_000],
      [`expire_team_invites('${tenantId}', ?)`, 10_000],
      [`expire_unpaid_orders('${tenantId}', '24 hours', ?)`, 10_000],
      [`expire_violations('${tenantId}', ?)`, 10_000],
      [`purge_deleted('${tenantId}', '90 days', ?)`, 10_000],
      [`purge_idempotency_keys(?)`, 100_000],
      [`purge_pending_receipts(?)`, 100_000],
      [`purge_sessions(?)`, 100_000],
      [`tenants_with_work('expire_payments', null, ?)`, 10_000],
      [`wake_snoozed_threads('${tenantId}', ?)`, 10_000],
      [`claim_messages('${tenantId}', 'sender', ?, '1 minute')`, 1000],
    ] as const
  ).map(([call, most]): [string, string, number] => [call, 'batch', most]),
  [`ensure_partitions(?)`, 'months', 120],
  [`record_template('whatsapp', 'none', 'hello', 'en', p_variable_count => ?)`, 'variable_count', 100],
  [`claim_messages('${tenantId}', '?', 1, '1 minute')`, 'worker', 255],
  [`mark_failed('${tenantId}', '${tenantId}', '?')`, 'error_code', 255],
  [`mark_failed('${tenantId}', '${tenantId}', 'failed', '?')`, 'error_message', 65_536],
  [`record_media('${tenantId}', '${tenantId}', '?')`, 'storage_key', 1024],
  [`record_job_run('?')`, 'job', 63],
  [`record_job_run('purge_sessions', '?')`, 'error', 255],
  [`record_message_change('whatsapp', 'none', '?', 'edit', 'Hello')`, 'external_message_id', 255],
  [`record_message_change('whatsapp', 'none', 'one', 'edit', '?')`, 'content', 65_536],
  [`record_message_change('whatsapp', 'none', 'one', 'reaction', '?', now(), 'one')`, 'content', 64],
  [`record_message_change('whatsapp', 'none', 'one', 'reaction', '', now(), '?')`, 'author_external_id', 255],
  [`record_payment_result('?', 'one', 'succeeded')`, 'provider', 255],
  [`record_payment_result('none', '?', 'succeeded')`, 'provider_reference', 255],
  [`record_payment_result('none', 'one', 'failed', '?')`, 'failure_code', 255],
  [`record_payment_result('none', 'one', 'failed', null, '?')`, 'failure_message', 65_536],
  [`record_payment_result('none', 'one', 'failed', p_provider_event_id => '?')`, 'provider_event_id', 255],
  [`record_receipt('whatsapp', 'none', '?', 'sent')`, 'external_message_id', 255],
  [`record_receipt('whatsapp', 'none', 'one', 'failed', now(), '?')`, 'error_code', 255],
  [`record_receipt('whatsapp', 'none', 'one', 'failed', now(), null, '?')`, 'error_message', 65_536],
  [`record_template('whatsapp', 'none', '?', 'en')`, 'name', 255],
  [
    `record_template('whatsapp', 'none', 'hello', 'en', p_rejection_reason => '?')`,
    'rejection_reason',
    65_536,
  ],
  [`record_template('whatsapp', 'none', 'hello', 'en', p_body => '?')`, 'body', 65_536],
  [
    `record_template('whatsapp', 'none', 'hello', 'en', p_external_template_id => '?')`,
    'external_template_id',
    255,
  ],
  [`receive_message('whatsapp', 'none', '?', 'one', 'Hello')`, 'external_user_id', 255],
  [`receive_message('whatsapp', 'none', 'one', '?', 'Hello')`, 'external_message_id', 255],
  [`receive_message('whatsapp', 'none', 'one', 'one', '?')`, 'message', 65_536],
  [
    `receive_message('whatsapp', 'none', 'one', 'one', 'Hello', p_reply_to_external_id => '?')`,
    'reply_to_external_id',
    255,
  ],
  [
    `receive_message('whatsapp', 'none', 'one', 'one', 'Hello', p_author_external_id => '?')`,
    'author_external_id',
    255,
  ],
  [`redact_audit_log('${tenantId}', '?', 'one', 'a test')`, 'table', 63],
  [`redact_audit_log('${tenantId}', 'products', '?', 'a test')`, 'key', 255],
  [`redact_audit_log('${tenantId}', 'products', 'one', '?')`, 'reason', 2000],
];

t.test('the longest text and the largest number that a function takes, and one more', async (t) => {
  const refuses = async (person: Person, session: string, before: string, sql: string, field: string) => {
    const { code, said = '' } = (await answered(person, session, before, sql, '-')) as {
      code?: string;
      said?: string;
    };
    return code === 'SCVAL' && said.includes(field);
  };
  const { rows: functions } = await db.installer.query<{ name: string; names: string[] }>(`
    select proname as name, coalesce(proargnames[1:pronargs], '{}') as names
      from pg_proc where pronamespace = 'api'::regnamespace`);
  const sessions = new Map<Person, string>([
    [clerk, await sessionOf(clerk, permissions)],
    [vendor, await sessionOf(vendor)],
    [ann, await sessionOf(ann)],
  ]);
  for (const [name, fields] of Object.entries(longest)) {
    const staff = lines.find((line) => line.name === name)?.staff;
    const person = staff === 'seller' ? vendor : staff === '-' ? ann : clerk;
    const { args, before } = calls[name] as Call;
    const given = byName(args(annsRows), functions.find((each) => each.name === name)?.names ?? []);
    for (const [field, most] of Object.entries(fields)) {
      for (const size of [most, most + 1]) {
        const values = new Map([...given, [`p_${field}`, `repeat('x', ${size})`]]);
        const list = [...values].map(([each, value]) => `${each} => ${value}`).join(', ');
        const sql = `select * from api.${name}(${list})`;
        t.equal(
          await refuses(person, sessions.get(person) ?? '', before?.(annsRows) ?? 'select', sql, field),
          size > most,
          `${name}: ${field} of ${size}`,
        );
      }
    }
  }
  const machine = { ...clerk, name: 'machine', role: 'worker' as 'member' };
  for (const [call, field, most] of machinesLimits) {
    for (const size of [most, most + 1]) {
      const sql = `select * from internal.${call.replace("'?'", `repeat('x', ${size})`).replace('?', String(size))}`;
      t.equal(await refuses(machine, '', 'select', sql, field), size > most, `${call}: ${field} of ${size}`);
    }
  }
});
=======
>>>>>>> main
