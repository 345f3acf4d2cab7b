import { readFile } from 'node:fs/promises';
import pg from 'pg';
import {
  createMigratedDatabase,
  databaseUrls,
  dropDatabase,
  openThrowAwayServer,
} from '../src/embedded/throw-away.ts';

/**
 * `node bench/gate.ts`: what the gate of row-level security costs, as the ratio of the CPU time of a backend with it to
 * one without, on this machine's Linux. Both work by turns, so that a busy machine slows both.
 */
const rounds = Number(process.env.ROUNDS ?? 10);
const stock = 2_000;

type Side = { client: pg.Client; pid: number; name: string };

const server = await openThrowAwayServer(process.env.DATABASE_URL);

/** Nanoseconds of CPU that the backend has used. */
async function cpu(pid: number): Promise<number> {
  return Number((await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ')[0]);
}

const insert = `
  insert into api.products (seller_id, price, currency_code, name)
  select $1, n, 'GBP', 'Ankara dress ' || n from generate_series(1, $2::integer) as n`;

/** A merchant with 2,000 products, and a session of its owner for the whole connection. */
async function open(label: string, withGate: boolean): Promise<Side & { sellerId: string }> {
  const name = `${server.prefix}gate_${label}`;
  await createMigratedDatabase(server, name, process.env);
  const client = new pg.Client({ connectionString: databaseUrls(server, name, process.env).DATABASE_URL });
  await client.connect();
  if (!withGate) {
    await client.query(`
      do $$
      declare
        v_table regclass;
      begin
        for v_table in select polrelid from pg_policy where polname = 'tenant' loop
          execute format(
            'alter policy tenant on %s using (%s = (select internal.tenant_id()))',
            v_table, case when v_table = 'commerce.tenant'::regclass then 'id' else 'tenant_id' end);
          execute format('alter table %s drop column tenant_hash', v_table);
        end loop;
      end $$`);
  }
  await client.query(`begin; set local role commerce_worker`);
  await client.query(
    `select internal.provision_tenant('Bench', 'bench.example', 'owner@bench.example', 'owner', 'GB', 'GBP', 'en', 'enterprise', 'bench')`,
  );
  await client.query('commit');
  const { rows } = await client.query<{ session: string; seller_id: string; pid: number }>(
    `insert into internal.session (tenant_id, user_id, seller_id, role, permissions, expires_at)
     select s.tenant_id, s.user_id, s.id, 'commerce_member', (select array_agg(code) from commerce.permission), now() + '1 hour'
       from commerce.seller_profile as s
     returning id as session, seller_id, pg_backend_pid() as pid`,
  );
  const { session = '', seller_id: sellerId = '', pid = 0 } = rows[0] ?? {};
  await client.query(
    `select set_config('role', 'commerce_member', false), set_config('commerce.session', $1, false)`,
    [session],
  );
  await client.query(insert, [sellerId, stock]);
  await client.query('reset role');
  await client.query('vacuum analyze commerce.products');
  return { client, pid, name, sellerId };
}

type Work = (side: Side & { sellerId: string; ids: string[] }, turn: number) => Promise<unknown>;
const works: Record<string, [times: number, work: Work]> = {
  'one row by its id': [
    200,
    ({ client, ids }, turn) =>
      client.query({
        name: 'one',
        text: 'select id, name, price from api.products where id = $1',
        values: [ids[turn % ids.length]],
      }),
  ],
  'page of 50': [
    20,
    ({ client }) =>
      client.query({
        name: 'page',
        text: 'select id, name, price from api.products where is_active order by created_at desc, id desc limit 50',
      }),
  ],
  'insert of one row': [
    60,
    ({ client, sellerId }) => client.query({ name: 'insert', text: insert, values: [sellerId, 1] }),
  ],
  'insert of 1,000 rows': [
    1,
    ({ client, sellerId }) => client.query({ name: 'insert', text: insert, values: [sellerId, 1000] }),
  ],
};

try {
  const sides = [];
  for (const [label, isGated] of [
    ['without', false],
    ['with', true],
  ] as const) {
    const side = await open(label, isGated);
    const { rows } = await side.client.query<{ ids: string[]; size: string }>(
      `select array_agg(id) as ids, pg_table_size('commerce.products') as size from commerce.products`,
    );
    sides.push({ ...side, ids: rows[0]?.ids ?? [], size: Number(rows[0]?.size) });
  }
  const [without, withGate] = sides;
  for (const { client } of sides) await client.query('set role commerce_member');
  for (const [name, [times, work]] of Object.entries(works)) {
    const ratios: number[] = [];
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      const spent: number[] = [];
      // Who begins changes, so that neither always finds the caches of the other.
      for (const side of round % 2 ? sides : [...sides].reverse()) {
        await side.client.query('begin');
        const before = await cpu(side.pid);
        for (let turn = 0; turn < times; turn++) await work(side, turn);
        spent[sides.indexOf(side)] = (await cpu(side.pid)) - before;
        await side.client.query('rollback');
      }
      ratios.push((spent[1] ?? 0) / (spent[0] ?? 1));
      least = Math.min(least, (spent[1] ?? 0) / times / 1000);
    }
    const median = ratios.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
    console.log(
      `${name}: ${median.toFixed(3)} times the CPU without the gate (${least.toFixed(0)} µs with it)`,
    );
  }
  console.log(
    `table of ${stock} rows: ${((withGate?.size ?? 0) / (without?.size ?? 1)).toFixed(3)} times the size`,
  );
  for (const { client, name } of sides) {
    await client.end();
    await dropDatabase(server.url, name);
  }
} finally {
  await server.close();
}
