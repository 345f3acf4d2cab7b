import t, { type Test } from 'tap';
import { readCatalogue } from '../../src/migrations/catalogue.ts';
import { readMigrations, type Section } from '../../src/migrations/files.ts';
import { migrateDown, migrateUp } from '../../src/migrations/index.ts';
import { createLedger } from '../../src/migrations/ledger.ts';
import { connect, emptyDatabase, installerDatabase } from './support.ts';

const files = await readMigrations();

/** What the migrations made in this database; roles belong to the cluster, and stay. */
function withoutRoles(catalogue: string): string {
  return catalogue
    .split('\n\n')
    .filter((object) => !object.startsWith('role '))
    .join('\n\n');
}

t.test('each Down takes exactly its Up back, and the way up again ends in the same schema', async (t) => {
  const connectionString = await emptyDatabase(t);
  const client = await connect(t, connectionString);
  const before: string[] = [];
  for (const { name } of files) {
    before.push(await readCatalogue(client));
    await migrateUp({ connectionString, to: name });
  }
  const complete = await readCatalogue(client);
  t.match(complete, 'table commerce.', 'there is something to compare');

  for (const [index, { name }] of [...files.entries()].reverse()) {
    await migrateDown({ connectionString });
    const after = await readCatalogue(client);
    const lines = new Set((index === 0 ? withoutRoles(before[0] ?? '') : (before[index] ?? '')).split('\n'));
    const left = (index === 0 ? withoutRoles(after) : after).split('\n').filter((line) => !lines.has(line));
    t.strictSame(left, [], `${name}: Down leaves nothing`);
    if (index > 0) t.equal(after, before[index], `${name}: Down takes nothing else`);
  }
  t.notMatch(await readCatalogue(client), 'default privileges', 'nothing of ours is left but roles');
  const { rows } = await client.query(
    "select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public')",
  );
  t.strictSame(rows, [], 'no schema is left');

  await migrateUp({ connectionString });
  t.equal(await readCatalogue(client), complete);
});

t.test('an installer without superuser, but with CREATEROLE, goes up, down and up', async (t) => {
  const connectionString = await installerDatabase(t);
  const client = await connect(t, connectionString);
  await migrateUp({ connectionString });
  const complete = await readCatalogue(client);
  await migrateDown({ connectionString, count: Number.POSITIVE_INFINITY });
  t.equal(withoutRoles(await readCatalogue(client)).trim(), '');
  await migrateUp({ connectionString });
  t.equal(await readCatalogue(client), complete);
});

t.test('temporary objects are taken from PUBLIC, or a warning says that the owner has to', async (t) => {
  for (const ownsIt of [true, false]) {
    const connectionString = await installerDatabase(t, { ownsIt });
    const client = await connect(t, connectionString);
    const isOpen = async () =>
      (await client.query(`select has_database_privilege('public', current_database(), 'temporary') as open`))
        .rows[0].open;
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    await migrateUp({ connectionString, to: '0001', log });
    t.equal(await isOpen(), !ownsIt);
    const warnings = lines.filter((line) => /^warning: .*temporary objects/.test(line));
    t.equal(warnings.length, ownsIt ? 0 : 1);
    if (!ownsIt) t.match(warnings[0], /\n.*revoke temporary on database/);
    await migrateDown({ connectionString });
    t.equal(await isOpen(), true, 'Down gives it back');
  }
});

t.test('databases of one cluster can be migrated at the same time', async (t) => {
  const urls = await Promise.all([emptyDatabase(t), emptyDatabase(t), emptyDatabase(t)]);
  const applied = await Promise.all(urls.map((connectionString) => migrateUp({ connectionString })));
  for (const names of applied) t.equal(names.length, files.length);
});

t.test('statements are counted as the server counts them', async (t) => {
  const connectionString = await emptyDatabase(t);
  const client = await connect(t, connectionString);
  await client.query(`${createLedger} set search_path = ''`);
  const run = async (t: Test, name: string, section: Section) => {
    if (!section.inTransaction || section.statements.length === 0) return;
    const results = await client.query(`begin;${section.sql};commit`);
    // Two more: begin and commit.
    t.equal((results as unknown as unknown[]).length, section.statements.length + 2, name);
  };
  for (const { fileName, up } of files) await run(t, `${fileName} up`, up);
  for (const { fileName, down } of files.toReversed()) await run(t, `${fileName} down`, down);
});
