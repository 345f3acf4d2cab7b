import pg from 'pg';
import t from 'tap';
import { CommerceClient } from '../../src/database/commerce-client.ts';
import { createProduct, type Database, getProduct, searchProducts } from '../../src/index.ts';
import { everySetting, find, leave } from './connection-state.ts';
import { connect, demoTenant, only, openPackage } from './package.ts';

/** What a role or a database is set to changes nothing for the connections of the package. */
const { scene } = await openPackage(t);
const ours = await demoTenant(scene, 1);
const theirs = await demoTenant(scene, 2);
const { rows: databases } = await scene.installer.query<{ name: string }>(
  'select current_database() as name',
);
const database = pg.escapeIdentifier(only(databases).name);

/** What decides results, durability and limits, and what it has to be. */
const expected: Record<string, string> = {
  array_nulls: 'on',
  backslash_quote: 'safe_encoding',
  bytea_output: 'hex',
  check_function_bodies: 'on',
  client_encoding: 'UTF8',
  client_min_messages: 'notice',
  DateStyle: 'ISO, MDY',
  default_text_search_config: 'pg_catalog.simple',
  default_transaction_deferrable: 'off',
  default_transaction_isolation: 'read committed',
  exit_on_error: 'off',
  extra_float_digits: '1',
  gin_fuzzy_search_limit: '0',
  idle_in_transaction_session_timeout: '300000',
  idle_session_timeout: '0',
  IntervalStyle: 'postgres',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  local_preload_libraries: '',
  lock_timeout: '10000',
  log_parameter_max_length_on_error: '0',
  password_encryption: 'scram-sha-256',
  quote_all_identifiers: 'off',
  restrict_nonsystem_relation_kind: '',
  row_security: 'on',
  search_path: 'pg_catalog, pg_temp',
  standard_conforming_strings: 'on',
  statement_timeout: '60000',
  synchronous_commit: 'on',
  tcp_user_timeout: '0',
  TimeZone: 'UTC',
  timezone_abbreviations: 'Default',
  transaction_timeout: '0',
  transform_null_equals: 'off',
  xmlbinary: 'base64',
  xmloption: 'content',
};
/** Of extensions; the server knows them only once they are loaded. */
const expectedOfExtensions: Record<string, string> = {
  'pg_trgm.similarity_threshold': '0.3',
  'pg_trgm.strict_word_similarity_threshold': '0.5',
  'pg_trgm.word_similarity_threshold': '0.6',
  'plpgsql.check_asserts': 'on',
  'plpgsql.extra_errors': 'none',
  'plpgsql.extra_warnings': 'none',
  'plpgsql.print_strict_params': 'off',
};
const otherOfExtensions: [string, string][] = [
  ['pg_trgm.similarity_threshold', '0.99'],
  ['pg_trgm.strict_word_similarity_threshold', '0.99'],
  ['pg_trgm.word_similarity_threshold', '0.99'],
  ['plpgsql.check_asserts', 'off'],
  ['plpgsql.extra_errors', 'all'],
  ['plpgsql.extra_warnings', 'all'],
  ['plpgsql.print_strict_params', 'on'],
];

/** What is the server's to say: how fast, how much memory, where to; no statement's outcome. */
const ofTheServer = [
  /^(enable|geqo|jit|vacuum|parallel|min_parallel|max_parallel|cpu|debug|trace|tcp_keepalives)_/,
  /^(geqo|jit|application_name|commit_siblings|constraint_exclusion|from_collapse_limit|join_collapse_limit)$/,
  /(_cost|_mem|_page_cost|_concurrency|_buffers|_flush_after|_combine_limit|_skip_threshold)$/,
  /^(default_statistics_target|cursor_tuple_fraction|effective_cache_size|hash_mem_multiplier|plan_cache_mode)$/,
  /^(recursive_worktable_factor|gin_pending_list_limit|synchronize_seqscans|stats_fetch_consistency)$/,
  /^(client_connection_check_interval|wal_sender_timeout|file_copy_method|default_toast_compression)$/,
  /^(force_parallel_mode|default_tablespace|temp_tablespaces|default_table_access_method)$/,
  // Of who creates roles, collations and passwords, and of warnings.
  /^(createrole_self_grant|icu_validation_level|scram_iterations|md5_password_warnings|escape_string_warning)$/,
];

const settingsQuery = `select name, setting from pg_settings where name = any ($1)`;

async function settingsOf(db: Database): Promise<Record<string, string>> {
  return db.withTenant(theirs.owner, async (tx) => {
    const names = Object.keys({ ...expected, ...expectedOfExtensions });
    // The extensions are loaded by the code that uses them.
    await tx.run(searchProducts, { query: 'cofee', first: 5 });
    const rows = await tx.sql<{ name: string; setting: string }>(settingsQuery, [names]);
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  });
}

/** Whether a database takes changes is its administrator's to say: a test of its own. */
const settings = (await everySetting(scene.api)).filter(([name]) => name !== 'default_transaction_read_only');
const known = new Set(settings.map(([name]) => name));
const here = Object.fromEntries(Object.entries(expected).filter(([name]) => known.has(name)));

/** Sets everything otherwise for this database, as the login itself may; what an extension defines, an administrator. */
async function alterRole(login: string, url: string): Promise<void> {
  const own = new pg.Client({ connectionString: url });
  await own.connect();
  const set = (client: Pick<pg.Client, 'query'>, name: string, value: string) =>
    client.query(`alter role ${login} in database ${database} set ${name} = ${pg.escapeLiteral(value)}`);
  for (const [name, value] of settings) await set(own, name, value);
  for (const [name, value] of otherOfExtensions) await set(scene.installer, name, value);
  await own.end();
}

