import t, { type Test } from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { byName, calls, lines, setCalls } from './calls.ts';
import { setScene } from './scene.ts';

/**
 * The longest text, the largest number and the longest list that each function takes, and one more. Written by hand:
 * names have at most 200 characters, keys 255, URLs 2,048, texts and documents 64 KiB.
 */
const db = await createTestDatabase(t);
const scene = await setScene(db);
const { people, sessionOf, tenantId, sale } = scene;
const { clerk, vendor, ann, visitor } = people;
const { annsRows } = await setCalls(db, scene);

/** Values of an argument, as SQL: those that the function takes, and those that it refuses with these words. */
type Limit = { inside: string[]; outside: string[]; says?: RegExp };

/** From the least to the most; without a least, only the most is a limit. */
const sized =
  (make: (size: number) => string) =>
  (most: number, least?: number): Limit => ({
    inside: [make(most), ...(least === undefined ? [] : [make(least)])],
    outside: [make(most + 1), ...(least === undefined ? [] : [make(least - 1)])],
  });
const text = sized((size) => `repeat('x', ${size})`);
/** 64 KiB, whatever the letters take. */
const prose = {
  inside: [`repeat('x', 65536)`, `repeat('é', 32768)`],
  outside: [`repeat('x', 65537)`, `repeat('é', 32768) || 'x'`],
};
/** A text that shows nothing is none. */
const shown = (most: number): Limit => {
  const { inside, outside } = text(most);
  return { inside, outside: [...outside, `''`, `' '`, 'chr(8203)'] };
};
const number = sized(String);
const smallNumber = sized((size) => `${size}::smallint`);
const email = sized((size) => `repeat('x', ${size} - 10) || '@x.example'`);
const bytes = sized((size) => `decode(repeat('01', ${size}), 'hex')`);
const ids = sized((size) => `array(select gen_random_uuid() from generate_series(1, ${size}))`);
const repeated = (word: string) => sized((size) => `array_fill('${word}'::text, array[${size}])`);
/** A list of one text. */
const listed = ({ inside, outside }: Limit): Limit => ({
  inside: inside.map((value) => `array[${value}]`),
  outside: outside.map((value) => `array[${value}]`),
});
const object = sized((size) => `jsonb_build_object('x', repeat('x', ${size - 9}))`);
const list = (item: string) =>
  sized((size) => `(select coalesce(jsonb_agg(jsonb '${item}'), '[]') from generate_series(1, ${size}))`);
const days = (first: string) => sized((size) => `date '${first}' + ${size}`);
const span = (least: string, most: string): Limit => ({
  inside: [`interval '${least}'`, `interval '${most}'`],
  outside: [
    `interval '${least}' - interval '1 microsecond'`,
    `interval '${most}' + interval '1 microsecond'`,
  ],
});

/** The encrypted envelope of a text under a key whose name has so many letters. */
const envelope = (name: number, size: number) =>
  `decode('01' || lpad(to_hex(${name}), 2, '0') || repeat('6b', ${name}) || repeat('00', ${size - 2 - name}), 'hex')`;

/** The same for one field of the objects of a list, each of which has these other fields. */
function within(others: Record<string, unknown>, field: string, limit: Limit): Limit {
  const put = (value: string) =>
    `jsonb_build_array(jsonb '${JSON.stringify(others)}' || jsonb_build_object('${field}', ${value}))`;
  return { ...limit, inside: limit.inside.map(put), outside: limit.outside.map(put) };
}
const inside = (others: Record<string, unknown>, prefix: string, fields: Record<string, Limit>) =>
  Object.fromEntries(
    Object.entries(fields).map(([field, limit]) => [`${prefix}${field}`, within(others, field, limit)]),
  );

const both = (one: Limit, other: Limit): Limit => ({
  inside: [...one.inside, ...other.inside],
  outside: [...one.outside, ...other.outside],
});

