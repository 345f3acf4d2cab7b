import type pg from 'pg';
import { backendCpu } from './cpu.ts';
import type { Figure, Measured } from './report.ts';
import { inTransaction, open, type Stage } from './stage.ts';
import { ratios, repeat, takeTurns } from './turns.ts';

const rounds = Number(process.env.ROUNDS ?? 9);
const batch = Number(process.env.BATCH ?? 50);

/** The same rows as ours, with a key and the indexes that the statements below need. */
const floorTables = `
  create schema bench;
  create table bench.orders (
    id uuid primary key, total numeric not null default 0, version integer not null default 1,
    updated_at timestamptz not null default now());
  create table bench.lines (
    id uuid primary key default gen_random_uuid(), order_id uuid not null references bench.orders,
    product_id uuid not null, quantity integer not null, price numeric not null, unique (order_id, product_id));
  create table bench.customers (id uuid primary key, last_activity_at timestamptz);
  create table bench.identities (
    id uuid primary key default gen_random_uuid(), customer_id uuid not null references bench.customers,
    external_user_id text not null unique, last_seen_at timestamptz);
  create table bench.threads (
    id uuid primary key, customer_id uuid not null references bench.customers, unread integer not null default 0,
    last_message_at timestamptz);
  create table bench.messages (
    id uuid primary key default gen_random_uuid(), thread_id uuid not null references bench.threads,
    external_id text not null unique, message text not null, status text not null, delivered_at timestamptz,
    created_at timestamptz not null default now());
  create table bench.events (
    id uuid primary key default gen_random_uuid(), message_id uuid not null references bench.messages,
    event_type text not null, occurred_at timestamptz not null default now());
  create index on bench.messages (thread_id, created_at);
  create index on bench.events (message_id);
  insert into bench.orders (id) values (gen_random_uuid());
  insert into bench.customers (id) values (gen_random_uuid());
  insert into bench.identities (customer_id, external_user_id) select id, 'sender' from bench.customers;
  insert into bench.threads (id, customer_id) select gen_random_uuid(), id from bench.customers`;

/** As many messages that wait for a receipt, there and in our own tables, as copies of one that was sent. */
const sent = (count: number) => `
  insert into bench.messages (thread_id, external_id, message, status)
  select t.id, 'sent.' || n, 'Your order has left', 'sent' from bench.threads as t, generate_series(1, ${count}) as n;
  set session_replication_role = replica;
  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, identity_id, message, direction, message_type, sender_type,
    external_message_id, delivery_status, occurred_at, sent_at, arrival
  )
  select h.tenant_id, h.thread_id, h.channel_id, h.customer_id, h.identity_id, 'Your order has left', 'outbound', 'text',
         'bot', 'sent.' || n, 'sent', now(), now(), 1000000 + n
    from (
      select h.*
        from commerce.conversation_history as h
        join commerce.channel as c on c.tenant_id = h.tenant_id and c.id = h.channel_id
       where c.external_account_id = 'demo-account-1' and h.direction = 'outbound'
       order by h.id
       limit 1
    ) as h, generate_series(1, ${count}) as n;
  reset session_replication_role`;

const floors = {
  line: `with line as (
           insert into bench.lines as l (order_id, product_id, quantity, price)
           select o.id, $1, $2, 2500 from bench.orders as o
           on conflict (order_id, product_id) do update set quantity = excluded.quantity, price = excluded.price
           returning l.order_id, l.quantity * l.price as amount
         )
         update bench.orders as o set total = l.amount, version = o.version + 1, updated_at = now()
           from line as l where o.id = l.order_id`,
  message: `with identity as (
              update bench.identities set last_seen_at = now() where external_user_id = 'sender' returning customer_id
            ), customer as (
              update bench.customers as c set last_activity_at = now() from identity as i where c.id = i.customer_id
            ), thread as (
              update bench.threads as t set unread = unread + 1, last_message_at = now()
                from identity as i where t.customer_id = i.customer_id returning t.id
            ), message as (
              insert into bench.messages (thread_id, external_id, message, status)
              select id, $1, 'Is it still there?', 'received' from thread returning id
            )
            insert into bench.events (message_id, event_type) select id, 'message_received' from message`,
  receipt: `with changed as (
              update bench.messages set status = 'delivered', delivered_at = now()
               where external_id = $1 and status = 'sent' returning id
            )
            insert into bench.events (message_id, event_type) select id, 'message_delivered' from changed`,
};

