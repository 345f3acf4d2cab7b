import type pg from 'pg';
import t from 'tap';
import { queue } from '../functions/chat.ts';
import { addChatCustomer, addProduct, addShopper, one, openShop, type Shop } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asVisitor, asWorker, openSession } from '../support/session.ts';

/**
 * Every limit, and every "last one", is held by two transactions at once: at each isolation level, the second has
 * taken its snapshot before the first commits.
 */
const db = await createTestDatabase(t, { template: 'empty' });
const levels = ['read committed', 'repeatable read', 'serializable'] as const;

type Step = (client: pg.PoolClient) => Promise<unknown>;
type Role = 'commerce_member' | 'commerce_buyer' | 'commerce_anonymous' | 'commerce_worker';
type Race = {
  /** The two calls that must not both succeed, and as whom. */
  calls: readonly [Step, Step];
  sessions: readonly [string, string];
  role?: Role;
  /** The role of the second, where it is another one. */
  lateRole?: Role;
  /** What the later one is refused with, at the latest when it commits. */
  refusal: RegExp;
  /** That the later one is tried again when it has failed with 40001, as every caller should, and then succeeds. */
  isTriedAgain?: true;
  /** What is then true of the shop. */
  holds: () => Promise<boolean>;
};

async function begin(level: string, role: string, session: string): Promise<pg.PoolClient> {
  const client = await (role === 'commerce_worker' ? db.worker : db.api).connect();
  await client.query(`begin isolation level ${level}`);
  await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
    role,
    session,
  ]);
  // The snapshot of the whole transaction, under the two higher levels.
  await client.query('select count(*) from pg_catalog.pg_namespace');
  return client;
}

async function run(
  level: string,
  { calls, sessions, role = 'commerce_member', lateRole = role, refusal, isTriedAgain, holds }: Race,
) {
  const [first, second] = await Promise.all([
    begin(level, role, sessions[0]),
    begin(level, lateRole, sessions[1]),
  ]);
  const settle = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      ({ code = 'no code' }: { code?: string }) => code,
    );
  try {
    await calls[0](first);
    const late = settle(calls[1](second).then(() => second.query('commit')));
    const early = await settle(first.query('commit'));
    const end = await late;
    if (isTriedAgain && end === '40001') {
      await second.query('rollback');
      const third = await begin(level, lateRole, sessions[1]);
      const again = await settle(calls[1](third).then(() => third.query('commit')));
      third.release(again !== 'ok');
      if (again !== 'ok') return { early, late: again, refusal, holds: false };
    }
    return { early, late: end, refusal, holds: await holds() };
  } finally {
    for (const client of [first, second]) {
      await client.query('rollback');
      client.release();
    }
  }
}

async function count(sql: string, values: unknown[]): Promise<number> {
  return Number((await one<{ n: string }>(db.installer, `select count(*) as n ${sql}`, values)).n);
}

/** A shop whose plan lets it have one more of what is asked for than it has. */
async function shopWithRoomForOne(metric: string, has: number): Promise<Shop> {
  const shop = await openShop(db);
  const code = `plan_${shop.account.replace('-', '_')}`;
  await db.installer.query(
    `insert into commerce.subscription_plan (code, name, max_${metric}) values ($1, 'Plan', $2)`,
    [code, has + 1],
  );
  await db.installer.query(
    'update commerce.tenant set subscription_tier = $2, version = version where id = $1',
    [shop.tenantId, code],
  );
  return shop;
}

/** Two baskets with one code, of which only one may be placed. */
async function discountRace(
  shop: Shop,
  limit: 'max_uses' | 'max_uses_per_customer',
  baskets: readonly [customerId: string, channel: string][],
): Promise<Race> {
  const product = await addProduct(db, shop, { stock: 2 });
  const orders = await asMember(db, shop.owner, async (client) => {
    await client.query(`insert into api.discount (code, rate, ${limit}) values ('ONCE', 0.1, 1)`);
    const made: { id: string; version: number }[] = [];
    for (const [customerId, channel] of baskets) {
      const basket = await one(client, 'select id, version from api.start_order($1, $2, $3)', [
        shop.sellerId,
        channel,
        customerId,
      ]);
      const filled = await one(client, 'select version from api.set_order_line($1, $2, 1, $3)', [
        basket.id,
        product,
        basket.version,
      ]);
      made.push(
        await one(client, `select id, version from api.set_discount_code($1, 'once', $2)`, [
          basket.id,
          filled.version,
        ]),
      );
    }
    return made;
  });
  const place = (at: number) => (client: pg.PoolClient) =>
    client.query('select api.place_order($1, $2, $3)', [`place ${at}`, orders[at]?.id, orders[at]?.version]);
  return {
    calls: [place(0), place(1)],
    sessions: await members(shop),
    refusal: /^(SCDSC|40001)$/,
    holds: async () =>
      (await count(
        `from commerce.orders as o join commerce.discount as d on d.tenant_id = o.tenant_id and d.code = o.discount_code
          where o.tenant_id = $1 and o.status = 'pending' and d.used_count = 1`,
        [shop.tenantId],
      )) === 1,
  };
}

const members = async (shop: Shop) =>
  [await openSession(db, 'member', shop.owner), await openSession(db, 'member', shop.owner)] as const;

