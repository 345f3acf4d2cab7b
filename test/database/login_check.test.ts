import pg from 'pg';
import t from 'tap';
import { findLoginFaults } from '../../src/operations/login-check.ts';
import { only, openPackage } from './package.ts';

/** What the package's roles have and should not is named, whichever login asks. */
const { scene } = await openPackage(t, { template: 'empty' });
const { name } = only((await scene.installer.query('select current_database() as name')).rows);
const database = pg.escapeIdentifier(name);

/** What is found within a transaction that is taken back: roles belong to the whole cluster, and other tests use it. */
async function faultsDuring(...change: string[]): Promise<string[]> {
  const client = await scene.installer.connect();
  try {
    await client.query('begin');
    for (const text of change) await client.query(text);
    return await findLoginFaults(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

t.test('a database as the migrations leave it has no fault, for every login that asks', async (t) => {
  for (const pool of [scene.installer, scene.api]) t.same(await findLoginFaults(pool), []);
});

t.test('what a role sets for itself', async (t) => {
  await scene.api.query(`alter role commerce_api in database ${database} set statement_timeout = '1ms'`);
  await scene.api.query(`alter role commerce_api in database ${database} set row_security = off`);
  t.same(await findLoginFaults(scene.installer), [
    `commerce_api is set to row_security=off in database ${name}`,
    `commerce_api is set to statement_timeout=1ms in database ${name}`,
  ]);
  await scene.installer.query(`alter role commerce_api in database ${database} reset all`);
  t.same(await faultsDuring(`alter role commerce_auth set role = 'commerce_auth'`), [
    'commerce_auth is set to role=commerce_auth',
  ]);
});

t.test('each right that a role gains', async (t) => {
  const cases: [change: string[], faults: string[]][] = [
    [['alter role commerce_api bypassrls'], ['commerce_api has BYPASSRLS']],
    [['alter role commerce_member bypassrls'], ['commerce_member has BYPASSRLS']],
    [['alter role commerce_auth superuser'], ['commerce_auth has SUPERUSER']],
    [['alter role commerce_definer login'], ['commerce_definer has LOGIN']],
    [
      ['alter role commerce_worker_login createrole createdb replication'],
      ['CREATEDB', 'CREATEROLE', 'REPLICATION'].map((each) => `commerce_worker_login has ${each}`),
    ],
    [['alter role commerce_platform_login inherit'], ['commerce_platform_login has INHERIT']],
    [['grant commerce_definer to commerce_api'], [/^commerce_api is a member of commerce_definer/]],
    [['grant pg_read_all_data to commerce_member'], [/^commerce_member is a member of pg_read_all_data/]],
    [['grant commerce_owner to commerce_buyer'], [/^commerce_buyer is a member of commerce_owner/]],
    [
      ['grant commerce_member to commerce_api with admin option'],
      ['commerce_api is a member of commerce_member with the right to grant it'],
    ],
    [
      ['create role ccdb_test_intern login', 'grant commerce_system to ccdb_test_intern'],
      [/^ccdb_test_intern is a member of commerce_system/],
    ],
    [
      ['create table public.notes (id integer)', 'alter table public.notes owner to commerce_api'],
      ['commerce_api owns objects of this database'],
    ],
    [
      ['grant select on commerce.kyc_info to commerce_anonymous'],
      ['commerce_anonymous on table commerce.kyc_info: other rights than the migrations grant'],
    ],
    [
      ['grant update (price) on commerce.products to commerce_buyer'],
      ['commerce_buyer on table commerce.products: other rights than the migrations grant'],
    ],
    [
      ['grant select on internal.session to public'],
      ['PUBLIC on table internal.session: other rights than the migrations grant'],
    ],
    [
      ['grant execute on function internal.open_session to commerce_api'],
      [/^commerce_api on function internal\.open_session\(.*\): other rights than the migrations grant/],
    ],
    [
      ['grant create on schema api to commerce_member'],
      ['commerce_member on schema api: other rights than the migrations grant'],
    ],
    // As a dump that is restored into a database of another name leaves it.
    [
      [`grant temporary on database ${database} to public`],
      ['PUBLIC may make temporary objects in this database'],
    ],
    ...['lo_create(oid)', 'lo_from_bytea(oid, bytea)', 'lo_get(oid)', 'loread(integer, integer)'].map(
      (name) => [[`grant execute on function ${name} to public`], ['PUBLIC may make and read large objects']],
    ),
  ] as never;
  for (const [change, faults] of cases) {
    const found = await faultsDuring(...change);
    t.match(found, faults, change.join('; '));
    t.equal(found.length, faults.length);
  }
  t.same(await findLoginFaults(scene.installer), [], 'and nothing is left');
});

t.test('a database of another release grants otherwise, and that is no fault', async (t) => {
  const change = [
    `delete from ccdb.migrations where name = (select max(name) from ccdb.migrations)`,
    'grant select on commerce.kyc_info to commerce_anonymous',
  ];
  t.same(await faultsDuring(...change), []);
});
