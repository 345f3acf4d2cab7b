import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker, openSession } from '../support/session.ts';
import { addChatCustomer, addProduct, addShopper, one, openShop, type Row } from './shop.ts';

/**
 * Walks every pair of states of every machine, by the written list of transitions.md: against the trigger,
 * and through each function that leads to a state, as each actor. Every walk is taken back.
 */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const { tenantId } = shop;

type Rule = { from: string; to: string; permission: string | null; buyer: boolean; worker: boolean };
const rules = new Map<string, Rule[]>();
for (const line of readFileSync(new URL('transitions.md', import.meta.url), 'utf8').split('\n')) {
  const cells = line.split('|').map((cell) => cell.trim());
  const [, machine = '', from = '', to = '', staff = '', buyer, worker] = cells;
  if (!machine.includes('.')) continue;
  const rule = { from, to, permission: staff || null, buyer: buyer === 'yes', worker: worker === 'yes' };
  rules.set(machine, [...(rules.get(machine) ?? []), rule]);
}

/** The closed set of a machine's column, out of its CHECK. */
async function statesOf(machine: string): Promise<string[]> {
  const { definition } = await one<{ definition: string }>(
    db.installer,
    `select pg_get_constraintdef(oid) as definition from pg_constraint
      where contype = 'c' and conname = replace($1, '.', '_') || '_set'`,
    [machine],
  );
  const states = [...definition.matchAll(/'([a-z_]+)'/g)].map(([, state]) => state as string);
  // Inbound messages are received and nothing else, outbound ones never: a CHECK of its own.
  return machine === 'conversation_history.delivery_status'
    ? states.filter((state) => state !== 'received')
    : states;
}

// The scene: one row a machine, and the people who might move it.

async function addMember(role: string): Promise<{ userId: string; memberId: string }> {
  const { user_id: userId, id: memberId } = await one<{ user_id: string; id: string }>(
    db.installer,
    `with person as (
       insert into commerce.users (tenant_id, email) values ($1, $2 || '@state.example') returning id
     )
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, $2 from person
     returning user_id, id`,
    [tenantId, role],
  );
  return { userId, memberId };
}

const admin = await addMember('admin');
const viewer = await addMember('viewer');
const buyer = await addShopper(db, shop, 'buyer');
const stranger = await addShopper(db, shop, 'stranger');
const { id: workerSession } = await one(
  db.installer,
  `insert into internal.session (tenant_id, role, permissions, expires_at)
   select $1, 'commerce_worker', array_agg(code), now() + interval '1 hour' from commerce.permission returning id`,
  [tenantId],
);

async function openInvited(): Promise<string> {
  const { session_id } = await one<{ session_id: string }>(
    db.auth,
    `select session_id from internal.open_session(null, 'buyer', null, 'invited', 'invited@state.example')`,
  );
  return session_id;
}

const actors = {
  staff: ['commerce_member', await openSession(db, 'member', { tenantId, userId: admin.userId })],
  viewer: ['commerce_member', await openSession(db, 'member', { tenantId, userId: viewer.userId })],
  /** Whose row it is: the seller of an onboarding. */
  self: ['commerce_member', await openSession(db, 'member', shop.owner)],
  buyer: ['commerce_buyer', await openSession(db, 'buyer', buyer)],
  stranger: ['commerce_buyer', await openSession(db, 'buyer', stranger)],
  /** To the team, by e-mail; in a session of no tenant. */
  invited: ['commerce_buyer', await openInvited()],
  visitor: ['commerce_anonymous', await openSession(db, 'anonymous', { tenantId })],
  worker: ['commerce_worker', workerSession],
} as const;
type Actor = keyof typeof actors;

const product = await addProduct(db, shop, { stock: 1000 });
const ebook = await addProduct(db, shop, { stock: 1000, product_type: 'digital' });
const line = { product_id: product, quantity: 2 };

