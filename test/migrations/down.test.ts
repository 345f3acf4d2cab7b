import t from 'tap';
import { migrateDown, migrateUp } from '../../src/migrations/index.ts';
import { ccdb } from '../support/ccdb.ts';
import { createTestDatabase } from '../support/database.ts';
import { connect, emptyDatabase, failure, folder, migration } from './support.ts';

/** Taking migrations back destroys data: it is said, asked for, and done as a whole or not at all. */
t.test('of a database with merchants', async (t) => {
  const db = await createTestDatabase(t);
  const env = { DATABASE_URL: db.urls.DATABASE_URL };
  const count = async (): Promise<Record<string, string>> => {
    const { rows } = await db.installer.query(
      `select (select count(*) from ccdb.migrations) as migrations, (select count(*) from commerce.orders) as orders,
              (select count(*) from audit.log) as changes, (select count(*) from commerce.currency) as currencies`,
    );
    return rows[0];
  };
  const before = await count();

  for (const args of [[], ['all'], ['12']]) {
    const { code, stdout, stderr } = await ccdb(['down', ...args], env);
    t.equal(code, 1);
    t.match(stderr, 'ccdb: nothing was done: repeat it with --yes-lose-data if that may be lost\n');
    t.match(stdout, /^This takes back 0023_insert_reference_data/);
    t.strictSame(await count(), before, 'nothing has changed');
    if (args.length === 0) t.match(stdout, 'at most 155 rows of table commerce.currency');
    else for (const name of ['audit.log_2', 'commerce.payment ']) t.match(stdout, `  table ${name}`);
    if (args[0] === 'all')
      t.match(stdout, /table commerce\.orders \(about \d+ rows, \d+ kB\): Orders of one buyer/);
    if (args[0] === '12') t.notMatch(stdout, 'commerce.orders', 'what stays is not said to go');
  }

  t.match(await ccdb(['down', '--yes-lose-data'], env), { code: 0, stderr: '', stdout: '1 taken back' });
  t.strictSame((await count()).orders, before.orders);
  t.match(await ccdb(['up'], env), { code: 0, stdout: '1 applied' });
  t.match(await count(), {
    migrations: before.migrations,
    orders: before.orders,
    currencies: before.currencies,
  });

  t.match(await ccdb(['down', 'all', '--yes-lose-data'], env), { code: 0, stderr: '' });
  const { rows } = await db.installer.query(
    `select nspname from pg_namespace where nspname in ('commerce', 'internal', 'audit', 'api', 'ccdb')`,
  );
  t.strictSame(rows, [], 'the whole way');
  t.match(await ccdb(['down', 'all'], env), { code: 0, stdout: 'nothing to do' });
});

t.test('one that cannot be taken back stops all, before the first', async (t) => {
  const connectionString = await emptyDatabase(t);
  const client = await connect(t, connectionString);
  const directory = await folder(t, {
    '0001_a.sql': migration('create table public.a (id int primary key);', 'drop table public.a;'),
    '0002_b.sql': migration(
      'create table public.b (id int references public.a, note text);\ninsert into public.a values (1);\ninsert into public.b values (1);',
      'delete from public.a;\ndrop table public.b;',
    ),
    '0003_c.sql': migration('alter table public.b add more text;', 'alter table public.b drop more;'),
  });
  const options = { connectionString, directory };
  await migrateUp(options);
  const told: string[][] = [];
  const agree = (losses: string[]) => told.push(losses);
  t.match(
    await failure(migrateDown({ ...options, count: 3, agree })),
    /^nothing was taken back, as not all can be: 0002_b\.sql:\d+: update or delete on table "a" violates/,
  );
  t.strictSame(told, [], 'there is nothing to agree to');
  const { rows } = await client.query('select id, note, more from public.b');
  t.equal(rows.length, 1);

  await client.query('delete from public.b');
  t.strictSame(await migrateDown({ ...options, agree }), ['0003_c']);
  t.strictSame(told, [['column public.b.more']]);
});

t.test('what runs without a transaction is taken back all the same, and named', async (t) => {
  const connectionString = await emptyDatabase(t);
  const directory = await folder(t, {
    '0001_a.sql': migration('create table public.a (id int);', 'drop table public.a;'),
    '0002_b.sql': migration(
      '-- no transaction\ncreate index concurrently a_idx on public.a (id);',
      '-- no transaction\ndrop index concurrently public.a_idx;',
    ),
  });
  const lines: string[] = [];
  const options = { connectionString, directory, log: (line: string) => lines.push(line) };
  await migrateUp(options);
  t.strictSame(await migrateDown({ ...options, count: 2 }), ['0002_b', '0001_a']);
  t.ok(lines.includes('0002_b runs without a transaction: not rehearsed, nor what follows it'));
});
