import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import t, { type Test } from 'tap';
import { migrateDown, migrateUp, migrationPlan, migrationStatus } from '../../src/migrations/index.ts';
import { connect, emptyDatabase, failure, folder, migration } from './support.ts';

const three = {
  '0001_a.sql': migration('create table public.a (id int);', 'drop table public.a;'),
  '0002_b.sql': migration('create table public.b (id int);', 'drop table public.b;'),
  '0003_c.sql': migration('create table public.c (id int);', 'drop table public.c;'),
};

async function tables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
  );
  return rows.map(({ name }) => name);
}

/** Locks are left behind by nobody, and the runner's connections are gone. */
async function leftovers(client: pg.Client): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    if (rows[0]?.count === 0 || tries === 100) return rows[0]?.count ?? -1;
    await sleep(50);
  }
}

/** The process of the runner, once its migration has come to pg_sleep. */
async function sleeper(client: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
    );
    if (rows[0] !== undefined) return rows[0].pid;
    await sleep(20);
  }
}

async function scene(t: Test, files: Record<string, string>) {
  const connectionString = await emptyDatabase(t);
  const directory = await folder(t, files);
  const client = await connect(t, connectionString);
  const lines: string[] = [];
  const options = { connectionString, directory, log: (line: string) => lines.push(line) };
  return { connectionString, directory, client, lines, options };
}

t.test('up, to, down and status walk the migrations in order', async (t) => {
  const { client, lines, options } = await scene(t, three);
  t.strictSame(await migrateUp({ ...options, to: '0002' }), ['0001_a', '0002_b']);
  t.strictSame(lines, ['up 0001_a (1 of 2)', 'up 0002_b (2 of 2)']);
  t.strictSame(await tables(client), ['a', 'b']);
  t.match(await migrationStatus(options), [
    { name: '0001_a', state: 'applied', appliedAt: Date, problem: null },
    { name: '0002_b', state: 'applied' },
    { name: '0003_c', state: 'pending', appliedAt: null },
  ]);

  t.strictSame(await migrateUp(options), ['0003_c']);
  t.strictSame(await migrateUp(options), [], 'a second time there is nothing to do');
  t.strictSame(await migrateDown({ ...options, count: 2 }), ['0003_c', '0002_b']);
  t.strictSame(await tables(client), ['a']);
  t.equal(
    await failure(migrateDown({ ...options, count: 2 })),
    'cannot take back 2 migrations: 1 are applied',
  );
  t.strictSame(await migrateDown({ ...options, count: Number.POSITIVE_INFINITY }), ['0001_a']);
  const { rows } = await client.query("select to_regnamespace('ccdb') as ledger");
  t.strictSame(rows, [{ ledger: null }], 'the ledger goes with the last migration');
  t.equal(await failure(migrateUp({ ...options, to: '0009' })), 'no migration is called 0009');
});

t.test('an unreachable database is one clear line', async (t) => {
  const directory = await folder(t, three);
  const connectionString = 'postgres://nobody@127.0.0.1:1/none';
  t.equal(
    await failure(migrateUp({ connectionString, directory })),
    'cannot connect to the database 127.0.0.1:1/none: connect ECONNREFUSED 127.0.0.1:1',
  );
});

t.test('plan prints what up sends, and touches nothing', async (t) => {
  const { client, options } = await scene(t, three);
  const onlyRead = `alter database ${client.database} set default_transaction_read_only`;
  await client.query(`${onlyRead} = on`);
  const plan = await migrationPlan(options);
  await client.query(`${onlyRead} = off`);

  await client.query(plan);
  t.strictSame(await tables(client), ['a', 'b', 'c']);
  t.match(await migrationStatus(options), [{ state: 'applied' }, { state: 'applied' }, { state: 'applied' }]);
  t.strictSame(await migrateUp(options), [], 'up agrees that the printed SQL did everything');
  t.equal(await migrationPlan(options), '-- Nothing to do.\n');
  t.notMatch(
    await migrationPlan({ ...options, connectionString: await emptyDatabase(t), to: '0001' }),
    '0002_b',
  );
});