const place = {
  recipient_name: shown(200),
  street_address: shown(500),
  city: shown(200),
  apartment: text(200),
  landmark: text(500),
  state: text(200),
  postal_code: text(32),
  delivery_note: text(2000),
};
const delivery = { carrier: text(200), tracking_number: text(255) };
const address = { kind: 'billing', recipient_name: 'A', street_address: 'B', city: 'C', country: 'NG' };
const coordinates = { latitude: number(90, -90), longitude: number(180, -180) };
const location = { file_type: 'location', latitude: 1, longitude: 1 };
const picture = { file_type: 'image', external_media_id: 'one' };
/** Attachments of so many bytes, as PostgreSQL writes them out. */
const attachmentsOf = (size: number) => {
  const padded = (length: string) =>
    `jsonb_build_array(jsonb '${JSON.stringify(location)}' || jsonb_build_object('x', repeat('x', ${length})))`;
  return padded(`${size} - octet_length(${padded('0')}::text)`);
};
/** Two captions that are so long together, a line each. */
const captionsOf = (size: number) => `jsonb_build_array(
  jsonb '${JSON.stringify(picture)}' || jsonb_build_object('caption', repeat('x', ${size - 32_769})),
  jsonb '${JSON.stringify(picture)}' || jsonb_build_object('caption', repeat('x', 32768)))`;
const line = { order_item_id: annsRows.item, quantity: 1, reason: 'damaged' };
const newLine = { product_id: annsRows.product, quantity: 1 };
const product = { sku: 'NEW-1', name: 'New', price: '1', currency_code: 'NGN' };
const statuses = (status: string) => ({
  statuses: { ...repeated(status)(100), says: /at most 100/ },
});
const quantity = (least: number) => ({ ...number(1_000_000, least), says: /whole number/ });
const cursor = { ...text(1000), says: /at most 1000/ };
const language = {
  inside: [`'abc-aaaaaaaa-bbbbbbbb-cccccccc-dddd'`],
  outside: [`'abc-aaaaaaaa-bbbbbbbb-cccccccc-ddddd'`],
};
const term = text(100, 3);
/** Below 1, with four decimals. */
const share = { inside: ['0', '0.9999'], outside: ['0.00001', '-0.0001', '1'] };
const page = number(100, 1);
const key = text(255, 1);

