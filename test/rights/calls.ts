import { readFileSync } from 'node:fs';
import type { TestDatabase } from '../support/database.ts';
import type { Person, Sale, Scene } from './scene.ts';

/** How each function of api is called, by whom the list of functions.md says. */

export type Line = {
  name: string;
  staff: string;
  shopper: string;
  visitor: string;
  machine: string;
  admin: string;
};
export const lines: Line[] = readFileSync(new URL('functions.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => {
    const [, name = '', staff = '', shopper = '', who = '', machine = '', admin = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    return { name, staff, shopper, visitor: who, machine, admin };
  });

/** The id of the first row of a merchant that fits. */
export async function idIn(
  { installer }: TestDatabase,
  tenant: string,
  table: string,
  condition = 'true',
): Promise<string> {
  const { rows } = await installer.query<{ id: string }>(
    `select id from commerce.${table} where tenant_id = $1 and ${condition} order by id limit 1`,
    [tenant],
  );
  return rows[0]?.id ?? '';
}

/** The rows that the calls name, all of one person or merchant. */
async function rowsOf(
  db: TestDatabase,
  { clerkMember }: Scene,
  tenant: string,
  owner: Person | null,
  of: Partial<Sale>,
) {
  const find = (table: string, condition?: string) => idIn(db, tenant, table, condition);
  const own = owner === null ? 'true' : `user_id = '${owner.userId}'`;
  return {
    order: of.order ?? (await find('orders', `status not in ('draft', 'cancelled')`)),
    draft: of.draft ?? (await find('orders', `status = 'draft'`)),
    item: of.item ?? (await find('order_items')),
    parcel: of.parcel ?? (await find('fulfillment')),
    return: of.return ?? (await find('order_returns')),
    payment: of.payment ?? (await find('payment')),
    refund: of.refund ?? (await find('refund')),
    thread: of.thread ?? (await find('conversation_thread', `status <> 'closed'`)),
    outbound: of.message ?? (await find('conversation_history')),
    complaint: of.complaint ?? (await find('complaints')),
    address: await find('address_book', own),
    method: await find('saved_payment_method', own),
    product: of.product ?? (await find('products', 'is_active')),
    seller: await find('seller_profile'),
    member: await find('team_members', `role = 'viewer' and id <> '${clerkMember}'`),
    invite: await find('team_invites', `role = 'viewer'`),
    channel: await find('channel'),
    customer: await find('buyer_profile'),
    contact: await find('customer', 'not is_deleted and id not in (select id from commerce.buyer_profile)'),
    inbound: await find('inbound_event'),
    credit: await find('customer_credit', `kind = 'granted'`),
    user: await find('users', `email like '%demo%'`),
    document: await find('kyc_document'),
    onboarding: await find('seller_onboarding'),
    violation: await find('violations'),
    snapshot: await find('storefront_versions'),
    storefront: await find('storefront'),
    theme: await find('storefront_theme'),
    sketch: await find('storefront_drafts'),
    change: '',
  };
}
export type Rows = Awaited<ReturnType<typeof rowsOf>>;

/** The versions of the rows that calls name. */
export const versions = new Map<string, number>();
const at = (id: string) => `'${id}', ${versions.get(id)}`;
const then = (id: string) => versions.get(id);

/** That the row is in this state before the call. */
export const state = (table: string, id: string, values: string) =>
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

export type Call = { args: (r: Rows) => string; before?: (r: Rows) => string };
const line = (r: Rows) => `'[{"order_item_id": "${r.item}", "quantity": 1, "reason": "damaged"}]'`;

/** How each function is called, on a row that is in the state that it wants. */
export const calls: Record<string, Call> = {
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
  merge_customers: {
    args: (r) => `'${r.customer}', '${r.contact}', ${then(r.customer)}, ${then(r.contact)}`,
  },
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
  erase_message: { args: (r) => `'${r.outbound}'` },
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

const versioned =
  'orders order_returns fulfillment payment conversation_thread complaints address_book team_members channel customer seller_onboarding storefront'.split(
    ' ',
  );

/** The rows of the first shopper, of the second and of the other merchant, each of which has a change that may be undone. */
export async function setCalls(db: TestDatabase, scene: Scene) {
  const { people, tenantId, otherTenantId, sale, otherSale } = scene;
  const { ann } = people;
  const ben = { ...ann, userId: await idIn(db, tenantId, 'users', `auth_subject = 'ben'`) };
  const annsRows = await rowsOf(db, scene, tenantId, ann, sale);
  const bensRows = await rowsOf(db, scene, tenantId, ben, otherSale);
  const foreignRows = await rowsOf(db, scene, otherTenantId, null, {});

  const { rowCount: changed } = await db.installer.query(
    `update commerce.products set name = name || '!', version = version where id = any ($1)`,
    [[annsRows.product, foreignRows.product]],
  );
  if (changed !== 2) throw new Error('both merchants must have a change in the log');
  for (const rows of [annsRows, bensRows, foreignRows]) {
    const { rows: changes } = await db.installer.query<{ id: string }>(
      `select id from audit.log where record_key = $1 and action = 'update' order by id desc limit 1`,
      [rows.product],
    );
    rows.change = changes[0]?.id ?? '';
  }
  for (const table of versioned) {
    const { rows } = await db.installer.query<{ id: string; version: number }>(
      `select id, version from commerce.${table}`,
    );
    for (const { id, version } of rows) versions.set(id, version);
  }
  return { annsRows, bensRows, foreignRows };
}

/** The arguments of a call by their names. */
export function byName(text: string, names: readonly string[]): Map<string, string> {
  const parts: string[] = [''];
  let [depth, isQuoted] = [0, false];
  for (const char of text) {
    if (char === "'") isQuoted = !isQuoted;
    if (!isQuoted && '([{'.includes(char)) depth += 1;
    if (!isQuoted && ')]}'.includes(char)) depth -= 1;
    if (char === ',' && depth === 0 && !isQuoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return new Map(
    text.trim() === ''
      ? []
      : parts.map((part, i) => {
          const [, name, value] = /^\s*(p_\w+) => (.*)$/s.exec(part) ?? [];
          return name === undefined ? [String(names[i]), part.trim()] : [name, String(value)];
        }),
  );
}