t.test('every setting that a login may change is in the list, or left to the server', (t) => {
  for (const name of known) {
    const isLeft = ofTheServer.some((pattern) => pattern.test(name));
    if (isLeft === name in expected) t.fail(`${name} is ${isLeft ? 'in both' : 'in neither'}`);
  }
  t.ok(Object.keys(here).length >= Object.keys(expected).length - 2, 'all but those of later versions');
  t.end();
});

t.test('a login that is set otherwise in everything', async (t) => {
  const before = connect(scene);
  const words = 'Zoë’s Käse \\ café';
  const work = (db: Database) =>
    db.withTenant(theirs.owner, async (tx) => {
      const { id } = await tx.run(createProduct, {
        sellerId: theirs.sellerId,
        name: words,
        price: '1234.5',
        currencyCode: 'NGN',
      });
      const { name, price, createdAt } = only(await tx.run(getProduct, { productId: id }));
      const found = await tx.run(searchProducts, { query: 'käse café', first: 5 });
      return { name, price, isDate: createdAt instanceof Date, found: found.length > 0 };
    });
  const result = await work(before);
  await before.close();

  await alterRole('commerce_api', scene.urls.DATABASE_API_URL);
  await alterRole('commerce_auth', scene.urls.DATABASE_AUTH_URL);
  const db = connect(scene, { maxConnections: 1 });
  t.teardown(() => db.close());
  t.same(await settingsOf(db), { ...here, ...expectedOfExtensions });
  t.same(await work(db), result);

  // What an application's text changes comes back to the same, and not to what the role has.
  await leave(db, ours.owner, [
    `set statement_timeout = '1h'`,
    'set synchronous_commit = off',
    `set client_encoding = 'LATIN1'`,
    'set row_security = off',
  ]);
  t.same(await settingsOf(db), { ...here, ...expectedOfExtensions });

  const raw = new pg.Client({ connectionString: scene.urls.DATABASE_API_URL });
  raw.on('error', () => {});
  await t.rejects(raw.connect(), { code: '58P01' }, 'a connection without the list does not even begin');
});

t.test('a role that the login becomes by itself', async (t) => {
  await scene.installer.query(`alter role commerce_api in database ${database} reset all`);
  await scene.api.query(`alter role commerce_api in database ${database} set role = commerce_buyer`);
  const db = connect(scene, { maxConnections: 1 });
  t.teardown(() => db.close());
  const role = `select current_user::text as user, current_setting('role') as role`;
  t.same((await find(db, ours.owner, role)).rows, [{ user: 'commerce_api', role: 'none' }]);
  await scene.installer.query(`alter role commerce_api in database ${database} reset all`);
});

t.test('what a database and the limits of a process say', async (t) => {
  const skipped = ['local_preload_libraries', 'exit_on_error'];
  for (const [name, value] of settings) {
    if (skipped.includes(name)) continue;
    await scene.installer.query(`alter database ${database} set ${name} = ${pg.escapeLiteral(value)}`);
  }
  await scene.installer.query(`alter role commerce_auth in database ${database} reset all`);
  const plain = new pg.Client({ connectionString: scene.urls.DATABASE_API_URL });
  await plain.connect();
  const left = await plain.query(settingsQuery, [Object.keys(expected)]);
  await plain.end();
  const same = left.rows.filter(({ name, setting }) => setting === here[name]).map(({ name }) => name);
  // The driver itself asks for UTF8, and the system has no timeout as long as the greatest value.
  t.same(
    same.sort(),
    ['client_encoding', 'tcp_user_timeout', ...skipped].sort(),
    'without the list all are as the database says',
  );
  const db = connect(scene, { maxConnections: 1, statementTimeout: 1234, idleInTransactionTimeout: 4321 });
  t.teardown(() => db.close());
  t.same(await settingsOf(db), {
    ...here,
    ...expectedOfExtensions,
    statement_timeout: '1234',
    idle_in_transaction_session_timeout: '4321',
  });
  const url = new URL(scene.urls.DATABASE_API_URL);
  url.searchParams.set('options', '-c synchronous_commit=remote_apply -c work_mem=8MB');
  const own = connect(scene, { connectionString: url.href });
  t.teardown(() => own.close());
  t.match(
    await settingsOf(own),
    { ...here, synchronous_commit: 'remote_apply' },
    'the operator has the last word',
  );

  const installer = new CommerceClient({ connectionString: scene.urls.DATABASE_URL });
  await installer.connect();
  t.teardown(() => installer.end());
  const { rows } = await installer.query(settingsQuery, [Object.keys(expected)]);
  t.same(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])), {
    ...here,
    statement_timeout: '0',
    lock_timeout: '0',
    idle_in_transaction_session_timeout: '0',
  });
  await scene.installer.query(`alter database ${database} reset all`);
});

t.test('a database that its administrator has made read-only stays so', async (t) => {
  const warm = connect(scene);
  t.teardown(() => warm.close());
  const rename = (db: Database) =>
    db.withTenant(ours.owner, (tx) =>
      tx.sql(`update api.products set name = name, version = version where false`),
    );
  await rename(warm);
  await scene.installer.query(`alter database ${database} set default_transaction_read_only = on`);
  const db = connect(scene, {
    authConnectionString: `${scene.urls.DATABASE_AUTH_URL}?options=-c%20default_transaction_read_only%3Doff`,
  });
  t.teardown(() => db.close());
  await t.rejects(rename(db), { code: 'UNAVAILABLE', reason: 'READ_ONLY', sqlState: '25006' });
  await scene.installer.query(`alter database ${database} reset all`);
});