/** By function and field; the argument is the first part of the field's name. */
const limits: Record<string, Record<string, Limit>> = {
  add_kyc_document: { document_url: text(2048), sha256: bytes(32, 32) },
  add_note: { note: text(10_000) },
  adjust_inventory: {
    note: prose,
    delta: { inside: ['1000000', '-1000000'], outside: ['1000001', '-1000001', '0'] },
  },
  adjust_order: { reason: prose },
  allocate_money: { reason: prose },
  announce_read: { subject: text(255, 1) },
  attach_payment_proof: { file_name: shown(255), url: text(2048) },
  begin_conversation: { template_name: text(255), language: text(255) },
  cancel_order: { reason: prose },
  complete_refund: { note: prose },
  connect_channel: { name: shown(200), external_account_id: shown(255), provider: shown(255) },
  correct_order_address: {
    reason: text(2000),
    addresses: {
      inside: [within(address, 'kind', { inside: ["'billing'"], outside: [] }).inside[0] ?? ''],
      outside: list(JSON.stringify(address))(2).outside,
    },
  },
  correct_order_lines: {
    reason: text(2000),
    lines: list(JSON.stringify({ ...line, order_item_id: tenantId }))(100),
    ...inside(line, 'lines[0].', { quantity: quantity(0) }),
    new_lines: list(JSON.stringify(newLine))(100),
  },
  correct_payment: { reason: prose },
  correct_tracking: { ...delivery, tracking_url: text(2048) },
  count_complaints: statuses('pending'),
  count_inventory: { on_hand: number(1_000_000, 0), note: prose },
  count_orders: { ...statuses('pending'), term },
  create_payment: { provider: text(255), provider_reference: text(255) },
  create_seller: {
    business_name: shown(200),
    slug: text(200),
    display_name: shown(200),
    bio: prose,
    email: email(255),
  },
  create_service: { name: shown(200), subject: shown(255) },
  create_team_invite: { message: prose, email: email(255), valid_for: span('1 hour', '30 days') },
  create_visitor_code: { valid_for: span('1 minute', '1 hour') },
  customer_by_identity: { external_user_id: text(255) },
  escalate_complaint: { reason: prose },
  fail_fulfillment: { lines: list(JSON.stringify(line))(100) },
  file_complaint: { description: prose },
  grant_credit: { reason: prose },
  import_products: {
    products: list('{}')(1000, 1),
    ...inside(product, 'products.', {
      sku: text(255),
      name: text(200),
      description: prose,
      short_description: prose,
      inventory_count: number(1_000_000, 0),
      low_stock_threshold: number(999_999_999, 0),
      visible_channels: list('"whatsapp"')(100),
      metadata: object(65_536),
      tax_rate: share,
    }),
  },
  issue_violation: { reason: prose },
  list_audit_log: { tables: repeated('orders')(100) },
  list_complaints: statuses('pending'),
  list_orders: { ...statuses('pending'), term },
  message_changes: { first: number(1000, 1) },
  pack_order: {
    lines: list(JSON.stringify(line))(100),
    ...inside(line, 'lines[0].', { quantity: quantity(1) }),
  },
  pay_orders: { idempotency_key: text(200, 1), order_ids: ids(100, 1) },
  place_order: {
    idempotency_key: key,
    buyer_note: prose,
    expected_totals: list('{"currency_code": "NGN", "total_amount": "1"}')(100, 1),
    ...inside({ total_amount: '1' }, 'expected_totals[0].', { currency_code: text(3) }),
    ...inside(address, 'addresses[0].', { ...place, ...coordinates }),
  },
  publish_storefront: { change_summary: prose },
  queue_message: {
    message: prose,
    template_name: text(255),
    language: text(255),
    metadata: object(65_536),
    // As many as the channel carries, which is one here; what comes in has up to thirty.
    attachments: sized(attachmentsOf)(262_144),
    ...inside(picture, 'attachments.', {
      url: text(2048),
      storage_key: text(1024),
      external_media_id: text(255),
      mime_type: text(255),
      file_name: text(255),
    }),
    ...inside(location, 'attachments.', coordinates),
    'attachments.caption': both(within(picture, 'caption', prose), sized(captionsOf)(65_536)),
  },
  receive_return: {
    lines: list(JSON.stringify(line))(100),
    ...inside({ ...line, accepted_quantity: 1 }, 'lines[0].', {
      accepted_quantity: quantity(0),
      restocked_quantity: quantity(0),
    }),
  },
  redact_record: { reason: text(2000) },
  register_buyer: { full_name: shown(200), preferred_language: language },
  reject_return: { reason: prose },
  report_payment: { reason: prose, provider_event_id: text(255) },
  request_kyc_reveal: { reason: text(2000) },
  request_refund: { reason: prose },
  request_return: {
    description: prose,
    lines: { ...list(JSON.stringify(line))(100, 1), says: /1 to 100/ },
    ...inside(line, 'lines[0].', { quantity: quantity(1) }),
  },
  request_upload: { file_name: shown(255), size_bytes: number(104_857_600, 1) },
  resolve_complaint: { resolution: prose },
  resolve_violation: { reason: text(2000) },
  return_inbound_event: { note: prose },
  review_document: { reason: prose },
  review_onboarding: { reason: prose },
  sales_daily: { to: days('2026-01-01')(366, 0) },
  save_address: place,
  save_draft: { name: shown(200) },
  save_kyc_info: {
    tax_id: {
      inside: [envelope(1, 32), envelope(32, 63), envelope(1, 8192)],
      outside: [envelope(1, 31), envelope(0, 63), envelope(32, 62), envelope(33, 64), envelope(1, 8193)],
    },
  },
  save_payment_method: {
    provider: shown(255),
    display_name: shown(200),
    card_brand: text(200),
    provider_token: bytes(8192, 32),
    expiry_month: smallNumber(12, 1),
    expiry_year: smallNumber(2100, 2000),
  },
  search_customers: { term },
  search_messages: { query: text(200), first: page, after: cursor },
  search_products: { query: text(200), first: page, after: cursor },
  send_message: { message: prose, attachments: list('{"latitude": 1, "longitude": 1}')(10) },
  set_custom_domain: {
    custom_domain: { inside: [`repeat('x.', 126) || 'x'`], outside: [`'x' || repeat('x.', 126) || 'x'`] },
  },
  set_discount_code: { code: text(40) },
  set_order_charges: { reason: text(2000) },
  set_order_fee: { tax_rate: share },
  set_order_line: { quantity: number(1_000_000, 1), metadata: object(65_536) },
  set_payment_reference: { provider_reference: text(255) },
  ship_fulfillment: { ...delivery, tracking_url: text(2048) },
  ship_order: delivery,
  ship_return: { tracking_number: text(255) },
  snooze_thread: {
    until: {
      inside: [`now() + interval '1 year'`, `now() + interval '1 second'`],
      outside: [`now() + interval '1 year' + interval '1 microsecond'`, 'now()'],
    },
  },
  start_conversation: { message: prose },
  update_my_profile: { display_name: text(200), preferred_language: language },
  verify_manual_payment: { reason: prose },
  withdraw_credit: { reason: prose },
  write_off_loss: { reason: prose },
};