const ours = {
  line: `select version from api.set_order_line($1, $2, $3, $4)`,
  message: `select * from internal.receive_message('whatsapp', 'demo-account-1', '2348030000002', $1, 'Is it still there?')`,
  receipt: `select * from internal.record_receipt('whatsapp', 'demo-account-1', $1, 'delivered')`,
};

export const benchmark = {
  title: 'Other writes, against one prepared statement that stores the same rows',
  async run({ urls, client, tenantId, ownerSubject, openSession }: Stage): Promise<Measured> {
    await client.query(floorTables);
    await client.query(sent(batch * (rounds + 2)));
    const { rows: offered } = await client.query<{ id: string; order_id: string; version: number }>(
      `select p.id, o.id as order_id, o.version
         from commerce.orders as o
         join commerce.products as p
           on p.tenant_id = o.tenant_id and p.seller_id = o.seller_id and p.currency_code = o.currency_code
        where o.tenant_id = $1 and o.status = 'draft' and not o.is_deleted and o.discount_code is null
          and p.is_active and not p.is_deleted and coalesce(o.channel = any (p.visible_channels), true)
        order by o.id, p.id limit 1`,
      [tenantId],
    );
    const [basket] = offered;
    await client.query('vacuum analyze');
    const api = await open(urls.DATABASE_API_URL);
    const hooks = await open(urls.DATABASE_WORKER_URL);
    const owner = { role: 'commerce_member', sessionId: await openSession('member', ownerSubject) };
    const worker = { role: 'commerce_worker', sessionId: '' };

    let version = basket?.version;
    let count = 0;
    const receipts = { ours: 0, floor: 0 };
    const works: Record<
      string,
      [on: pg.Client, ours: () => Promise<unknown>, floor: () => Promise<unknown>]
    > = {
      "a basket's line": [
        api,
        () =>
          inTransaction(api, owner, async () => {
            const values = [basket?.order_id, basket?.id, 1 + (count++ % 7), version];
            version = (await api.query({ name: 'line', text: ours.line, values })).rows[0].version;
          }),
        () => client.query({ name: 'line', text: floors.line, values: [basket?.id, 1 + (count++ % 7)] }),
      ],
      'a message in': [
        hooks,
        () =>
          inTransaction(hooks, worker, () =>
            hooks.query({ name: 'message', text: ours.message, values: [`in.${count++}`] }),
          ),
        () => client.query({ name: 'message', text: floors.message, values: [`in.${count++}`] }),
      ],
      'a receipt': [
        hooks,
        () =>
          inTransaction(hooks, worker, () =>
            hooks.query({ name: 'receipt', text: ours.receipt, values: [`sent.${++receipts.ours}`] }),
          ),
        () => client.query({ name: 'receipt', text: floors.receipt, values: [`sent.${++receipts.floor}`] }),
      ],
    };
    const figures: Figure[] = [];
    try {
      for (const [name, [on, work, floor]] of Object.entries(works)) {
        const costs = await takeTurns(rounds, {
          ours: () => backendCpu(on, () => repeat(batch, work)),
          floor: () => backendCpu(client, () => repeat(batch, floor)),
        });
        figures.push(
          { what: `${name}: CPU`, rounds: ratios(costs.ours, costs.floor), atMost: 6 },
          {
            what: `${name}: milliseconds of CPU of the floor`,
            rounds: costs.floor.map((cost) => (cost * 1000) / batch),
          },
        );
      }
      return { figures };
    } finally {
      await Promise.all([api.end(), hooks.end()]);
    }
  },
};
