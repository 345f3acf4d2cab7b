import t from 'tap';
import { type Attack, attempt, defend, openScene, roles, rows, statement } from './scene.ts';

/** Statements that a request must not be able to run at all, whatever it is and whichever role runs it. */
const scene = await openScene(t);
const { installer } = scene.product;

/** The catalogue's answer, one text a row. */
async function names(sql: string, values: unknown[] = []): Promise<string[]> {
  return (await installer.query<{ name: string }>(sql, values)).rows.map(({ name }) => name);
}

const onDatabase = (right: string, grantee: string) =>
  `do $$ begin execute format('grant ${right} on database %I to ${grantee}', current_database()); end $$`;

t.test('nothing can be made anywhere', async (t) => {
  const kinds: Record<string, string> = {
    table: '(v integer)',
    view: 'as select 1 as v',
    sequence: '',
    domain: 'as uuid',
    type: 'as (value integer)',
    function: '(text) returns text cost 0.0001 language sql return $1',
    procedure: '() language sql begin atomic; end',
    aggregate: '(integer) (sfunc = int4pl, stype = integer)',
    collation: 'from "C"',
    'text search configuration': '(copy = pg_catalog.simple)',
  };
  const places = ['public', 'api', 'audit', 'commerce', 'internal', 'pg_temp'];
  const attacks = places.flatMap((place) =>
    roles.flatMap((role): Attack[] => {
      const without =
        place === 'pg_temp'
          ? onDatabase('temporary', 'public')
          : `grant usage, create on schema ${place} to commerce_${role}`;
      return [
        ...Object.entries(kinds).map(([kind, rest]) => ({
          name: `create ${kind} in ${place}`,
          role,
          without,
          succeeds: statement(`create ${kind} ${place}.mine ${rest}`),
        })),
        {
          name: `create operator in ${place}`,
          role,
          without,
          succeeds: statement(
            `create operator ${place}.=== (function = pg_catalog.uuid_eq, leftarg = uuid, rightarg = uuid)`,
          ),
        },
      ];
    }),
  );
  const schemas = roles.flatMap((role): Attack[] => [
    {
      name: 'create schema',
      role,
      without: onDatabase('create', `commerce_${role}`),
      succeeds: statement('create schema mine'),
    },
    {
      name: 'create extension',
      role,
      without: onDatabase('create', `commerce_${role}`),
      succeeds: statement('create schema mine create table v (); create extension pgcrypto schema mine'),
    },
  ]);
  t.equal(await defend(t, scene, [...attacks, ...schemas]), (11 * 6 + 2) * 5);
});