async function paidOrder(shop: Shop, quantity = 2) {
  const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await asMember(db, shop.owner, (client) =>
    one(
      client,
      `select * from api.place_order('sold', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
      [JSON.stringify([{ product_id: product, quantity }]), buyer.customerId],
    ),
  );
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.create_payment($1, 'bank_transfer', 'bank', $2, 'sold', null, $3)`, [
      order.id,
      order.total_amount,
      shop.account,
    ]),
  );
  await asWorker(db, (client) =>
    client.query(`select from internal.record_payment_result('bank', $1, 'succeeded')`, [shop.account]),
  );
  for (const call of [
    'confirm_order($1, $2)',
    'start_processing($1, $2)',
    `ship_order($1, 'DHL', 'T', $2)`,
    'deliver_order($1, $2)',
  ]) {
    await asMember(db, shop.owner, async (client) => {
      const { id, version } = await one(client, 'select id, version from api.orders where id = $1', [
        order.id,
      ]);
      await client.query(`select api.${call}`, [id, version]);
    });
  }
  const item = await one(db.installer, 'select id from commerce.order_items where order_id = $1', [order.id]);
  const payment = await one(db.installer, 'select id from commerce.payment where order_id = $1', [order.id]);
  return { buyer, product, orderId: order.id, itemId: item.id, paymentId: payment.id };
}

/** A pending order of 1000, for which a transfer is expected that the provider calls by the shop's account. */
async function expectedTransfer(shop: Shop) {
  const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await asMember(db, shop.owner, (client) =>
    one(
      client,
      `select * from api.place_order('sold', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
      [JSON.stringify([{ product_id: product, quantity: 1 }]), buyer.customerId],
    ),
  );
  const payment = await asMember(db, shop.owner, (client) =>
    one(
      client,
      `select id, version from api.create_payment($1, 'bank_transfer', 'bank', 1000, 'sold', null, $2)`,
      [order.id, shop.account],
    ),
  );
  return { order, payment };
}

/** What the provider reports of the payment that it calls by the shop's account. */
const bankReports =
  (shop: Shop, status: string, amount: number): Step =>
  (client) =>
    client.query(
      `select from internal.record_payment_result('bank', $1, $2, p_amount => $3, p_provider_event_id => $4)`,
      [shop.account, status, amount, `${status} ${amount}`],
    );

/** Whether a shop's money adds up, and its orders were paid and promised back this much. */
async function moneyIs(shop: Shop, paid: number, promised: number): Promise<boolean> {
  const wrong = await asWorker(db, (client) =>
    client.query('select from internal.check_money($1)', [shop.tenantId]),
  );
  const sums = await one<{ paid: string; promised: string }>(
    db.installer,
    `select (select sum(paid_amount) from commerce.orders where tenant_id = $1) as paid,
            (select coalesce(sum(amount), 0) from commerce.refund
              where tenant_id = $1 and status in ('pending', 'succeeded')) as promised`,
    [shop.tenantId],
  );
  return wrong.rowCount === 0 && Number(sums.paid) === paid && Number(sums.promised) === promised;
}

/** A customer with 100 of store credit, and orders of more than that. */
async function customerWithCredit(shop: Shop, orders: number) {
  const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
  const product = await addProduct(db, shop, { stock: orders });
  const ids: string[] = [];
  for (let n = 0; n < orders; n++) {
    const { id } = await asMember(db, shop.owner, (client) =>
      one(
        client,
        `select id from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'storefront')`,
        [`order ${n}`, JSON.stringify([{ product_id: product, quantity: 1 }]), buyer.customerId],
      ),
    );
    ids.push(id);
  }
  const { id: grantId } = await asMember(db, shop.owner, (client) =>
    one(client, `select id from api.grant_credit($1, 100, 'NGN', 'sorry', 'granted')`, [buyer.customerId]),
  );
  return { buyer, orders: ids, grantId };
}

const creditLeft = async ({ tenantId }: Shop) =>
  Number(
    (
      await one<{ left: string }>(
        db.installer,
        'select coalesce(sum(amount), 0) as left from commerce.customer_credit where tenant_id = $1',
        [tenantId],
      )
    ).left,
  );

const spend = (orderId: string | undefined, amount: number) => (client: pg.PoolClient) =>
  client.query('select api.spend_credit($1, $2, $3)', [orderId, amount, `spent on ${orderId}`]);

const machines = { sessions: ['', ''], role: 'commerce_worker', refusal: /^(ok|40001)$/ } as const;

const receive = (shop: Shop, id: string) => (client: pg.PoolClient) =>
  client.query(`select from internal.receive_message('whatsapp', $1, '2348030000001', $2, 'Hello')`, [
    shop.account,
    id,
  ]);

/** A message that the shop has queued, with two calls: the sender reports its id, and the provider what became of it. */
async function queuedMessage(shop: Shop) {
  const { threadId } = await addChatCustomer(db, shop, '2348030000001');
  const { id } = await queue(db, shop.owner, threadId, { key: 'a key' });
  return {
    sent: (client: pg.PoolClient) =>
      client.query(`select internal.mark_sent($1, $2, 'wamid.out')`, [shop.tenantId, id]),
    delivered: (client: pg.PoolClient) =>
      client.query(`select from internal.record_receipt('whatsapp', $1, 'wamid.out', 'delivered')`, [
        shop.account,
      ]),
    isDelivered: async () =>
      (await count(`from commerce.conversation_history where id = $1 and delivery_status = 'delivered'`, [
        id,
      ])) === 1,
  };
}

/** A message and its change, which a provider reports in either order. */
function changedMessage(shop: Shop) {
  return {
    arrive: receive(shop, 'wamid.changed'),
    change: (client: pg.PoolClient) =>
      client.query(
        `select from internal.record_message_change('whatsapp', $1, 'wamid.changed', 'edit', 'Changed')`,
        [shop.account],
      ),
    isChanged: async () =>
      (await count(`from commerce.conversation_history where tenant_id = $1 and message = 'Changed'`, [
        shop.tenantId,
      ])) === 1,
  };
}

/** A visitor who has written to the shop's own chat, and the code by which a shopper takes the thread over. */
async function visitorWithCode(shop: Shop) {
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.connect_channel('web_chat', 'Chat', $1)`, [`chat of ${shop.account}`]),
  );
  const visitor = { tenantId: shop.tenantId, subject: `visitor of ${shop.account}` };
  await asVisitor(db, visitor, (client) => client.query(`select api.start_conversation('first', 'Hello')`));
  const { code } = await asVisitor(db, visitor, (client) =>
    one<{ code: string }>(client, 'select code from api.create_visitor_code()'),
  );
  return { visitor, code };
}