const { rows: merchant } = await db.installer.query<{ version: number }>(
  'select version from commerce.tenant where id = $1',
  [tenantId],
);

/** What has to be so before the call, where the list of calls does not say it. */
const set = (table: string, values: string) => `set local session_replication_role = replica;
  update commerce.${table} set ${values} where ${table === 'tenant' ? 'id' : 'tenant_id'} = '${tenantId}';
  set local session_replication_role = origin`;
const befores: Record<string, string> = {
  add_kyc_document: set('seller_onboarding', `onboarding_status = 'in_progress'`),
  save_kyc_info: set('seller_onboarding', `onboarding_status = 'in_progress'`),
  close_tenant: set('tenant', `status = 'closing'`),
  reactivate_tenant: set('tenant', `status = 'suspended'`),
};

/** The same of what machines call, with the value in the place of the question mark. */
const machinesLimits: [call: string, field: string, limit: Limit][] = [
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
      [`claim_unused_files('${tenantId}', ?)`, 1000],
      [`seal_audit_log(?)`, 1_000_000],
    ] as const
  ).map(([call, most]): [string, string, Limit] => [call, 'batch', number(most, 1)]),
  ...['begin_closing', 'close_tenant', 'reactivate_tenant', 'suspend_tenant'].map(
    (name): [string, string, Limit] => [
      `${name}('${tenantId}', ?, ${merchant[0]?.version})`,
      'reason',
      text(2000),
    ],
  ),
  [`expire_unpaid_orders('${tenantId}', ?)`, 'older_than', span('0', '100 years')],
  [`purge_deleted('${tenantId}', ?)`, 'older_than', span('0', '100 years')],
  [`claim_messages('${tenantId}', 'sender', 1, ?)`, 'claim_for', span('1 second', '1 day')],
  [`claim_unused_files('${tenantId}', 1, ?)`, 'claim_for', span('1 second', '1 day')],
  [`confirm_deleted_files('${tenantId}', ?)`, 'storage_keys', repeated('x')(1000, 1)],
  [`ensure_partitions(?)`, 'months', number(120, 0)],
  [`seed_demo(?)`, 'tenant_number', number(9999, 1)],
  [`seed_demo(1, ?)`, 'seed', number(9999, 1)],
  [`seed_demo_batch(1, ?)`, 'step', number(10_000, 2)],
  [`open_platform_session('${tenantId}', '${tenantId}', 'a test looks', ?)`, 'minutes', number(240, 1)],
  [`open_platform_session('${tenantId}', '${tenantId}', ?, 30)`, 'reason', text(1000, 10)],
  [`hold_worker_lease(?)`, 'worker', text(255)],
  [`claim_messages('${tenantId}', ?, 1, '1 minute')`, 'worker', text(255)],
  [`mark_failed('${tenantId}', '${tenantId}', ?)`, 'error_code', text(255)],
  [`mark_failed('${tenantId}', '${tenantId}', 'failed', ?)`, 'error_message', prose],
  [`mark_sent('${tenantId}', '${tenantId}', ?)`, 'external_message_id', text(255)],
  ...Object.entries({ name: 200, auth_subject: 255 }).map(([field, most]): [string, string, Limit] => {
    const given = { name: `'New'`, auth_subject: `'new'`, [field]: '?' };
    return [
      `provision_tenant(${given.name}, 'new.example', 'owner@new.example', ${given.auth_subject}, 'NG', 'NGN', 'en', 'free', 'new tenant')`,
      field,
      text(most, 1),
    ];
  }),
  [
    `provision_tenant('New', ?, 'owner@new.example', 'new', 'NG', 'NGN', 'en', 'free', 'new tenant')`,
    'domain',
    { inside: [`repeat('x.', 126) || 'x'`], outside: [`'x' || repeat('x.', 126) || 'x'`] },
  ],
  [`record_job_run(?)`, 'job', text(63)],
  [`record_job_run('purge_sessions', ?)`, 'error', text(255)],
  [`record_message_change('whatsapp', 'none', ?, 'edit', 'Hello')`, 'external_message_id', text(255)],
  [`record_message_change('whatsapp', 'none', 'one', 'edit', ?)`, 'content', prose],
  [`record_message_change('whatsapp', 'none', 'one', 'reaction', ?, now(), 'one')`, 'content', text(64)],
  [
    `record_message_change('whatsapp', 'none', 'one', 'reaction', '', now(), ?)`,
    'author_external_id',
    text(255),
  ],
  [`record_payment_result(?, 'one', 'succeeded')`, 'provider', text(255)],
  [`record_payment_result('none', ?, 'succeeded')`, 'provider_reference', text(255)],
  [`record_payment_result('none', 'one', 'failed', ?)`, 'failure_code', text(255)],
  [`record_payment_result('none', 'one', 'failed', null, ?)`, 'failure_message', prose],
  [
    `record_payment_result('none', 'one', 'failed', p_provider_event_id => ?)`,
    'provider_event_id',
    text(255),
  ],
  [`record_receipt('whatsapp', 'none', ?, 'sent')`, 'external_message_id', text(255)],
  [`record_receipt('whatsapp', 'none', 'one', 'failed', now(), ?)`, 'error_code', text(255)],
  [`record_receipt('whatsapp', 'none', 'one', 'failed', now(), null, ?)`, 'error_message', prose],
  [`record_receipts('whatsapp', 'none', ?, 'read', now())`, 'external_user_id', text(255)],
  [`record_refund_result('${tenantId}', '${sale.refund}', 'succeeded', ?)`, 'provider_reference', text(255)],
  [`record_template('whatsapp', 'none', ?, 'en')`, 'name', text(255)],
  [`record_template('whatsapp', 'none', 'hello', 'en', p_body => ?)`, 'body', prose],
  [`record_template('whatsapp', 'none', 'hello', 'en', p_rejection_reason => ?)`, 'rejection_reason', prose],
  [
    `record_template('whatsapp', 'none', 'hello', 'en', p_external_template_id => ?)`,
    'external_template_id',
    text(255),
  ],
  [
    `record_template('whatsapp', 'none', 'hello', 'en', p_variable_count => ?)`,
    'variable_count',
    number(100, 0),
  ],
  [`receive_message('whatsapp', 'none', ?, 'one', 'Hello')`, 'external_user_id', text(255)],
  [`receive_message('whatsapp', 'none', 'one', ?, 'Hello')`, 'external_message_id', text(255)],
  [`receive_message('whatsapp', 'none', 'one', 'one', ?)`, 'message', prose],
  [
    `receive_message('whatsapp', 'none', 'one', 'one', 'Hello', p_attachments => ?)`,
    'attachments',
    list(JSON.stringify(location))(30),
  ],
  ...['reply_to_external_id', 'author_external_id'].map((field): [string, string, Limit] => [
    `receive_message('whatsapp', 'none', 'one', 'one', 'Hello', p_${field} => ?)`,
    field,
    text(255),
  ]),
  ...[repeated('x')(10), listed(text(255))].map((limit): [string, string, Limit] => [
    `receive_message('whatsapp', 'none', 'one', 'one', 'Hello', p_other_user_ids => ?)`,
    'other_user_ids',
    limit,
  ]),
  [`record_media('${tenantId}', '${tenantId}', ?)`, 'storage_key', text(1024)],
  [`redact_audit_log('${tenantId}', ?, 'one', 'a test')`, 'table', text(63)],
  [`redact_audit_log('${tenantId}', 'products', ?, 'a test')`, 'key', text(255)],
  [`redact_audit_log('${tenantId}', 'products', 'one', ?)`, 'reason', text(2000)],
];

