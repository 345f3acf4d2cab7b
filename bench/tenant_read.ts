import pg from 'pg';
import { ManyQuery } from '../src/database/prepared-query.ts';
import { createDatabase } from '../src/index.ts';
import { databaseCpu } from './cpu.ts';
import type { Figure, Measured } from './report.ts';
import { inTransaction, type Stage } from './stage.ts';
import { milliseconds, ratios, repeat, takeTurns } from './turns.ts';

const rounds = Number(process.env.ROUNDS ?? 15);
/** Reads in a round. */
const batch = Number(process.env.BATCH ?? 100);
const stock = 5_000;

/** The same rows with the same indexes, but without row-level security. */
const tables = (tenantId: string) => `
  set session_replication_role = replica;
  insert into commerce.products (tenant_id, seller_id, price, currency_code, name)
  select p.tenant_id, p.seller_id, n, p.currency_code, 'Ankara dress ' || n
    from (select * from commerce.products where tenant_id = '${tenantId}' order by id limit 1) as p, generate_series(1, ${stock}) as n;
  reset session_replication_role;
  create schema bench;
  grant usage on schema bench to commerce_member;
  create table bench.products (like commerce.products including all);
  grant select on bench.products to commerce_member;
  do $$
  declare
    v_columns text := (
      select string_agg(quote_ident(attname), ', ')
        from pg_attribute
       where attrelid = 'commerce.products'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    );
  begin
    execute format('insert into bench.products (%1$s) select %1$s from commerce.products', v_columns);
  end $$`;

const columns = `
  select id, seller_id, name, short_description, sku, price, currency_code, inventory_count, version, created_at`;
const reads = {
  'one row by its id': (table: string) => `${columns} from ${table} where tenant_id = $1 and id = $2`,
  'a page of 50 rows': (table: string) =>
    `${columns} from ${table} where tenant_id = $1 and id < $2 and not is_deleted order by id desc limit 50`,
};
/** How much more CPU of the database a read may take. */
const limits = { 'one row by its id': 1.6, 'a page of 50 rows': 1.15 };

export const benchmark = {
  title: 'Reads of a tenant, against the same by pg with WHERE on a table without row-level security',
  async run({ urls, client, tenantId, ownerSubject, openSession }: Stage): Promise<Measured> {
    await client.query(tables(tenantId));
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ id: string }>(
      'select id from commerce.products where tenant_id = $1 order by id desc limit 1000',
      [tenantId],
    );
    const owner = { tenantId, subject: ownerSubject, role: 'member' } as const;
    const session = { role: 'commerce_member', sessionId: await openSession('member', ownerSubject) };
    const db = createDatabase({
      connectionString: urls.DATABASE_API_URL,
      authConnectionString: urls.DATABASE_AUTH_URL,
      maxConnections: 1,
    });
    const pool = new pg.Pool({ connectionString: urls.DATABASE_API_URL, max: 1 });
    const byHand = async (work: (client: pg.PoolClient) => Promise<unknown>) => {
      const connection = await pool.connect();
      await inTransaction(connection, session, () => work(connection));
      connection.release();
    };
    /** CPU of the transaction's connection, which its pool may have to open first. */
    const cost = async (transaction: (times: number) => Promise<unknown>) => {
      await transaction(1);
      return databaseCpu(client, () => transaction(batch));
    };
    try {
      const figures: Figure[] = [];
      for (const [name, read] of Object.entries(reads)) {
        const ours = new ManyQuery<{ tenantId: string; id: string }, object>(name, read('api.products'), [
          'tenantId!',
          'id!',
        ]);
        const theirs = read('bench.products');
        const id = (turn: number) => rows[turn % rows.length]?.id ?? '';
        const together = await takeTurns(rounds, {
          ours: () =>
            cost((times) =>
              db.withTenant(owner, (tx) => repeat(times, (turn) => tx.run(ours, { id: id(turn) }))),
            ),
          theirs: () =>
            cost((times) =>
              byHand((each) => repeat(times, (turn) => each.query(theirs, [tenantId, id(turn)]))),
            ),
        });
        const alone = await takeTurns(rounds, {
          ours: () =>
            milliseconds(() =>
              repeat(batch, (turn) => db.withTenant(owner, (tx) => tx.run(ours, { id: id(turn) }))),
            ),
          theirs: () =>
            milliseconds(() =>
              repeat(batch, (turn) => byHand((each) => each.query(theirs, [tenantId, id(turn)]))),
            ),
        });
        figures.push(
          {
            what: `${name}, in an open transaction: CPU of the database`,
            rounds: ratios(together.ours, together.theirs),
            atMost: limits[name as keyof typeof limits],
          },
          {
            what: `${name}, with begin, session and commit on both sides: time through TCP and Node`,
            rounds: ratios(alone.ours, alone.theirs),
            atMost: 1.1,
          },
        );
      }
      return { figures };
    } finally {
      await Promise.all([db.close(), pool.end()]);
    }
  },
};
