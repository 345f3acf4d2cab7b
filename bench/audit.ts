import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { backendCpu } from './cpu.ts';
import { cloned, revision } from './peers.ts';
import type { Figure, Measured } from './report.ts';
import type { Stage } from './stage.ts';
import { ratios, repeat, takeTurns } from './turns.ts';

const rounds = Number(process.env.ROUNDS ?? 3);
const rows = 2_000;

/** Two tables of the same form as products, of which one is audited. */
const tables = `
  create schema bench;
  create table bench.plain (
    id uuid primary key default gen_random_uuid(), tenant_id uuid not null, seller_id uuid not null,
    price numeric not null, compare_at_price numeric, currency_code text not null, tax_rate numeric not null default 0,
    inventory_count integer not null default 0, reserved_count integer not null default 0,
    low_stock_threshold integer, track_inventory boolean not null default true,
    allow_backorder boolean not null default false, is_active boolean not null default true, published_at timestamptz,
    name text not null, description text not null default '', short_description text, sku text,
    product_type text not null default 'physical', metadata jsonb not null default '{}',
    version integer not null default 1, created_at timestamptz not null default now(),
    updated_at timestamptz not null default now());
  create table bench.audited (like bench.plain including all)`;

const insert = (table: string, count: number, tenant: string) => `
  insert into bench.${table} (tenant_id, seller_id, price, currency_code, name, description, sku, inventory_count)
  select '${tenant}', gen_random_uuid(), n, 'NGN', 'Ankara dress ' || n,
         'Hand made from wax print cotton, lined, with two pockets and a belt of the same cloth', 'SKU-' || n, n
    from generate_series(1, ${count}) as n`;

/**
 * Changes of a table: how often in a round, and the statement for each turn. One connection makes them all, as that of a
 * pool does: what was planned for one of them is there for the next.
 */
const operations: Record<string, [times: number, change: (table: string, tenant: string) => string]> = {
  'update of one row': [
    200,
    (table) => `update bench.${table} set price = price + 1, updated_at = now() where id = $1`,
  ],
  'update of 1,000 rows': [
    5,
    (table) =>
      `update bench.${table} set price = price + 1, updated_at = now() where inventory_count <= 1000`,
  ],
  'insert of 20,000 rows': [1, (table, tenant) => insert(table, 20_000, tenant)],
};

/** A database whose table bench.audited is audited. */
type Side = { client: pg.Client; ids: string[] };

async function prepare(client: pg.Client, tenant: string): Promise<Side> {
  await client.query(tables);
  await client.query(insert('plain', rows, tenant));
  await client.query('insert into bench.audited select * from bench.plain');
  await client.query('create index on bench.plain (inventory_count)');
  await client.query('create index on bench.audited (inventory_count)');
  await client.query('vacuum analyze');
  const { rows: found } = await client.query<{ id: string }>('select id from bench.plain order by id');
  return { client, ids: found.map(({ id }) => id) };
}

/** The peers, how their code is installed, and how much of their added cost ours may be. */
const peers = {
  'audit-trigger': {
    url: 'https://github.com/2ndQuadrant/audit-trigger',
    atMost: 0.6,
    async attach(client: pg.Client, folder: string) {
      await client.query(await readFile(join(folder, 'audit.sql'), 'utf8'));
      // Without the text of each query, which would cost more.
      await client.query(`select audit.audit_table('bench.audited', true, false)`);
    },
  },
  supa_audit: {
    url: 'https://github.com/supabase/supa_audit',
    atMost: 0.3,
    async attach(client: pg.Client, folder: string) {
      const script = await readFile(join(folder, 'supa_audit--0.3.1.sql'), 'utf8');
      await client.query('create extension "uuid-ossp"');
      // What pg_dump has to know of an extension; this is none.
      await client.query(script.replace(/^select pg_catalog\.pg_extension_config_dump.*$/gm, ''));
      await client.query(`select audit.enable_tracking('bench.audited')`);
    },
  },
};

/** CPU that the change of the audited table costs beyond that of the other. */
async function added({ client, ids }: Side, tenant: string, name: string): Promise<number> {
  const [times, change] = operations[name] ?? [0, () => ''];
  const cost = (table: string) =>
    backendCpu(client, async () => {
      await client.query('begin');
      const text = change(table, tenant);
      await repeat(times, (turn) =>
        client.query({ name: `${name} ${table}`, text, values: text.includes('$1') ? [ids[turn]] : [] }),
      );
      await client.query('rollback');
    });
  const plain = await cost('plain');
  return (await cost('audited')) - plain;
}

export const benchmark = {
  title: 'Cost that the audit log adds to a change',
  async run({ client, tenantId, ownerSubject, openSession, openBeside }: Stage): Promise<Measured> {
    const sides: Record<string, Side> = { ours: await prepare(client, tenantId) };
    await client.query(`
      select audit.attach('bench.audited');
      grant usage on schema bench to commerce_member;
      grant select, insert, update on bench.plain, bench.audited to commerce_member`);
    await client.query(
      `select set_config('role', 'commerce_member', false), set_config('commerce.session', $1, false)`,
      [await openSession('member', ownerSubject)],
    );
    const absent: string[] = [];
    const revisions: Record<string, string> = {};
    for (const [name, { url, attach }] of Object.entries(peers)) {
      const folder = await cloned(url);
      if (folder === undefined) {
        absent.push(`${name}, as ${url} cannot be fetched`);
        continue;
      }
      const side = await prepare(await openBeside(name.replace('-', '_')), tenantId);
      await attach(side.client, folder);
      sides[name] = side;
      revisions[name] = await revision(folder);
    }
    const figures: Figure[] = [];
    for (const operation of Object.keys(operations)) {
      const costs = await takeTurns(
        rounds,
        Object.fromEntries(
          Object.entries(sides).map(([name, side]) => [name, () => added(side, tenantId, operation)]),
        ),
      );
      for (const [name, { atMost }] of Object.entries(peers)) {
        const theirs = costs[name];
        if (theirs === undefined) continue;
        figures.push({
          what: `${operation}, against ${name} ${revisions[name]}: added CPU`,
          rounds: ratios(costs.ours ?? [], theirs),
          atMost,
        });
      }
    }
    return { figures, absent };
  },
};