const { rows: signatures } = await db.installer.query<{ name: string; names: string[] }>(`
  select proname as name, coalesce(proargnames[1:pronargs], '{}') as names
    from pg_proc where pronamespace = 'api'::regnamespace`);
const { rows: codes } = await db.installer.query<{ code: string }>('select code from commerce.permission');
const { rows: admins } = await db.installer.query<{ id: string }>(
  `insert into commerce.users (tenant_id, is_system_admin, email) values (null, true, 'admin@limits.example') returning id`,
);
const { rows: opened } = await db.auth.query<{ id: string }>(
  `select session_id as id from internal.open_platform_session($1, $2, 'a test looks', 30)`,
  [admins[0]?.id, tenantId],
);
const sessions: Record<string, [role: string, session: string]> = {
  staff: [
    'member',
    await sessionOf(
      clerk,
      codes.map(({ code }) => code),
    ),
  ],
  seller: ['member', await sessionOf(vendor)],
  shopper: ['buyer', await sessionOf(ann)],
  visitor: ['anonymous', await sessionOf(visitor)],
  admin: ['platform', opened[0]?.id ?? ''],
};

/** Who calls the function, by the list. */
function callerOf(name: string): [role: string, session: string] {
  const line = lines.find((each) => each.name === name);
  const who = (['staff', 'shopper', 'visitor', 'admin'] as const).find((cell) => line?.[cell] !== '-');
  const session = sessions[line?.staff === 'seller' ? 'seller' : (who ?? '')];
  if (session === undefined) throw new Error(`nobody calls ${name}`);
  return session;
}