/** A draft with a line, never placed, so that placing it can be walked as well. */
const basket = await asBuyer(db, buyer, async (client) => {
  const { id, version } = await one(client, `select * from api.start_order($1, 'storefront')`, [
    shop.sellerId,
  ]);
  return one(client, 'select * from api.set_order_line($1, $2, 2, $3)', [id, product, version]);
});
/** Delivered and paid, with a payment, a refund and a return of it. */
const sold = await asMember(db, shop.owner, async (client) => {
  const order = await one(
    client,
    `select * from api.place_order('sold', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
    [JSON.stringify([line]), buyer.customerId],
  );
  await client.query(
    `select api.create_payment($1, 'bank_transfer', 'bank', $2, 'sold', null, 'reference')`,
    [order.id, order.total_amount],
  );
  return order;
});
await asWorker(db, (client) =>
  client.query(`select from internal.record_payment_result('bank', 'reference', 'succeeded')`),
);
for (const call of [
  'confirm_order($1, $2)',
  'start_processing($1, $2)',
  `ship_order($1, 'DHL', 'T', $2)`,
  'deliver_order($1, $2)',
]) {
  await asMember(db, shop.owner, async (client) => {
    const { id, version } = await one(client, 'select id, version from api.orders where id = $1', [sold.id]);
    await client.query(`select api.${call}`, [id, version]);
  });
}
const { id: item } = await one(db.installer, 'select id from commerce.order_items where order_id = $1', [
  sold.id,
]);
const returned = await asBuyer(db, buyer, (client) =>
  one(client, `select * from api.request_return($1, $2, 'damaged', 'back')`, [
    sold.id,
    JSON.stringify([{ order_item_id: item, quantity: 1, reason: 'damaged' }]),
  ]),
);
/** Of an order that the shop works on, packed. */
const parcel = await asMember(db, shop.owner, async (client) => {
  let order = await one(
    client,
    `select * from api.place_order('packed', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
    [JSON.stringify([line, { ...line, product_id: ebook }]), buyer.customerId],
  );
  for (const call of ['confirm_order', 'start_processing']) {
    order = await one(client, `select * from api.${call}($1, $2)`, [order.id, order.version]);
  }
  const { rows } = await client.query(
    'select id from api.order_items where order_id = $1 order by line_number',
    [order.id],
  );
  return one(client, 'select * from api.pack_order($1, $2, $3)', [
    order.id,
    order.version,
    JSON.stringify([{ order_item_id: rows[1].id, quantity: 2 }]),
  ]);
});
const payment = await one(db.installer, 'select * from commerce.payment where order_id = $1', [sold.id]);
const refund = await asMember(db, shop.owner, (client) =>
  one(client, `select * from api.request_refund($1, 1, 'refund', $2)`, [payment.id, returned.id]),
);
const onboarding = await one(db.installer, 'select * from commerce.seller_onboarding where tenant_id = $1', [
  tenantId,
]);
await asMember(db, shop.owner, (client) =>
  client.query('select api.start_onboarding($1)', [onboarding.version]),
);
const document = await asMember(db, shop.owner, (client) =>
  one(
    client,
    `select * from api.add_kyc_document('passport', (select storage_key from api.request_upload('kyc', 'a file', 'image/png', 10)))`,
  ),
);
const complaint = await asBuyer(db, buyer, (client) =>
  one(client, `select * from api.file_complaint('order', 'It is broken', $1)`, [sold.id]),
);
const violation = await asMember(db, { tenantId, userId: admin.userId }, (client) =>
  one(
    client,
    `select * from api.issue_violation($1, 'fraud', 'high', 'temp_ban', 'Fake', now() + interval '1 day')`,
    [viewer.userId],
  ),
);
const invite = await asMember(db, shop.owner, (client) =>
  one<{ id: string; token: string }>(
    client,
    `select invite_id as id, token from api.create_team_invite('viewer', 'invited@state.example')`,
  ),
);
const { threadId, messageId } = await addChatCustomer(db, shop, '2348030000009');
const { id: outbound } = await one(
  db.installer,
  `insert into commerce.conversation_history
     (tenant_id, thread_id, channel_id, customer_id, identity_id, message, direction, sender_type, delivery_status, external_message_id)
   select tenant_id, thread_id, channel_id, customer_id, identity_id, 'Welcome', 'outbound', 'merchant', 'queued', 'wamid.out'
     from commerce.conversation_history where id = $1
   returning id`,
  [messageId],
);

/** A way to a state: a function, and who is to try it. */
type Door = {
  sql: string;
  values: (row: Row) => unknown[];
  by: Actor[];
  /** A machine's function: nobody else's, and it lets what does not fit pass without a word. */
  isMachines?: true;
  /** The state follows from something else that is done, and stays if it does not. */
  follows?: true;
  /** Other rows that have to be as they were, for this door. */
  scene?: string | undefined;
};
type Machine = {
  table: string;
  id: string;
  /** Other columns of the row that its CHECKs want with the state $2. */
  columns?: string;
  /** Other rows that have to be as they were. */
  scene?: string;
  /** Whom a transition without a permission is for. */
  self?: Actor;
  /** What a wrong state is called, where SCTRN is not enough. */
  refusals?: string[];
  /** States whose doors are tried in a test of their own. */
  elsewhere?: string[];
  doors: Record<string, Door[]>;
};

const byId = (row: Row) => [row.id];
const withVersion = (row: Row) => [row.id, row.version];
const everybody = Object.keys(actors) as Actor[];
const people = everybody.filter((actor) => actor !== 'worker');
const door = (sql: string, values: Door['values'] = withVersion, by: Actor[] = everybody): Door => ({
  sql,
  values,
  by,
});
const machineDoor = (sql: string, values: Door['values'] = byId): Door => ({
  sql,
  values,
  by: everybody,
  isMachines: true,
});
const acceptedLines = JSON.stringify([{ order_item_id: item, accepted_quantity: 1, restocked_quantity: 1 }]);
const refundResult = (state: string) =>
  machineDoor(`select internal.record_refund_result('${shop.tenantId}', $1, '${state}')`);
const receipt = (state: string) =>
  machineDoor(
    `select from internal.record_receipt('whatsapp', '${shop.account}', 'wamid.out', '${state}') where $1::uuid is not null`,
  );
const review = (decision: string) => door(`select api.review_onboarding($1, '${decision}', 'because', $2)`);
/** A parcel that reaches its buyer in this way. */
const sentBy = (method: string, call: string): Door => ({
  ...door(`select api.${call}`),
  scene: `update commerce.fulfillment set method = '${method}' where id = '${parcel.id}'`,
});
const threadStatus = (state: string) => door(`select api.set_thread_status($1, '${state}', $2)`);

const machines: Record<string, Machine> = {
  'orders.status': {
    table: 'orders',
    id: basket.id,
    columns: `order_number = case when $2 <> 'draft' then 'ORD-W' end, placed_at = case when $2 <> 'draft' then now() end,
      cancelled_at = case when $2 = 'cancelled' then now() end,
      fulfillment_status = case when $2 in ('delivered', 'returned') then 'delivered' when $2 = 'shipped' then 'fulfilled' else 'unfulfilled' end`,
    doors: {
      pending: [door(`select api.place_order('walk', $1, $2)`)],
      confirmed: [door('select api.confirm_order($1, $2)')],
      processing: [door('select api.start_processing($1, $2)')],
      shipped: [door(`select api.ship_order($1, 'DHL', 'T', $2)`)],
      delivered: [door('select api.deliver_order($1, $2)')],
      cancelled: [door(`select api.cancel_order($1, 'changed', $2)`)],
    },
  },
  'fulfillment.status': {
    table: 'fulfillment',
    id: parcel.id,
    columns: `delivered_at = case when $2 in ('delivered', 'collected') then now() end`,
    doors: {
      ready_for_pickup: [sentBy('pickup', 'ready_fulfillment($1, $2)')],
      shipped: [sentBy('shipping', `ship_fulfillment($1, 'DHL', 'T', $2)`)],
      delivered: [sentBy('digital', 'deliver_fulfillment($1, $2)')],
      collected: [sentBy('pickup', 'collect_fulfillment($1, $2)')],
      refused: [sentBy('shipping', `fail_fulfillment($1, 'refused', $2)`)],
      returned: [sentBy('shipping', `fail_fulfillment($1, 'returned', $2)`)],
      lost: [sentBy('shipping', `fail_fulfillment($1, 'lost', $2)`)],
      cancelled: [sentBy('shipping', 'cancel_fulfillment($1, $2)')],
    },
  },
  'refund.status': {
    table: 'refund',
    id: refund.id,
    // The money of a refund that has succeeded did go back.
    scene: `insert into commerce.money_allocation
              (tenant_id, order_id, customer_id, seller_id, payment_id, refund_id, currency_code, amount, account, cause)
            select tenant_id, order_id, customer_id, seller_id, payment_id, id, currency_code, -amount, 'order', 'refunded'
              from commerce.refund where id = '${refund.id}';
            insert into commerce.payment_event
              (tenant_id, order_id, customer_id, seller_id, payment_id, refund_id, currency_code, amount, kind, source)
            select tenant_id, order_id, customer_id, seller_id, payment_id, id, currency_code, amount, 'refunded', 'webhook'
              from commerce.refund where id = '${refund.id}'`,
    doors: {
      succeeded: [refundResult('succeeded')],
      failed: [refundResult('failed')],
      pending: [refundResult('pending'), door('select api.retry_refund($1)', byId)],
      cancelled: [refundResult('cancelled'), door('select api.cancel_refund($1)', byId)],
    },
  },
  'order_returns.status': {
    table: 'order_returns',
    id: returned.id,
    columns: `approved_by = '${admin.userId}', approved_at = now(), rejection_reason = 'worn', return_date = now(), refund_amount = 1`,
    scene: `update commerce.refund set status = 'pending' where id = '${refund.id}'`,
    doors: {
      approved: [door('select api.approve_return($1, $2)')],
      rejected: [door(`select api.reject_return($1, 'worn', $2)`)],
      in_transit: [door(`select api.ship_return($1, 'T', $2)`)],
      received: [door(`select api.receive_return($1, '${acceptedLines}', $2)`)],
      refunded: [
        machineDoor(
          `select internal.record_refund_result('${shop.tenantId}', '${refund.id}', 'succeeded') where $1::uuid is not null`,
        ),
      ],
      closed: [door('select api.close_return($1, $2)')],
      cancelled: [door('select api.cancel_return($1, $2)')],
    },
  },
  'seller_onboarding.onboarding_status': {
    table: 'seller_onboarding',
    id: onboarding.id,
    columns: `verification_status = case when $2 = 'approved' then 'verified' else 'pending' end,
      submitted_at = now(), verified_at = now(), rejected_at = now(), rejection_reason = 'blurred'`,
    scene: `update commerce.kyc_document set verification_status = 'verified' where id = '${document.id}'`,
    doors: {
      in_progress: [door('select api.start_onboarding($1)', ({ version }) => [version])],
      submitted: [door('select api.submit_onboarding($1)', ({ version }) => [version])],
      in_review: [review('in_review')],
      additional_info_needed: [
        { ...review('additional_info_needed'), by: people },
        {
          ...machineDoor(`select internal.expire_kyc_documents('${tenantId}') where $1::uuid is not null`),
          scene: `update commerce.kyc_document set expires_on = current_date - 1 where id = '${document.id}'`,
        },
      ],
      approved: [review('approved')],
      rejected: [review('rejected')],
    },
  },
  'kyc_document.verification_status': {
    table: 'kyc_document',
    id: document.id,
    columns: `expires_on = current_date - 1`,
    doors: {
      verified: [door(`select api.review_document($1, 'verified')`, byId)],
      rejected: [door(`select api.review_document($1, 'rejected', 'blurred')`, byId)],
      expired: [
        machineDoor(`select internal.expire_kyc_documents('${tenantId}') where $1::uuid is not null`),
      ],
    },
  },
  'complaints.status': {
    table: 'complaints',
    id: complaint.id,
    columns: `tier = case when $2 = 'escalated' then 'tier2' else 'tier1' end, escalation_reason = 'angry', resolution = 'paid back',
      resolved_at = case when $2 = 'resolved' then now() end`,
    doors: {
      in_review: [door('select api.review_complaint($1, $2)')],
      escalated: [door(`select api.escalate_complaint($1, 'angry', $2)`)],
      resolved: [door(`select api.resolve_complaint($1, 'paid back', $2)`)],
    },
  },
  'violations.status': {
    table: 'violations',
    id: violation.id,
    columns: `start_at = now() - interval '2 days', end_at = now() - interval '1 day', resolved_at = case when $2 <> 'active' then now() end`,
    doors: {
      resolved: [door(`select api.resolve_violation($1, 'a mistake')`, byId)],
      expired: [machineDoor(`select internal.expire_violations('${tenantId}') where $1::uuid is not null`)],
    },
  },
  'conversation_thread.status': {
    table: 'conversation_thread',
    id: threadId,
    columns: `closed_at = case when $2 = 'closed' then now() end, snoozed_until = case when $2 = 'snoozed' then now() end`,
    doors: {
      open: [
        threadStatus('open'),
        machineDoor(
          `select from internal.receive_message('whatsapp', '${shop.account}', '2348030000009', 'wamid.again', 'Hello?') where $1::uuid is not null`,
        ),
      ],
      pending: [threadStatus('pending')],
      snoozed: [door(`select api.snooze_thread($1, now() + interval '1 hour', $2)`)],
      resolved: [threadStatus('resolved')],
      closed: [threadStatus('closed')],
    },
  },
  'conversation_history.delivery_status': {
    table: 'conversation_history',
    id: outbound,
    columns: `failed_at = case when $2 = 'failed' then now() end`,
    doors: {
      ...Object.fromEntries(
        ['sent', 'delivered', 'read', 'failed'].map((state) => [state, [receipt(state)]]),
      ),
      queued: [door('select api.retry_message($1)', byId)],
      cancelled: [door('select api.cancel_message($1)', byId)],
    },
  },
  'team_invites.status': {
    table: 'team_invites',
    id: invite.id,
    self: 'invited',
    // An answer tells the invited person what became of the invitation.
    refusals: ['SCTRN', 'SCEXP', 'SCDUP'],
    columns: `responded_at = now(), accepted_by = case when $2 = 'accepted' then '${admin.userId}'::uuid end`,
    doors: {
      accepted: [door('select api.accept_team_invite($1)', () => [invite.token])],
      declined: [door('select api.decline_team_invite($1)', () => [invite.token])],
      revoked: [door('select api.revoke_team_invite($1)', byId)],
      expired: [
        {
          ...machineDoor(`select internal.expire_team_invites('${tenantId}') where $1::uuid is not null`),
          scene: `update commerce.team_invites set created_at = now() - interval '9 days', expires_at = now() - interval '1 day'`,
        },
      ],
    },
  },
  'tenant.status': {
    table: 'tenant',
    id: tenantId,
    columns: `is_active = $2 in ('provisioning', 'active', 'closing')`,
    doors: {
      suspended: [door(`select internal.suspend_tenant($1, 'unpaid', $2)`)],
      active: [door(`select internal.reactivate_tenant($1, 'paid', $2)`)],
      closing: [door(`select internal.begin_closing($1, 'moves out', $2)`)],
      closed: [door(`select internal.close_tenant($1, 'has moved out', $2)`)],
    },
    elsewhere: ['moving'],
  },
  'orders.fulfillment_status': { table: 'orders', id: sold.id, doors: {} },
};

/** Transitions that nobody asks for by name. */
const isWithoutDoor = (transition: string): boolean =>
  // Follows from the order's own status.
  /^orders\.fulfillment_status /.test(transition) ||
  // When the last unit has come back.
  /^orders\.status \w+ returned$/.test(transition) ||
  // A merchant who moves closes every door but two: tenant_moving.test.ts.
  /^tenant\.status .*moving/.test(transition) ||
  // internal.provision_tenant makes the tenant and takes this step in one.
  transition === 'tenant.status provisioning active';

function isMeant(machine: string, actor: Actor, rule: Rule | undefined): boolean {
  if (rule === undefined) return false;
  const { self = 'self' } = machines[machine] as Machine;
  if (rule.permission === null) {
    return actor === self ? !rule.worker && !rule.buyer : actor === 'worker' && rule.worker;
  }
  // The owner has every permission as well, but nobody reviews their own onboarding.
  if (actor === 'self') return rule.permission !== 'kyc.review';
  return actor === 'staff' || (actor === 'buyer' && rule.buyer) || (actor === 'worker' && rule.worker);
}

type Outcome = { code?: string; machine?: string; state: string };

/**
 * Puts the row into a state while no trigger looks, lets the actor do something (or the installer, whom
 * only the machine's trigger stops), looks at the row, and takes everything back.
 */
async function attempt(
  machine: string,
  from: string,
  actor: Actor | null,
  { sql, values, scene: ofDoor = '' }: Pick<Door, 'sql' | 'values' | 'scene'>,
): Promise<Outcome> {
  const { table, id, scene = '' } = machines[machine] as Machine;
  const column = machine.split('.')[1];
  const client = await db.installer.connect();
  const outcome: Outcome = { state: '' };
  try {
    await client.query(`begin; set local session_replication_role = replica; ${scene}; ${ofDoor}`);
    await client.query(update(machine), [id, from]);
    await client.query('set local session_replication_role = origin; savepoint attempt');
    const row = await one(client, `select * from commerce.${table} where id = $1`, [id]);
    try {
      if (actor === null) {
        await client.query(`alter table commerce.${table} disable trigger user`);
        await client.query(`alter table commerce.${table} enable trigger _300_transition_${column}`);
      } else {
        await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
          ...actors[actor],
        ]);
      }
      await client.query(sql, values(row));
      await client.query(`select set_config('role', 'none', true)`);
    } catch (error) {
      const { code, detail } = error as { code: string; detail?: string };
      outcome.code = code;
      if (code === 'SCTRN') outcome.machine = JSON.parse(detail ?? '{}').machine;
      await client.query('rollback to attempt');
    }
    outcome.state = (
      await one<{ state: string }>(client, `select ${column} as state from commerce.${table} where id = $1`, [
        id,
      ])
    ).state;
    return outcome;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

function update(machine: string): string {
  const { table, columns } = machines[machine] as Machine;
  const set = [`${machine.split('.')[1]} = $2::text`, ...(columns === undefined ? [] : [columns])];
  if (versioned.has(table)) set.push('version = version');
  return `update commerce.${table} set ${set.join(', ')} where id = $1`;
}

const versioned = new Set(
  (
    await db.installer.query(
      `select relname from pg_class c join pg_attribute a on a.attrelid = c.oid
        where relnamespace = 'commerce'::regnamespace and attname = 'version'`,
    )
  ).rows.map(({ relname }) => relname),
);

t.test('the database has the transitions that are written, and no other', async (t) => {
  t.strictSame(Object.keys(machines).sort(), [...rules.keys()].sort(), 'every machine is walked');
  const { rows } = await db.installer.query(`
    select machine, from_state as from, to_state as to, permission, buyer_may as buyer, worker_may as worker
      from internal.state_transition
     order by machine collate "C", from_state collate "C", to_state collate "C"`);
  t.strictSame(
    rows,
    [...rules].flatMap(([machine, listed]) => listed.map((rule) => ({ machine, ...rule }))),
  );
});

t.test('the trigger lets the listed transitions pass and no other', async (t) => {
  for (const [machine, listed] of rules) {
    const states = await statesOf(machine);
    const wrong: unknown[] = [];
    for (const from of states) {
      for (const to of states) {
        const { id } = machines[machine] as Machine;
        const found = await attempt(machine, from, null, { sql: update(machine), values: () => [id, to] });
        const isListed = from === to || listed.some((rule) => rule.from === from && rule.to === to);
        const expected: Outcome = isListed
          ? { state: to }
          : machine === 'conversation_history.delivery_status'
            ? { state: from } // a receipt that comes late is ignored
            : { code: 'SCTRN', machine, state: from };
        if (!isDeepStrictEqual(found, expected)) wrong.push({ from, to, found });
      }
    }
    t.strictSame(wrong, [], `${machine}: ${states.length ** 2} pairs`);
  }
});

t.test('the functions let the persons that a transition names make it, and nobody else', async (t) => {
  const walked = new Set<string>();
  for (const [machine, listed] of rules) {
    const states = await statesOf(machine);
    const wrong: unknown[] = [];
    let tries = 0;
    const { doors: allDoors, refusals = ['SCTRN'], elsewhere = [] } = machines[machine] as Machine;
    for (const [to, doors] of Object.entries(allDoors)) {
      for (const { sql, values, by, isMachines, follows, scene } of doors) {
        const isFor = (actor: Actor, rule: Rule | undefined) =>
          isMeant(machine, actor, rule) && (!isMachines || actor === 'worker');
        for (const from of states.filter((state) => state !== to && !elsewhere.includes(state))) {
          const rule = listed.find((candidate) => candidate.from === from && candidate.to === to);
          for (const actor of by) {
            const { code, state } = await attempt(machine, from, actor, { sql, values, scene });
            tries += 1;
            if (isFor(actor, rule)) {
              walked.add(`${machine} ${from} ${to}`);
              if (code !== undefined || state !== to) wrong.push({ from, to, actor, code, state });
              continue;
            }
            const mayElsewhere = listed.some((other) => other.to === to && isFor(actor, other));
            const isQuiet = follows || (isMachines && actor === 'worker');
            const isRefused = isQuiet
              ? code === undefined
              : rule === undefined && mayElsewhere
                ? refusals.includes(code ?? '')
                : /^(SCTRN|SCPRM|SCNTF|SCTEN|42501)$/.test(code ?? '');
            if (!isRefused || state !== from) wrong.push({ from, to, actor, code, state });
          }
        }
      }
    }
    t.strictSame(wrong, [], `${machine}: ${tries} tries`);
  }
  const left = [...rules].flatMap(([machine, listed]) =>
    listed.map(({ from, to }) => `${machine} ${from} ${to}`),
  );
  t.strictSame(
    left.filter((transition) => !walked.has(transition) && !isWithoutDoor(transition)),
    [],
    `${walked.size} transitions walked through their functions`,
  );
});
