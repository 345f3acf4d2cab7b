import { randomBytes } from 'node:crypto';
import pg from 'pg';
import t from 'tap';
import { dropDatabase } from '../../src/embedded/throw-away.ts';
import { migrateUp, migrationPlan } from '../../src/migrations/index.ts';
import { withClient } from '../../src/operations/client.ts';
import { withDatabase } from '../../src/operations/login-urls.ts';
import { connect, emptyDatabase, failure } from './support.ts';

const server = process.env.DATABASE_URL ?? '';

/** Schemas that a migration would have made. */
async function made(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query(
    `select nspname from pg_namespace where nspname in ('ccdb', 'commerce', 'api', 'audit', 'internal')`,
  );
  return rows;
}

t.test('what a database is set to changes nothing of what the migrations make', async (t) => {
  const url = await emptyDatabase(t);
  const client = await connect(t, url);
  const { rows } = await client.query('select current_database() as name');
  for (const setting of [
    `DateStyle = 'SQL, DMY'`,
    `TimeZone = 'Asia/Kolkata'`,
    'standard_conforming_strings = off',
    'row_security = off',
    `client_encoding = 'LATIN1'`,
    `statement_timeout = '5ms'`,
    `lock_timeout = '1ms'`,
    `idle_in_transaction_session_timeout = '1ms'`,
    'default_transaction_isolation = serializable',
    'quote_all_identifiers = on',
    'search_path = nowhere',
  ]) {
    await client.query(`alter database ${pg.escapeIdentifier(rows[0].name)} set ${setting}`);
  }
  await migrateUp({ connectionString: url });
  t.equal((await made(client)).length, 5);
  const comments = await withClient(url, (ours) =>
    ours.query(`select count(*)::int as count from pg_description where description ~ '[^ -~\\s]'`),
  );
  const plain = await withClient(
    withDatabase(server, `${process.env.TEST_DATABASE_PREFIX}template_empty`),
    (theirs) =>
      theirs.query(`select count(*)::int as count from pg_description where description ~ '[^ -~\\s]'`),
  );
  t.same(comments.rows, plain.rows, 'no letter is lost');
});

t.test('a database that was made read-only stays so, and nothing is done', async (t) => {
  const url = await emptyDatabase(t);
  const client = await connect(t, url);
  const { rows } = await client.query('select current_database() as name');
  await client.query(
    `alter database ${pg.escapeIdentifier(rows[0].name)} set default_transaction_read_only = on`,
  );
  await t.rejects(migrateUp({ connectionString: url }), { message: /read-only transaction/ });
  t.same(await made(client), []);
});

t.test('an encoding other than UTF8 is refused before anything is done', async (t) => {
  const name = `${process.env.TEST_DATABASE_PREFIX}${randomBytes(6).toString('hex')}`;
  await withClient(server, (client) =>
    client.query(
      `create database ${name} template template0 encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
    ),
  );
  t.teardown(() => dropDatabase(server, name));
  const url = withDatabase(server, name);
  const client = await connect(t, url);
  for (const run of [migrateUp, migrationPlan]) {
    t.equal(
      await failure(run({ connectionString: url })),
      `the database has the encoding LATIN1: make one with encoding 'UTF8'`,
    );
  }
  t.same(await made(client), []);
});

t.test('an extension in another schema is refused before anything is done', async (t) => {
  const url = await emptyDatabase(t);
  const client = await connect(t, url);
  await client.query('create extension pg_trgm schema public');
  t.equal(
    await failure(migrateUp({ connectionString: url })),
    'the extension pg_trgm is in the schema public, and has to be in internal, which the first migration makes: drop it, or take a database of its own',
  );
  t.same(await made(client), []);
  await client.query('drop extension pg_trgm');
  await migrateUp({ connectionString: url });
  await client.query('alter extension pg_trgm set schema public');
  t.match(
    await failure(migrateUp({ connectionString: url })),
    /alter extension pg_trgm set schema internal$/,
  );
});