/** What a call ends with, and of which fields it says that they are wrong; nothing of it stays. */
async function end(
  [role, session]: [role: string, session: string],
  sql: string,
  before = 'select',
): Promise<{ code: string; message: string; fields: string[] }> {
  const client = await db.installer.connect();
  try {
    await client.query('begin');
    await client.query(before);
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${role}`,
      session,
    ]);
    const { rows } = await client.query(`select * from ${sql}`);
    // An import says it of each row.
    const [{ code = 'ok', field = '', message = '' } = {}] = rows;
    return { code: code ?? 'ok', message: message ?? '', fields: [field] };
  } catch (error) {
    const {
      code = '',
      message = String(error),
      detail = '{}',
    } = error as Partial<Record<'code' | 'message' | 'detail', string>>;
    const told = code === 'SCVAL' ? JSON.parse(detail) : {};
    const faults: { field: string }[] = told.faults ?? [told];
    return { code, message, fields: faults.map(({ field }) => field) };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** A call that breaks for how it is written tests nothing. */
const broken = /^(22|23|42|XX|P0)/;

async function holds(
  t: Test,
  what: string,
  field: string,
  limit: Limit,
  ending: (value: string) => ReturnType<typeof end>,
): Promise<void> {
  for (const [values, isRefused] of [
    [limit.inside, false],
    [limit.outside, true],
  ] as const) {
    for (const value of values) {
      const { code, message, fields } = await ending(value);
      const isOfLimit = fields.includes(field) && (limit.says ?? /./).test(message);
      t.equal(code === 'SCVAL' && isOfLimit, isRefused, `${what}: ${value} ends with ${code} ${message}`);
      t.notMatch(code, broken, `${what}: ${code} is an answer of ours`);
    }
  }
}

/** The argument that a field is, or is in. */
const argumentOf = (field: string) => /^\w+/.exec(field)?.[0] ?? '';
const namesOf = (name: string) => signatures.find((each) => each.name === name)?.names ?? [];

/** How the call of the list ends with these arguments instead. */
function endOf(name: string, given: Record<string, string>): ReturnType<typeof end> {
  const { args, before } = calls[name] ?? { args: () => `'limits'` };
  const all = new Map(byName(args(annsRows), namesOf(name)));
  for (const [argument, value] of Object.entries(given)) all.set(`p_${argument}`, value);
  const sql = [...all].map(([argument, value]) => `${argument} => ${value}`).join(', ');
  return end(callerOf(name), `api.${name}(${sql})`, befores[name] ?? before?.(annsRows));
}

for (const [name, fields] of Object.entries(limits)) {
  t.test(name, async (t) => {
    for (const [field, limit] of Object.entries(fields)) {
      const argument = argumentOf(field);
      t.ok(namesOf(name).includes(`p_${argument}`), `${name} has the argument ${argument}`);
      await holds(t, `${name} ${field}`, field.replace(/^products\./, ''), limit, (value) =>
        endOf(name, { [argument]: value }),
      );
    }
  });
}

/** What a function takes with other arguments than those of the list of calls. */
const basket = { order_id: 'null', expected_version: 'null' };
const otherwise: [name: string, given: Record<string, string>, field: string, limit: Limit][] = [
  [
    'place_order',
    { ...basket, lines: `'${JSON.stringify([newLine])}'`, channel: `'whatsapp'` },
    'discount_code',
    { ...text(40), says: /40/ },
  ],
  ['place_order', basket, 'lines', list(JSON.stringify(newLine))(100, 1)],
  ...Object.entries(inside(newLine, 'lines[0].', { quantity: quantity(1) })).map(
    ([field, limit]): [string, Record<string, string>, string, Limit] => [
      'place_order',
      basket,
      field,
      limit,
    ],
  ),
  ['review_document', { decision: `'rejected'` }, 'reason', prose],
  ['review_onboarding', { decision: `'rejected'` }, 'reason', prose],
  [
    'set_order_charges',
    { discount_amount: 'null' },
    'discount_rate',
    { inside: ['0', '0.9999', '1'], outside: ['0.00001', '-0.0001', '1.0001'] },
  ],
];

for (const [name, given, field, limit] of otherwise) {
  t.test(`${name} otherwise: ${field}`, (t) =>
    holds(t, `${name} ${field}`, field, limit, (value) =>
      endOf(name, { ...given, [argumentOf(field)]: value }),
    ),
  );
}

t.test('writing_customer: the name by which a token knows a visitor', async (t) => {
  await holds(t, 'start_conversation', 'subject', text(255), async (subject) => {
    const { rows } = await db.auth.query<{ id: string }>(
      `select session_id as id from internal.open_session($1, 'anonymous', p_subject => ${subject})`,
      [tenantId],
    );
    return end(['anonymous', rows[0]?.id ?? ''], `api.start_conversation('new conversation', 'Hello')`);
  });
});

for (const name of new Set(machinesLimits.map(([call]) => call.replace(/\(.*/s, '')))) {
  t.test(name, async (t) => {
    const role = name === 'open_platform_session' ? 'auth' : 'worker';
    for (const [call, field, limit] of machinesLimits.filter(([each]) => each.startsWith(`${name}(`))) {
      await holds(t, call, field, limit, (value) =>
        end([role, ''], `internal.${call.replace('?', value)}`, befores[name]),
      );
    }
  });
}