t.test('a file that does not fit what was applied stops everything, by file and line', async (t) => {
  const { client, directory, options } = await scene(t, three);
  await migrateUp({ ...options, to: '0002' });

  const edited = three['0001_a.sql'].replace('id int', 'id bigint');
  await writeFile(join(directory, '0001_a.sql'), edited);
  const message = '0001_a.sql:3: edited after it was applied; put the file back and write a new migration';
  t.equal(await failure(migrateUp(options)), message);
  t.equal(await failure(migrateDown(options)), message);
  t.equal(await failure(migrationPlan(options)), message);
  t.match(await migrationStatus(options), [{ name: '0001_a', state: 'edited', problem: message }]);
  await writeFile(join(directory, '0001_a.sql'), `${three['0001_a.sql']}-- more\n`);
  t.match(await failure(migrateUp(options)), '0001_a.sql:7: edited', 'an appended line');
  await writeFile(join(directory, '0001_a.sql'), three['0001_a.sql'].replaceAll('\n', '\r\n'));
  t.equal((await migrationStatus(options))[0]?.state, 'applied', 'other line ends are no edit');

  await rm(join(directory, '0002_b.sql'));
  t.match(await failure(migrateUp(options)), '0002_b.sql: applied to this database, but the file is missing');
  await writeFile(join(directory, '0002_b.sql'), three['0002_b.sql']);

  await writeFile(join(directory, '0001_z.sql'), three['0003_c.sql']);
  t.match(await failure(migrateUp(options)), '0001_z.sql: has the number of 0001_a.sql');
  await rm(join(directory, '0001_z.sql'));

  await migrateUp(options);
  await migrateDown(options);
  await migrateDown(options);
  await rm(join(directory, '0002_b.sql'));
  await migrateUp(options);
  await writeFile(join(directory, '0002_b.sql'), three['0002_b.sql']);
  t.equal(
    await failure(migrateUp(options)),
    '0002_b.sql: not applied, although 0003_c.sql already is; give it a number above 0003',
  );
  t.strictSame(await tables(client), ['a', 'c'], 'nothing was applied');
});

for (const [name, [sql, message]] of Object.entries({
  'a syntax error': [
    "select 'é😀', '😀';\n\nselect '😀' frm pg_class;",
    /^0002_x\.sql:5: syntax error at or near "pg_class"/,
  ],
  'an unknown column': [
    "select '😀😀😀';\nselect\n  nothing;",
    /^0002_x\.sql:5: column "nothing" does not exist/,
  ],
  'an error without a position': [
    'create table public.x (id int);\n-- again; and again\ncreate table public.x (id int);',
    /^0002_x\.sql:5: relation "x" already exists$/,
  ],
  'an error raised in a block': [
    "select 1;\ndo $$ begin\n  raise exception using message = 'no; never', detail = 'Why.', hint = 'Do.';\nend $$;",
    /^0002_x\.sql:4: no; never\n {2}Why\.\n {2}Do\.\n {2}PL\/pgSQL function inline_code_block line 2 at RAISE$/,
  ],
  'an error at commit': [
    'create table public.x (id int unique deferrable initially deferred);\ninsert into public.x values (1), (1);',
    /^0002_x\.sql: duplicate key value violates unique constraint/,
  ],
  'what cannot run in a transaction': [
    'select 1;\nvacuum;',
    /^0002_x\.sql:4: VACUUM cannot run inside a transaction block/,
  ],
  'an error outside a transaction': [
    '-- no transaction\ncreate table public.x (id int);\n\ncreate index concurrently x_idx on public.x (nothing);',
    /^0002_x\.sql:5: column "nothing" does not exist\n {2}This section runs without a transaction/,
  ],
})) {
  t.test(`${name} names file and line, and leaves nothing half-applied`, async (t) => {
    const { client, options } = await scene(t, {
      '0001_a.sql': three['0001_a.sql'],
      '0002_x.sql': migration(sql as string, 'drop table public.x;'),
      '0003_c.sql': three['0003_c.sql'],
    });
    t.match(await failure(migrateUp(options)), message);
    t.match(await migrationStatus(options), [
      { state: 'applied' },
      { state: 'pending' },
      { state: 'pending' },
    ]);
    const expected = name === 'an error outside a transaction' ? ['a', 'x'] : ['a'];
    t.strictSame(await tables(client), expected);
    t.equal(await leftovers(client), 0, 'the connection has ended, and its lock with it');
  });
}