/** What a sender has in the shop: one of each, and so many messages. */
const hasOneOfEach = async ({ tenantId }: Shop, messages: number) =>
  (await count('from commerce.customer where tenant_id = $1', [tenantId])) === 1 &&
  (await count('from commerce.conversation_thread where tenant_id = $1', [tenantId])) === 1 &&
  (await count('from commerce.conversation_history where tenant_id = $1', [tenantId])) === messages;

/** A file of the shop's that nothing has used for two days: a member uses it, and a worker clears it away. */
async function unusedFile() {
  const shop = await openShop(db);
  const { storage_key: key } = await asMember(db, shop.owner, (client) =>
    one<{ storage_key: string }>(
      client,
      `select storage_key from api.request_upload('storefront', 'a.png', 'image/png', 1)`,
    ),
  );
  await db.installer.query(
    `update internal.upload set created_at = now() - interval '2 days' where storage_key = $1`,
    [key],
  );
  const use: Step = (client) =>
    client.query(
      `insert into api.storefront_asset (file_name, file_type, url) values ('a.png', 'image', $1)`,
      [key],
    );
  const clear: Step = (client) =>
    client.query('select from internal.claim_unused_files($1)', [shop.tenantId]);
  return { shop, key, use, clear };
}

/** Each is set anew for each level. */
const races: Record<string, () => Promise<Race>> = {
  'the channels of a plan': async () => {
    const shop = await shopWithRoomForOne('channels', 1);
    const connect = (account: string) => (client: pg.PoolClient) =>
      client.query(`select api.connect_channel('telegram', 'New', $1)`, [`${shop.account} ${account}`]);
    return {
      calls: [connect('a'), connect('b')],
      sessions: await members(shop),
      refusal: /^(SCLIM|40001)$/,
      holds: async () => (await count('from commerce.channel where tenant_id = $1', [shop.tenantId])) === 2,
    };
  },
  'the products of a plan, imported': async () => {
    const shop = await shopWithRoomForOne('products', 0);
    const add = (sku: string) => async (client: pg.PoolClient) => {
      const { code } = await one<{ code: string | null }>(
        client,
        `select code from api.import_products($1)`,
        [JSON.stringify([{ sku, name: 'New', price: '1', currency_code: 'NGN' }])],
      );
      if (code !== null) throw Object.assign(new Error(code), { code });
    };
    return {
      calls: [add('a'), add('b')],
      sessions: await members(shop),
      refusal: /^(LIMIT_REACHED|SCLIM|40001)$/,
      holds: async () => (await count('from commerce.products where tenant_id = $1', [shop.tenantId])) === 1,
    };
  },
  'the products of a plan, added one by one': async () => {
    const shop = await shopWithRoomForOne('products', 0);
    const add = (client: pg.PoolClient) =>
      client.query(
        `insert into api.products (seller_id, name, price, currency_code) values ($1, 'New', 1, 'NGN')`,
        [shop.sellerId],
      );
    return {
      calls: [add, add],
      sessions: await members(shop),
      refusal: /^(SCLIM|40001)$/,
      holds: async () => (await count('from commerce.products where tenant_id = $1', [shop.tenantId])) === 1,
    };
  },
  'the team of a plan': async () => {
    const shop = await shopWithRoomForOne('team_members', 1);
    const invite = (name: string) => (client: pg.PoolClient) =>
      client.query(`select api.create_team_invite('viewer', $1)`, [`${name}@${shop.account}.example`]);
    return {
      calls: [invite('a'), invite('b')],
      sessions: await members(shop),
      refusal: /^(SCLIM|40001)$/,
      holds: async () =>
        (await count('from commerce.team_invites where tenant_id = $1', [shop.tenantId])) === 1,
    };
  },
  'the orders of a month, of different customers and products': async () => {
    const shop = await shopWithRoomForOne('orders_per_month', 0);
    const order = (key: string) => async () => {
      const product = await addProduct(db, shop, { stock: 5 });
      const { customerId } = await addShopper(db, shop, `${key} of ${shop.account}`);
      return (client: pg.PoolClient) =>
        client.query(
          `select api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => 'storefront')`,
          [key, JSON.stringify([{ product_id: product, quantity: 1 }]), customerId],
        );
    };
    return {
      calls: [await order('a')(), await order('b')()],
      sessions: await members(shop),
      refusal: /^(SCLIM|40001)$/,
      holds: async () => (await count('from commerce.orders where tenant_id = $1', [shop.tenantId])) === 1,
    };
  },
  'the messages of a month, in different threads': async () => {
    const shop = await shopWithRoomForOne('messages_per_month', 0);
    const write = async (sender: string) => {
      const { threadId } = await addChatCustomer(db, shop, `${sender}${shop.account.replace(/\D/g, '')}`);
      return (client: pg.PoolClient) =>
        client.query(`select api.queue_message($1, $2, 'Hello')`, [threadId, `to ${sender}`]);
    };
    return {
      calls: [await write('2348030001'), await write('2348030002')],
      sessions: await members(shop),
      refusal: /^(SCLIM|40001)$/,
      holds: async () =>
        (await count(`from commerce.conversation_history where tenant_id = $1 and direction = 'outbound'`, [
          shop.tenantId,
        ])) === 1,
    };
  },
  'the team of a plan, joined': async () => {
    const shop = await shopWithRoomForOne('team_members', 2);
    const join = async (name: string) => {
      const who = { subject: `${name} of ${shop.account}`, email: `${name}@${shop.account}.example` };
      const { token } = await asMember(db, shop.owner, (client) =>
        one<{ token: string }>(client, `select token from api.create_team_invite('viewer', $1)`, [who.email]),
      );
      return {
        session: await openSession(db, 'buyer', { tenantId: shop.tenantId, ...who }),
        call: (client: pg.PoolClient) => client.query('select from api.accept_team_invite($1)', [token]),
      };
    };
    const [a, b] = [await join('a'), await join('b')];
    // The shop has moved to a smaller plan since.
    await db.installer.query(
      `update commerce.subscription_plan set max_team_members = 2
        where code = (select subscription_tier from commerce.tenant where id = $1)`,
      [shop.tenantId],
    );
    return {
      calls: [a.call, b.call],
      sessions: [a.session, b.session],
      role: 'commerce_buyer',
      refusal: /^(SCLIM|40001)$/,
      holds: async () =>
        (await count('from commerce.team_members where tenant_id = $1 and is_active', [shop.tenantId])) === 2,
    };
  },
  'the last owner': async () => {
    const shop = await openShop(db);
    const { user_id: otherId } = await one<{ user_id: string }>(
      db.installer,
      `with person as (insert into commerce.users (tenant_id, email) values ($1, 'second@owner.example') returning id)
       insert into commerce.team_members (tenant_id, user_id, role) select $1, id, 'owner' from person returning user_id`,
      [shop.tenantId],
    );
    const leave = (isOther: boolean) => async (client: pg.PoolClient) => {
      const { id, version } = await one(
        client,
        `select id, version from api.team_members where role = 'owner' and (user_id = $1) = $2`,
        [otherId, isOther],
      );
      await client.query('select api.deactivate_member($1, $2)', [id, version]);
    };
    return {
      calls: [leave(true), leave(false)],
      sessions: [
        await openSession(db, 'member', { tenantId: shop.tenantId, userId: otherId }),
        await openSession(db, 'member', shop.owner),
      ],
      refusal: /^(SCOWN|40001|SCNTF|SCCTX|SCPRM)$/,
      holds: async () =>
        (await count(`from commerce.team_members where tenant_id = $1 and role = 'owner' and is_active`, [
          shop.tenantId,
        ])) === 1,
    };
  },
  'the last owner, by other roles': async () => {
    const shop = await openShop(db);
    const { user_id: otherId } = await one<{ user_id: string }>(
      db.installer,
      `with person as (insert into commerce.users (tenant_id, email) values ($1, 'second@owner.example') returning id)
       insert into commerce.team_members (tenant_id, user_id, role) select $1, id, 'owner' from person returning user_id`,
      [shop.tenantId],
    );
    const leave = (isOther: boolean) => async (client: pg.PoolClient) => {
      const { id, version } = await one(
        client,
        `select id, version from api.team_members where role = 'owner' and (user_id = $1) = $2`,
        [otherId, isOther],
      );
      await client.query(`select api.change_member_role($1, 'viewer', $2)`, [id, version]);
    };
    return {
      calls: [leave(true), leave(false)],
      sessions: [
        await openSession(db, 'member', { tenantId: shop.tenantId, userId: otherId }),
        await openSession(db, 'member', shop.owner),
      ],
      refusal: /^(SCOWN|40001|SCNTF|SCCTX|SCPRM)$/,
      holds: async () =>
        (await count(`from commerce.team_members where tenant_id = $1 and role = 'owner' and is_active`, [
          shop.tenantId,
        ])) === 1,
    };
  },
  'the last unit': async () => {
    const shop = await openShop(db);
    const product = await addProduct(db, shop, { stock: 1 });
    const buyers = [
      await addShopper(db, shop, `a ${shop.account}`),
      await addShopper(db, shop, `b ${shop.account}`),
    ];
    const buy = (who: number) => (client: pg.PoolClient) =>
      client.query(
        `select api.place_order('last', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
        [JSON.stringify([{ product_id: product, quantity: 1 }]), buyers[who]?.customerId],
      );
    return {
      calls: [buy(0), (client) => buy(1)(client)],
      sessions: await members(shop),
      refusal: /^(SCSTK|SCIDM|40001)$/,
      holds: async () =>
        (await count('from commerce.products where id = $1 and inventory_count = 0', [product])) === 1,
    };
  },
  'the last use of a discount code': async () => {
    const shop = await openShop(db);
    const [first, second] = [
      await addShopper(db, shop, `a ${shop.account}`),
      await addShopper(db, shop, `b ${shop.account}`),
    ];
    return await discountRace(shop, 'max_uses', [
      [first.customerId, 'storefront'],
      [second.customerId, 'storefront'],
    ]);
  },
  'the only use of a discount code by a customer': async () => {
    const shop = await openShop(db);
    const { customerId } = await addShopper(db, shop, `a ${shop.account}`);
    return await discountRace(shop, 'max_uses_per_customer', [
      [customerId, 'storefront'],
      [customerId, 'whatsapp'],
    ]);
  },
  'what can be refunded': async () => {
    const shop = await openShop(db);
    const { paymentId } = await paidOrder(shop);
    const refund = (key: string) => (client: pg.PoolClient) =>
      client.query('select api.request_refund($1, 1500, $2)', [paymentId, key]);
    return {
      calls: [refund('a'), refund('b')],
      sessions: await members(shop),
      refusal: /^(SCAMT|40001)$/,
      holds: async () => (await count('from commerce.refund where payment_id = $1', [paymentId])) === 1,
    };
  },
  'money that is moved while it is refunded': async () => {
    const shop = await openShop(db);
    const { buyer, product, paymentId } = await paidOrder(shop);
    const other = await asMember(db, shop.owner, (client) =>
      one(
        client,
        `select id from api.place_order('other', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
        [JSON.stringify([{ product_id: product, quantity: 2 }]), buyer.customerId],
      ),
    );
    return {
      calls: [
        (client) =>
          client.query(`select api.allocate_money($1, $2, 1500, 'for that', 'moved')`, [paymentId, other.id]),
        (client) => client.query(`select api.request_refund($1, 1500, 'refunded')`, [paymentId]),
      ],
      sessions: await members(shop),
      refusal: /^(SCAMT|40001)$/,
      holds: () => moneyIs(shop, 2000, 0),
    };
  },
  'money that is disputed while it is refunded': async () => {
    const shop = await openShop(db);
    const { paymentId } = await paidOrder(shop);
    const session = await openSession(db, 'member', shop.owner);
    return {
      calls: [
        bankReports(shop, 'disputed', 2000),
        (client) => client.query(`select api.request_refund($1, 1500, 'refunded')`, [paymentId]),
      ],
      sessions: ['', session],
      role: 'commerce_worker',
      lateRole: 'commerce_member',
      refusal: /^(SCAMT|40001)$/,
      holds: () => moneyIs(shop, 2000, 0),
    };
  },
  'a dispute that is lost while its money is refunded': async () => {
    const shop = await openShop(db);
    const { paymentId } = await paidOrder(shop);
    const session = await openSession(db, 'member', shop.owner);
    return {
      calls: [
        (client) => client.query(`select api.request_refund($1, 1500, 'refunded')`, [paymentId]),
        bankReports(shop, 'dispute_lost', 2000),
      ],
      sessions: [session, ''],
      lateRole: 'commerce_worker',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: () => moneyIs(shop, 2000, 1500),
    };
  },
  'a refund that two complete': async () => {
    const shop = await openShop(db);
    const { paymentId } = await paidOrder(shop);
    const { id } = await asMember(db, shop.owner, (client) =>
      one(client, `select id from api.request_refund($1, 500, 'refunded', p_method => 'manual')`, [
        paymentId,
      ]),
    );
    const complete: Step = (client) => client.query('select api.complete_refund($1)', [id]);
    return {
      calls: [complete, complete],
      sessions: await members(shop),
      refusal: /^(SCTRN|40001)$/,
      holds: () => moneyIs(shop, 2000, 500),
    };
  },
  'a refund that is requested while its money is corrected': async () => {
    const shop = await openShop(db);
    const { paymentId } = await paidOrder(shop);
    const { version } = await one(db.installer, 'select version from commerce.payment where id = $1', [
      paymentId,
    ]);
    return {
      calls: [
        (client) => client.query(`select api.request_refund($1, 1500, 'refunded')`, [paymentId]),
        (client) =>
          client.query(`select api.correct_payment($1, 0, 'it never came', $2)`, [paymentId, version]),
      ],
      sessions: await members(shop),
      refusal: /^(SCAMT|40001)$/,
      holds: () => moneyIs(shop, 2000, 1500),
    };
  },
  'a report of money that comes twice': async () => {
    const shop = await openShop(db);
    await expectedTransfer(shop);
    const report = bankReports(shop, 'captured', 1000);
    return {
      ...machines,
      calls: [report, report],
      isTriedAgain: true,
      holds: () => moneyIs(shop, 1000, 0),
    };
  },
  'money that staff and the provider report': async () => {
    const shop = await openShop(db);
    const { payment } = await expectedTransfer(shop);
    const session = await openSession(db, 'member', shop.owner);
    return {
      calls: [
        (client) =>
          client.query('select api.verify_manual_payment($1, true, null, $2)', [payment.id, payment.version]),
        bankReports(shop, 'captured', 1000),
      ],
      sessions: [session, ''],
      lateRole: 'commerce_worker',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: () => moneyIs(shop, 1000, 0),
    };
  },
  'money that the provider and staff report': async () => {
    const shop = await openShop(db);
    const { payment } = await expectedTransfer(shop);
    const session = await openSession(db, 'member', shop.owner);
    return {
      calls: [
        bankReports(shop, 'captured', 1000),
        (client) =>
          client.query('select api.verify_manual_payment($1, true, null, $2)', [payment.id, payment.version]),
      ],
      sessions: ['', session],
      role: 'commerce_worker',
      lateRole: 'commerce_member',
      refusal: /^(SCVER|40001)$/,
      holds: () => moneyIs(shop, 1000, 0),
    };
  },
  'money that comes while its order is cancelled': async () => {
    const shop = await openShop(db);
    const { order } = await expectedTransfer(shop);
    const session = await openSession(db, 'member', shop.owner);
    return {
      calls: [
        (client) => client.query(`select api.cancel_order($1, 'sold out', $2)`, [order.id, order.version]),
        bankReports(shop, 'captured', 1000),
      ],
      sessions: [session, ''],
      lateRole: 'commerce_worker',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: () => moneyIs(shop, 1000, 1000),
    };
  },
  'what can be returned': async () => {
    const shop = await openShop(db);
    const { orderId, itemId } = await paidOrder(shop);
    const giveBack = (key: string) => (client: pg.PoolClient) =>
      client.query(`select api.request_return($1, $2, 'damaged', $3)`, [
        orderId,
        JSON.stringify([{ order_item_id: itemId, quantity: 2, reason: 'damaged' }]),
        key,
      ]);
    return {
      calls: [giveBack('a'), giveBack('b')],
      sessions: await members(shop),
      refusal: /^(SCRET|40001)$/,
      holds: async () =>
        (await count('from commerce.order_return_items where order_id = $1', [orderId])) === 1,
    };
  },
  'the one open payment': async () => {
    const shop = await openShop(db);
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const product = await addProduct(db, shop, { stock: 10 });
    const { id } = await asMember(db, shop.owner, (client) =>
      one(
        client,
        `select * from api.place_order('sold', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
        [JSON.stringify([{ product_id: product, quantity: 1 }]), buyer.customerId],
      ),
    );
    const pay = (key: string) => (client: pg.PoolClient) =>
      client.query(`select api.create_payment($1, 'bank_transfer', 'bank', 10, $2)`, [id, key]);
    return {
      calls: [pay('a'), pay('b')],
      sessions: await members(shop),
      refusal: /^(SCDUP|23505|40001)$/,
      holds: async () => (await count('from commerce.payment where order_id = $1', [id])) === 1,
    };
  },
  'the store credit of a customer': async () => {
    const shop = await openShop(db);
    const { buyer, orders } = await customerWithCredit(shop, 2);
    const session = await openSession(db, 'buyer', buyer);
    return {
      calls: [spend(orders[0], 60), spend(orders[1], 60)],
      sessions: [session, session],
      role: 'commerce_buyer',
      refusal: /^(SCAMT|40001)$/,
      holds: async () => (await creditLeft(shop)) === 40,
    };
  },
  'store credit that is withdrawn while it is spent': async () => {
    const shop = await openShop(db);
    const { orders, grantId } = await customerWithCredit(shop, 1);
    return {
      calls: [
        (client) => client.query(`select api.withdraw_credit($1, 'given in error')`, [grantId]),
        spend(orders[0], 60),
      ],
      sessions: await members(shop),
      refusal: /^(SCAMT|40001)$/,
      holds: async () => (await creditLeft(shop)) === 0,
    };
  },
  'the one default address': async () => {
    const shop = await openShop(db);
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const save = (client: pg.PoolClient) =>
      client.query(`select api.save_address('shipping', 'Ann', '1 Road', 'Lagos', 'NG')`);
    const session = await openSession(db, 'buyer', buyer);
    return {
      calls: [save, save],
      sessions: [session, session],
      role: 'commerce_buyer',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: async () =>
        (await count('from commerce.address_book where tenant_id = $1 and is_default', [shop.tenantId])) ===
        1,
    };
  },
  'the default that is left': async () => {
    const shop = await openShop(db);
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const ids = [];
    for (const street of ['1 Road', '2 Road', '3 Road']) {
      ids.push(
        (
          await asBuyer(db, buyer, (client) =>
            one(client, `select id from api.save_address('shipping', 'Ann', $1, 'Lagos', 'NG')`, [street]),
          )
        ).id,
      );
    }
    const remove = (id: string | undefined) => (client: pg.PoolClient) =>
      client.query('select api.remove_address($1)', [id]);
    const session = await openSession(db, 'buyer', buyer);
    return {
      // The first was the default, and the newest is its heir.
      calls: [remove(ids[0]), remove(ids[2])],
      sessions: [session, session],
      role: 'commerce_buyer',
      refusal: /^(ok|40001)$/,
      holds: async () =>
        (await count('from commerce.address_book where tenant_id = $1 and is_default and not is_deleted', [
          shop.tenantId,
        ])) === 1,
    };
  },
  'the default that is left, while another comes': async () => {
    const shop = await openShop(db);
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const save = (client: pg.PoolClient) =>
      one(client, `select id from api.save_address('shipping', 'Ann', '1 Road', 'Lagos', 'NG')`);
    const { id } = await asBuyer(db, buyer, save);
    const session = await openSession(db, 'buyer', buyer);
    return {
      calls: [(client) => client.query('select api.remove_address($1)', [id]), save],
      sessions: [session, session],
      role: 'commerce_buyer',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: async () =>
        (await count('from commerce.address_book where tenant_id = $1 and is_default and not is_deleted', [
          shop.tenantId,
        ])) === 1,
    };
  },
  'the one default way to pay': async () => {
    const shop = await openShop(db);
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const save = (client: pg.PoolClient) =>
      client.query(`select api.save_payment_method('wallet', 'bank', decode(repeat('01', 40), 'hex'))`);
    const session = await openSession(db, 'buyer', buyer);
    return {
      calls: [save, save],
      sessions: [session, session],
      role: 'commerce_buyer',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: async () =>
        (await count('from commerce.saved_payment_method where tenant_id = $1 and is_default', [
          shop.tenantId,
        ])) === 1,
    };
  },
  'the storage of a plan': async () => {
    const shop = await shopWithRoomForOne('storage_bytes', 0);
    await db.installer.query(
      `update commerce.subscription_plan set max_storage_bytes = 1000
        where code = (select subscription_tier from commerce.tenant where id = $1)`,
      [shop.tenantId],
    );
    const upload = (client: pg.PoolClient) =>
      client.query(`select api.request_upload('product', 'a.png', 'image/png', 600)`);
    return {
      calls: [upload, upload],
      sessions: await members(shop),
      refusal: /^(SCLIM|40001)$/,
      holds: async () => (await count('from internal.upload where tenant_id = $1', [shop.tenantId])) === 1,
    };
  },
  'the files of a shopper that nothing uses': async () => {
    const shop = await openShop(db);
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const upload = (client: pg.PoolClient) =>
      client.query(`select api.request_upload('payment_proof', 'a.png', 'image/png', 1)`);
    for (let n = 0; n < 19; n++) await asBuyer(db, buyer, upload);
    const session = await openSession(db, 'buyer', buyer);
    return {
      calls: [upload, upload],
      sessions: [session, session],
      role: 'commerce_buyer',
      refusal: /^(SCLIM|40001)$/,
      holds: async () => (await count('from internal.upload where tenant_id = $1', [shop.tenantId])) === 20,
    };
  },
  'the units that are left to pack': async () => {
    const shop = await openShop(db);
    const { order } = await expectedTransfer(shop);
    const processed = await asMember(db, shop.owner, async (client) => {
      const confirmed = await one(client, 'select version from api.confirm_order($1, $2)', [
        order.id,
        order.version,
      ]);
      return one(client, 'select version from api.start_processing($1, $2)', [order.id, confirmed.version]);
    });
    const pack = (client: pg.PoolClient) =>
      client.query('select api.pack_order($1, $2)', [order.id, processed.version]);
    return {
      calls: [pack, pack],
      sessions: await members(shop),
      refusal: /^(SCVER|40001)$/,
      holds: async () =>
        (await count('from commerce.fulfillment_item where order_id = $1', [order.id])) === 1,
    };
  },
  'what an order is worth': async () => {
    const shop = await openShop(db);
    const { order } = await expectedTransfer(shop);
    const takeOff = (key: string) => (client: pg.PoolClient) =>
      client.query(`select api.adjust_order($1, -600, 'goods', 'sorry', $2)`, [order.id, key]);
    return {
      calls: [takeOff('a'), takeOff('b')],
      sessions: await members(shop),
      refusal: /^(SCAMT|40001)$/,
      holds: async () =>
        (await count('from commerce.orders where id = $1 and worth_amount = 400', [order.id])) === 1,
    };
  },
  'one order of one key': async () => {
    const shop = await openShop(db);
    const product = await addProduct(db, shop, { stock: 10 });
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const place = (client: pg.PoolClient) =>
      client.query(
        `select api.place_order('once', p_lines => $1, p_customer_id => $2, p_channel => 'storefront')`,
        [JSON.stringify([{ product_id: product, quantity: 1 }]), buyer.customerId],
      );
    return {
      calls: [place, place],
      sessions: await members(shop),
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: async () => (await count('from commerce.orders where tenant_id = $1', [shop.tenantId])) === 1,
    };
  },
  'the one basket of a customer': async () => {
    const shop = await openShop(db);
    const buyer = await addShopper(db, shop, `buyer of ${shop.account}`);
    const session = await openSession(db, 'buyer', buyer);
    const start = (client: pg.PoolClient) =>
      client.query(`select api.start_order($1, 'storefront')`, [shop.sellerId]);
    return {
      calls: [start, start],
      sessions: [session, session],
      role: 'commerce_buyer',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: async () => (await count('from commerce.orders where tenant_id = $1', [shop.tenantId])) === 1,
    };
  },
  'an invitation that two persons accept': async () => {
    const shop = await openShop(db);
    const { token } = await asMember(db, shop.owner, (client) =>
      one<{ token: string }>(
        client,
        `select token from api.create_team_invite('viewer', p_phone_number => '+2348030000009')`,
      ),
    );
    const accept = (client: pg.PoolClient) => client.query('select from api.accept_team_invite($1)', [token]);
    const sessions = [];
    for (const name of ['a', 'b']) {
      const subject = `${name} of ${shop.account}`;
      const email = `${name}@${shop.account}.example`;
      sessions.push(await openSession(db, 'buyer', { tenantId: shop.tenantId, subject, email }));
    }
    return {
      calls: [accept, accept],
      sessions: [sessions[0] as string, sessions[1] as string],
      role: 'commerce_buyer',
      refusal: /^(SCDUP|40001)$/,
      holds: async () =>
        (await count('from commerce.team_members where tenant_id = $1 and is_active', [shop.tenantId])) === 2,
    };
  },
  'a file that is used while it is cleared away': async () => {
    const { shop, key, use, clear } = await unusedFile();
    return {
      calls: [use, clear],
      sessions: [await openSession(db, 'member', shop.owner), ''],
      lateRole: 'commerce_worker',
      refusal: /^(ok|40001)$/,
      holds: async () =>
        (await count('from internal.upload where storage_key = $1 and claim_ends_at is null', [key])) === 1,
    };
  },
  'a file that is cleared away while it is used': async () => {
    const { shop, key, use, clear } = await unusedFile();
    return {
      calls: [clear, use],
      sessions: ['', await openSession(db, 'member', shop.owner)],
      role: 'commerce_worker',
      lateRole: 'commerce_member',
      refusal: /^(SCNTF|40001)$/,
      holds: async () => (await count('from commerce.storefront_asset where url = $1', [key])) === 0,
    };
  },
  'the products of a plan, brought back': async () => {
    const shop = await shopWithRoomForOne('products', 0);
    const ids: string[] = [];
    for (const name of ['a', 'b']) {
      const id = await addProduct(db, shop, { name });
      ids.push(id);
      await asMember(db, shop.owner, (client) =>
        client.query('delete from api.products where id = $1', [id]),
      );
    }
    const restore = (id: string | undefined) => (client: pg.PoolClient) =>
      client.query(`select api.restore('products', $1)`, [id]);
    return {
      calls: [restore(ids[0]), restore(ids[1])],
      sessions: await members(shop),
      refusal: /^(SCLIM|40001)$/,
      holds: async () =>
        (await count('from commerce.products where tenant_id = $1 and not is_deleted', [shop.tenantId])) ===
        1,
    };
  },
  'the first message of a sender, delivered twice': async () => {
    const shop = await openShop(db);
    return {
      ...machines,
      calls: [receive(shop, 'wamid.1'), receive(shop, 'wamid.1')],
      isTriedAgain: true,
      holds: () => hasOneOfEach(shop, 1),
    };
  },
  'the first two messages of a sender': async () => {
    const shop = await openShop(db);
    return {
      ...machines,
      calls: [receive(shop, 'wamid.1'), receive(shop, 'wamid.2')],
      isTriedAgain: true,
      holds: () => hasOneOfEach(shop, 2),
    };
  },
  'a receipt that is faster than the sender': async () => {
    const { sent, delivered, isDelivered } = await queuedMessage(await openShop(db));
    return { ...machines, calls: [delivered, sent], isTriedAgain: true, holds: isDelivered };
  },
  'a receipt that comes while the sender reports the id': async () => {
    const { sent, delivered, isDelivered } = await queuedMessage(await openShop(db));
    return { ...machines, calls: [sent, delivered], isTriedAgain: true, holds: isDelivered };
  },
  'a change that is faster than its message': async () => {
    const { arrive, change, isChanged } = changedMessage(await openShop(db));
    return { ...machines, calls: [change, arrive], isTriedAgain: true, holds: isChanged };
  },
  'a change that comes while its message does': async () => {
    const { arrive, change, isChanged } = changedMessage(await openShop(db));
    return { ...machines, calls: [arrive, change], isTriedAgain: true, holds: isChanged };
  },
  'a message that two senders would send': async () => {
    const shop = await openShop(db);
    await queuedMessage(shop);
    const claim = (worker: string) => (client: pg.PoolClient) =>
      client.query('select from internal.claim_messages($1, $2, 1)', [shop.tenantId, worker]);
    return {
      ...machines,
      calls: [claim('a'), claim('b')],
      isTriedAgain: true,
      holds: async () =>
        (await count(`from internal.message_claim where tenant_id = $1`, [shop.tenantId])) === 1,
    };
  },
  'the first message of a visitor': async () => {
    const shop = await openShop(db);
    await asMember(db, shop.owner, (client) =>
      client.query(`select api.connect_channel('web_chat', 'Chat', $1)`, [`chat of ${shop.account}`]),
    );
    const session = await openSession(db, 'anonymous', {
      tenantId: shop.tenantId,
      subject: `visitor of ${shop.account}`,
    });
    const write = (key: string) => (client: pg.PoolClient) =>
      client.query(`select api.start_conversation($1, 'Hello')`, [key]);
    return {
      calls: [write('a'), write('b')],
      sessions: [session, session],
      role: 'commerce_anonymous',
      refusal: /^(ok|40001)$/,
      isTriedAgain: true,
      holds: () => hasOneOfEach(shop, 2),
    };
  },
  'the code of a visitor': async () => {
    const shop = await openShop(db);
    const { code } = await visitorWithCode(shop);
    const redeem = (client: pg.PoolClient) => client.query('select api.redeem_visitor_code($1)', [code]);
    const sessions = [];
    for (const name of ['a', 'b']) {
      sessions.push(await openSession(db, 'buyer', await addShopper(db, shop, `${name} of ${shop.account}`)));
    }
    return {
      calls: [redeem, redeem],
      sessions: [sessions[0] as string, sessions[1] as string],
      role: 'commerce_buyer',
      refusal: /^(SCNTF|40001)$/,
      holds: async () =>
        (await count(
          `from commerce.conversation_thread as t join commerce.buyer_profile as b on b.id = t.customer_id
            where t.tenant_id = $1`,
          [shop.tenantId],
        )) === 1,
    };
  },
};

for (const [name, set] of Object.entries(races)) {
  t.test(name, async (t) => {
    for (const level of levels) {
      const { early, late, refusal, holds } = await run(level, await set());
      t.equal(early, 'ok', `${level}: the first succeeds`);
      t.match(late, refusal, `${level}: the second ends with ${late}`);
      t.ok(holds, `${level}: it holds`);
    }
  });
}

t.test('eight spend the same store credit at once', async (t) => {
  for (const level of levels) {
    const shop = await openShop(db);
    const { buyer, orders } = await customerWithCredit(shop, 8);
    const session = await openSession(db, 'buyer', buyer);
    const clients = await Promise.all(orders.map(() => begin(level, 'commerce_buyer', session)));
    const outcomes = await Promise.all(
      clients.map((client, n) =>
        spend(
          orders[n],
          30,
        )(client)
          .then(() => client.query('commit'))
          .then(
            () => 'ok',
            ({ code = 'no code' }: { code?: string }) => code,
          )
          .finally(async () => {
            await client.query('rollback');
            client.release();
          }),
      ),
    );
    const spenders = outcomes.filter((outcome) => outcome === 'ok').length;
    t.ok(spenders >= 1 && spenders <= 3, `${level}: ${spenders} of them could`);
    t.same(
      outcomes.filter((outcome) => !/^(ok|SCAMT|40001)$/.test(outcome)),
      [],
      `${level}: the others are told so`,
    );
    t.equal(await creditLeft(shop), 100 - 30 * spenders, `${level}: and the credit says the same`);
  }
});
