import type pg from 'pg';
import { backendCpu } from './cpu.ts';
import type { Figure, Measured } from './report.ts';
import type { Stage } from './stage.ts';
import { ratios, repeat, takeTurns } from './turns.ts';

const rounds = Number(process.env.ROUNDS ?? 9);
const changes = Number(process.env.BATCH ?? 300);
const rows = 2_000;

/**
 * Two tables with the same rows, a plain one and one with the triggers that every edited table of the product has, and
 * two tables of children, whose foreign key has one column or two.
 */
const tables = `
  create schema bench;
  create table bench.plain (
    id uuid primary key, tenant_id uuid not null, name text not null, version integer not null default 1,
    updated_at timestamptz not null default now(), unique (tenant_id, id));
  create table bench.versioned (like bench.plain including all);
  select internal.attach_version('bench.versioned');
  create table bench.child_of_one (
    id bigint generated always as identity primary key, tenant_id uuid not null,
    parent_id uuid not null references bench.plain (id));
  create table bench.child_of_two (
    id bigint generated always as identity primary key, tenant_id uuid not null, parent_id uuid not null,
    foreign key (tenant_id, parent_id) references bench.plain (tenant_id, id));
  insert into bench.plain (id, tenant_id, name)
  select gen_random_uuid(), t, 'Row ' || n from generate_series(1, ${rows}) as n, gen_random_uuid() as t;
  insert into bench.versioned select * from bench.plain;
  vacuum analyze`;

const update = (table: string) =>
  `update bench.${table} set name = name || '', version = version where id = $1`;
const insert = (table: string) =>
  `insert into bench.${table} (tenant_id, parent_id) select tenant_id, id from bench.plain where id = $1`;

/** The cost of one statement as a multiple of that of another. */
async function compare(client: pg.Client, ids: string[], ours: string, plain: string): Promise<number[]> {
  const cost = (text: string) =>
    backendCpu(client, async () => {
      await client.query('begin');
      await repeat(changes, (turn) =>
        client.query({ name: text.slice(0, 60), text, values: [ids[turn % ids.length]] }),
      );
      await client.query('rollback');
    });
  const costs = await takeTurns(rounds, { ours: () => cost(ours), plain: () => cost(plain) });
  return ratios(costs.ours, costs.plain);
}

export const benchmark = {
  title: 'Versions and composite keys',
  async run({ client }: Stage): Promise<Measured> {
    for (const statement of tables.split(';')) await client.query(statement);
    const { rows: found } = await client.query<{ id: string }>('select id from bench.plain');
    const ids = found.map(({ id }) => id);
    const figures: Figure[] = [
      {
        what: 'update with the triggers of version and updated_at, against none: CPU',
        rounds: await compare(client, ids, update('versioned'), update('plain')),
        atMost: 1.25,
      },
      {
        what: 'insert with a composite foreign key, against a simple one: CPU',
        rounds: await compare(client, ids, insert('child_of_two'), insert('child_of_one')),
        atMost: 1.1,
      },
    ];
    return { figures };
  },
};