t.test('a first migration that fails leaves an empty database', async (t) => {
  const { client, options } = await scene(t, { '0001_x.sql': migration('select 1 / 0;') });
  t.match(await failure(migrateUp(options)), '0001_x.sql:3: division by zero');
  const { rows } = await client.query("select to_regnamespace('ccdb') as ledger");
  t.strictSame(rows, [{ ledger: null }]);
});

t.test('a section may become another role; the ledger is still written', async (t) => {
  const { options } = await scene(t, {
    '0001_a.sql': migration('set local role pg_monitor;', 'set local role pg_monitor;'),
    '0002_b.sql': migration('-- no transaction\nset role pg_monitor;\nselect 1;'),
  });
  t.strictSame(await migrateUp(options), ['0001_a', '0002_b']);
  t.strictSame(await migrateDown({ ...options, count: 2 }), ['0002_b', '0001_a']);
});

t.test('two at once: the second waits, and both end well', async (t) => {
  const files = {
    '0001_a.sql': migration('create table public.a (id int);\nselect pg_sleep(0.5);'),
    // Waits for every snapshot in the database, so it would wait for a second runner that held one.
    '0002_b.sql': migration('-- no transaction\ncreate index concurrently a_idx on public.a (id);'),
  };
  const { client, lines, options } = await scene(t, files);
  const applied = await Promise.all([migrateUp(options), migrateUp(options), migrateUp(options)]);
  t.strictSame(applied.flat().sort(), ['0001_a', '0002_b'], 'each migration ran once');
  t.equal(
    lines.filter((line) => line === 'another migration of this database is running; waiting for it to end')
      .length,
    2,
  );
  t.equal(await leftovers(client), 0);
});

t.test('a lock held by someone else is tried again', async (t) => {
  const { client, lines, options } = await scene(t, {
    '0001_a.sql': migration('create table public.a (id int);'),
    '0002_b.sql':
      "-- Up Migration\nset local lock_timeout = '50ms';\nalter table public.a add b int;\n-- Down Migration\n",
  });
  await migrateUp({ ...options, to: '0001' });
  await client.query('begin; lock table public.a');
  const up = migrateUp(options);
  while (lines.length < 3) await sleep(10);
  await client.query('commit');
  t.strictSame(await up, ['0002_b']);
  t.match(lines[2], '0002_b.sql:3: canceling statement due to lock timeout; trying again');
});

t.test('a lock that nobody gives back ends in an error', async (t) => {
  const { client, options } = await scene(t, {
    '0001_a.sql': migration('create table public.a (id int);'),
    '0002_b.sql':
      "-- Up Migration\nset local lock_timeout = '10ms';\nalter table public.a add b int;\n-- Down Migration\n",
  });
  await migrateUp({ ...options, to: '0001' });
  await client.query('begin; lock table public.a');
  t.match(await failure(migrateUp(options)), '0002_b.sql:3: canceling statement due to lock timeout');
  await client.query('commit');
});

const slow = {
  '0001_a.sql': three['0001_a.sql'],
  '0002_b.sql': migration('create table public.b (id int);\nselect pg_sleep(600);'),
};

t.test('a runner that is killed leaves nothing behind', async (t) => {
  const { client, connectionString, directory, options } = await scene(t, slow);
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    const script = fileURLToPath(new URL('up-process.ts', import.meta.url));
    const child = spawn(process.execPath, [script, directory], {
      env: { ...process.env, DATABASE_URL: connectionString },
      stdio: 'inherit',
    });
    await sleeper(client);
    child.kill(signal);
    await once(child, 'exit');
    t.equal(await leftovers(client), 0, 'the server has noticed');
    t.strictSame(await tables(client), ['a']);
  }
  await writeFile(join(directory, '0002_b.sql'), three['0002_b.sql']);
  t.strictSame(await migrateUp(options), ['0002_b'], 'the next one goes on');
});

t.test('a server that ends the connection is one clear line', async (t) => {
  const { client, options } = await scene(t, slow);
  const up = failure(migrateUp(options));
  await client.query('select pg_terminate_backend($1)', [await sleeper(client)]);
  t.match(await up, '0002_b.sql:4: terminating connection due to administrator command');
  t.strictSame(await tables(client), ['a']);
});