t.test('no other role can be taken', async (t) => {
  const ours = await names(`select rolname as name from pg_roles where rolname like 'commerce\\_%'`);
  const own = {
    api: ['commerce_api', 'commerce_member', 'commerce_buyer', 'commerce_anonymous'],
    worker: ['commerce_worker_login', 'commerce_worker'],
    platform: ['commerce_platform_login', 'commerce_platform'],
  };
  const cases = [
    { role: 'member', login: 'commerce_api', may: own.api },
    { role: 'worker', login: 'commerce_worker_login', may: own.worker },
    { role: 'platform', login: 'commerce_platform_login', may: own.platform },
  ] as const;
  const attacks = cases.flatMap(({ role, login, may }) =>
    ours
      .filter((other) => !(may as readonly string[]).includes(other))
      .flatMap((other): Attack[] => {
        const without = `grant ${other} to ${login}`;
        return [
          { name: `set role ${other}`, role, without, succeeds: statement(`set local role ${other}`) },
          {
            name: `set_config role ${other}`,
            role,
            without,
            succeeds: statement(`select set_config('role', '${other}', true)`),
          },
        ];
      }),
  );
  t.ok(attacks.length > 60, 'there are roles');
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('what belongs to the owner stays as it is', async (t) => {
  const statements = [
    'alter table commerce.orders disable row level security',
    'alter table commerce.orders no force row level security',
    'alter table commerce.orders disable trigger user',
    'alter table commerce.orders owner to commerce_owner',
    'drop policy tenant on commerce.orders',
    'alter policy tenant on commerce.orders using (true)',
    'create policy mine on commerce.orders using (true)',
    'alter view api.orders set (security_invoker = false)',
    'alter view api.orders reset (security_invoker)',
    'alter view api.orders set (security_barrier = false)',
    'create or replace view api.currency as select * from commerce.currency',
    'drop view api.conversation_inbox',
    'create rule mine as on insert to api.currency do instead nothing',
    'create trigger mine instead of update on api.currency for each row execute function suppress_redundant_updates_trigger()',
    'grant select on commerce.orders to public',
    'grant usage on schema commerce to public',
    'truncate internal.pending_receipt',
    'lock table commerce.orders in access exclusive mode',
    'alter function internal.refuse_session() reset all',
    'grant execute on function internal.refuse_session() to public',
    'comment on table commerce.orders is null',
    'create index mine on commerce.orders (buyer_name)',
    'create statistics commerce.mine on buyer_name, buyer_email from commerce.orders',
    'alter table commerce.orders alter column buyer_name set statistics 10000',
    'set local role commerce_owner',
  ];
  const attacks = (['member', 'buyer', 'anonymous', 'worker', 'platform'] as const).flatMap((role) =>
    statements.map(
      (sql): Attack => ({
        name: sql,
        role,
        without: `grant commerce_owner to commerce_${role}, commerce_api, commerce_worker_login, commerce_platform_login`,
        succeeds: statement(sql),
      }),
    ),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test(
  'what takes a superuser is refused: files, programs, other roles, settings of the server',
  async (t) => {
    const statements = [
      `select pg_read_file('PG_VERSION')`,
      `select pg_read_binary_file('PG_VERSION')`,
      `select pg_stat_file('PG_VERSION')`,
      `select pg_ls_dir('.')`,
      'select pg_ls_waldir()',
      'select pg_ls_tmpdir()',
      'select from pg_hba_file_rules',
      'select from pg_file_settings',
      'select from pg_backend_memory_contexts',
      'select from pg_shmem_allocations',
      `select lo_import('/proc/self/environ')`,
      `select lo_from_bytea(100000, 'a'); select lo_export(100000, '/dev/null')`,
      `copy (select 1) to '/dev/null'`,
      `copy (select 1) to program 'cat > /dev/null'`,
      `do $$ begin execute 'copy (select 1) to program ''cat > /dev/null'''; end $$`,
      'select from pg_authid',
      'select from pg_statistic',
      'select from pg_largeobject',
      'select from pg_user_mapping',
      'select rolpassword from pg_authid',
      'create role mine',
      'alter role commerce_anonymous bypassrls',
      'alter role commerce_owner login',
      'grant commerce_owner to commerce_anonymous',
      'grant pg_read_all_data to commerce_anonymous',
      'reassign owned by commerce_owner to commerce_anonymous',
      'drop owned by commerce_anonymous',
      `alter role commerce_auth password 'guessed'`,
      `alter role commerce_auth set search_path = 'public'`,
      `do $$ begin execute format('alter database %I set row_security = off', current_database()); end $$`,
      'set session_replication_role = replica',
      'set log_statement = none',
      'set track_activities = off',
      `set session_preload_libraries = 'mine'`,
      'set zero_damaged_pages = on',
      'alter function pg_catalog.lower(text) leakproof',
      'alter function pg_catalog.lower(text) cost 1000',
      'create cast (jsonb as uuid) with inout as implicit',
      'create access method mine type index handler bthandler',
      'create foreign data wrapper mine',
      'create publication mine for all tables',
      `create subscription mine connection 'host=/' publication mine with (connect = false, slot_name = none)`,
      `select pg_replication_origin_create('mine')`,
      `select pg_logical_emit_message(true, 'a', 'b') from pg_authid limit 1`,
      `update pg_class set relrowsecurity = false where relname = 'orders'`,
      `delete from pg_policy where polrelid = 'commerce.orders'::regclass`,
      'select pg_stat_reset()',
      'select pg_reload_conf()',
      `select pg_rotate_logfile() from pg_authid limit 1`,
    ];
    const attacks = (['member', 'worker', 'platform'] as const).flatMap((role) =>
      statements.map(
        (sql): Attack => ({
          name: sql,
          role,
          without: `alter role commerce_${role} superuser`,
          succeeds: statement(sql),
        }),
      ),
    );
    t.equal(await defend(t, scene, attacks), attacks.length);
  },
);

t.test('tables, partitions and sequences cannot be named', async (t) => {
  const relations = await names(`
    select format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('audit', 'commerce', 'internal') and c.relkind in ('r', 'p', 'S')`);
  t.ok(relations.length > 60, `${relations.length} relations`);
  const attacks = roles.flatMap((role) =>
    relations.flatMap((relation): Attack[] => {
      const schema = relation.split('.')[0];
      const without = `
        grant usage on schema ${schema} to commerce_${role};
        grant select, insert, update, delete on all tables in schema ${schema} to commerce_${role};
        grant usage on all sequences in schema ${schema} to commerce_${role}`;
      return [
        { name: `select from ${relation}`, role, without, succeeds: statement(`select from ${relation}`) },
        {
          name: `copy ${relation}`,
          role,
          without,
          succeeds: statement(`copy (select * from ${relation} limit 1) to stdout`),
        },
      ];
    }),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

/** The function itself, or its schema, is refused: not something that it needs in turn. */
const refused = (call: string) =>
  new RegExp(`^permission denied for (schema|function ${call.replace(/^\w+\.|\(.*$/g, '')}$)`, 'm');

t.test('functions of internal and audit cannot be called', async (t) => {
  // Strict ones are not called with NULL at all.
  const { rows: functions } = await installer.query<{ call: string; by: string[] }>(`
    select format('%I.%I(%s)', n.nspname, p.proname,
             (select string_agg(case when p.provariadic <> 0 and a.position = p.pronargs then 'variadic ' else '' end
                                || 'null::' || a.type::regtype, ', ' order by a.position)
                from unnest(p.proargtypes) with ordinality as a (type, position))) as call,
           array(select substr(r.rolname, 10) from pg_roles r
                  where r.rolname in ('commerce_member', 'commerce_buyer', 'commerce_anonymous', 'commerce_worker', 'commerce_platform')
                    and not (has_schema_privilege(r.oid, n.oid, 'usage') and has_function_privilege(r.oid, p.oid, 'execute'))) as by
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('audit', 'internal') and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
       and not p.proisstrict
       and not exists (select from pg_depend d
                        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`);
  t.ok(functions.length > 200, `${functions.length} functions`);
  const attacks = functions.flatMap(({ call, by }) =>
    roles
      .filter((role) => by.includes(role))
      .map(
        (role): Attack => ({
          name: call,
          role,
          without: `
            grant usage on schema api, audit, commerce, internal to commerce_${role};
            grant execute on all functions in schema api, audit, internal to commerce_${role}`,
          // What it then does with no argument is another matter.
          succeeds: async (client) =>
            !refused(call).test((await attempt(client, `select from ${call}`)).words),
        }),
      ),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('rights and policies cannot be dropped with the role that they name', async (t) => {
  // In PostgreSQL 18 DROP OWNED takes a role out of every policy, for every role that runs it, and fails only where that role
  // holds rights by column: so none may hold every right on whole relations. 15 asks for the owner as well.
  const [version] = await names(`select current_setting('server_version_num') as name`);
  const attacks = roles.map(
    (role): Attack => ({
      name: 'drop owned by the role of the request',
      role,
      without: `
        ${Number(version) < 180_000 ? `grant commerce_owner to commerce_${role};` : ''}
        do $$
        declare v_relation regclass;
        begin
          for v_relation in
            select c.oid from pg_class c
             where c.relnamespace in ('api'::regnamespace, 'commerce'::regnamespace) and c.relkind in ('r', 'p', 'v')
          loop
            execute format('revoke all on %1$s from commerce_${role}; grant select on %1$s to commerce_${role}', v_relation);
          end loop;
        end $$`,
      succeeds: async (client) => {
        await attempt(client, `drop owned by commerce_${role}`);
        const { rows } = await client.query(
          `select from pg_policy where 'commerce_${role}'::regrole = any (polroles)`,
        );
        return rows.length === 0;
      },
    }),
  );
  t.equal(await defend(t, scene, attacks), roles.length);
});

t.test('nobody can be kept waiting: no view can be locked', async (t) => {
  const views = await names(
    `select relname as name from pg_class where relnamespace = 'api'::regnamespace and relkind = 'v'`,
  );
  const attacks = roles.flatMap((role) =>
    views.map(
      (view): Attack => ({
        name: `lock table api.${view}`,
        role,
        without: `
          grant usage on schema commerce to commerce_${role};
          grant update on all tables in schema api, commerce to commerce_${role}`,
        succeeds: statement(`lock table api.${view} in access exclusive mode nowait`),
      }),
    ),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('statistics and the statements of other logins cannot be read', async (t) => {
  const attacks = roles.flatMap((role): Attack[] => [
    {
      name: 'pg_stats of our tables',
      role,
      without: `
        do $$
        declare v_table regclass;
        begin
          for v_table in select c.oid from pg_class c where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
          loop
            execute format('analyze %1$s; alter table %1$s disable row level security; grant select on %1$s to commerce_${role}', v_table);
          end loop;
        end $$`,
      succeeds: rows(
        `select from pg_stats where schemaname in ('commerce', 'internal', 'audit') and tablename not in ('currency', 'permission', 'role_permission', 'subscription_plan')`,
      ),
    },
    {
      name: 'statements of other logins',
      role,
      without: `grant pg_read_all_stats to commerce_${role}`,
      succeeds: rows(
        `select from pg_stat_activity
          where datname = current_database() and usename <> session_user and query <> '<insufficient privilege>'`,
      ),
    },
  ]);
  // Somebody else's statement to look for.
  for (const side of [scene.product, scene.copy]) {
    const client = await side.auth.connect();
    await client.query('select 1');
    t.teardown(() => client.release(true));
  }
  t.equal(await defend(t, scene, attacks), attacks.length);
});
