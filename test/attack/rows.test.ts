import type pg from 'pg';
import t from 'tap';
import { type Attack, attempt, defend, openScene, type Role, roles, rows, statement } from './scene.ts';

/** What is theirs, tried through every view by every role: read, changed, removed, referred to, or found out about. */
const scene = await openScene(t);
const { product } = scene;
// Both databases are copies of one template, so that ids are the same on either side.
const { installer, ours, theirs } = product;
for (const side of [scene.product, scene.copy]) {
  // The demo merchants are well stocked.
  await side.installer.query(
    `update commerce.products set low_stock_threshold = 1000000, version = version where tenant_id = $1`,
    [theirs.tenantId],
  );
}

type View = {
  view: string;
  role: Role;
  /** The column that says whose a row is; null: rows of nobody. */
  tenant: string | null;
  selectable: string[];
  updatable: string[];
  insertable: string[];
  deletable: boolean;
};

const columns = (right: string) => `
  array(select quote_ident(a.attname) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and has_column_privilege(r.oid, c.oid, a.attnum, '${right}')
         order by a.attnum)`;

const { rows: views } = await installer.query<View>(`
  select c.relname as view, substr(r.rolname, 10) as role,
         case when c.relname = 'tenant' then 'id'
           else (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') end as tenant,
         ${columns('select')} as selectable, ${columns('update')} as updatable, ${columns('insert')} as insertable,
         has_table_privilege(r.oid, c.oid, 'delete') as deletable
    from pg_class c cross join pg_roles r
   where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
     and substr(r.rolname, 10) in ('${roles.join("', '")}') and r.rolname like 'commerce\\_%'
   order by r.rolname, c.relname`);

const ofMerchants = views.filter(({ tenant, selectable }) => tenant !== null && selectable.includes(tenant));

/** Row-level security off, on every table. */
const withoutPolicies = `
  do $$
  declare v_table regclass;
  begin
    for v_table in
      select c.oid from pg_class c where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
    loop
      execute format('alter table %s disable row level security', v_table);
    end loop;
  end $$`;

/** Whether a statement got to a row: it counts one, or something but the right to do it said no. */
function reaches(sql: string): Attack['succeeds'] {
  return async (client) => {
    const { count, code } = await attempt(client, sql);
    return count > 0 || (code !== null && code !== '42501');
  };
}

/** A column's own value; the version must be named wherever there is one. */
const unchanged = (names: string[]) => names.map((column) => `${column} = ${column}`).join(', ');

async function idOf(table: string, tenantId: string, condition = 'true'): Promise<string> {
  const { rows } = await installer.query<{ id: string }>(
    `select id from ${table} where tenant_id = $1 and ${condition} order by id limit 1`,
    [tenantId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`${table} has no row`);
  return row.id;
}

t.test('every view shows rows of merchants, or of nobody', async (t) => {
  const ofNobody = [...new Set(views.filter(({ tenant }) => tenant === null).map(({ view }) => view))];
  t.strictSame(ofNobody.sort(), ['currency', 'permission', 'role_permission', 'subscription_plan']);
  t.ok(ofMerchants.length > 120, `${ofMerchants.length} pairs of view and role`);
});

t.test('no view shows what is theirs', async (t) => {
  const attacks = ofMerchants.map(
    ({ view, role, tenant }): Attack => ({
      name: `select from api.${view}`,
      role,
      without: withoutPolicies,
      succeeds: rows(`select from api.${view} where ${tenant} = '${theirs.tenantId}' limit 1`),
    }),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('no view changes, removes or takes what is theirs', async (t) => {
  const attacks = ofMerchants.flatMap(
    ({ view, role, tenant, updatable, insertable, deletable }): Attack[] => {
      const target = `api.${view} where ${tenant} = '${theirs.tenantId}'`;
      const on = (name: string, sql: string, without = withoutPolicies): Attack => ({
        name: `${name} api.${view}`,
        role,
        without,
        succeeds: reaches(sql),
      });
      return [
        ...(updatable.length > 0
          ? [on('update', `update ${target.replace(' where', ` set ${unchanged(updatable)} where`)}`)]
          : []),
        ...(deletable ? [on('delete from', `delete from ${target}`)] : []),
        ...(insertable.length > 0
          ? [
              on(
                'insert a row of theirs into',
                `insert into api.${view} (tenant_id) values ('${theirs.tenantId}')`,
                `${withoutPolicies};
               grant insert (tenant_id) on api.${view}, commerce.${view} to commerce_${role};`,
              ),
            ]
          : []),
      ];
    },
  );
  t.ok(attacks.length > 30, 'there is something to change');
  t.equal(await defend(t, scene, attacks), attacks.length);
});

/** An id that nobody has. */
const unknown = '6f1c2f0e-0000-7000-8000-000000000000';

t.test('no row of ours refers to one of theirs, and no error shows whether there is one', async (t) => {
  const { rows: keys } = await installer.query<{
    name: string;
    table: string;
    column: string;
    parent: string;
  }>(`
    select k.conname as name, c.relname as table, a.attname as column, k.confrelid::regclass::text as parent
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid and c.relnamespace = 'commerce'::regnamespace
      join unnest(k.conkey, k.confkey) as u (own, other) on true
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own and a.attname <> 'tenant_id'
      join pg_attribute p on p.attrelid = k.confrelid and p.attnum = u.other and p.attname = 'id'
     where k.contype = 'f' and cardinality(k.conkey) > 1`);
  const { rows: required } = await installer.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column
      from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'commerce'::regnamespace and a.attnum > 0 and a.attnotnull and not a.atthasdef`);
  // What a copy of a row of ours has of its own, for unique keys and checks.
  const fresh: Record<string, string> = {
    slug: `'of-an-attacker'`,
    title: `'Of an attacker'`,
    code: `'ATTACKER'`,
    rate: '0.1',
    user_id: `'${await idOf('commerce.users', ours.tenantId, `auth_subject = 'demo-buyer-1'`)}'`,
  };
  const attacks: Attack[] = [];
  for (const { name, table, column, parent } of keys) {
    const foreign = await idOf(parent, theirs.tenantId);
    const row = await idOf(`commerce.${table}`, ours.tenantId);
    const isRequired = (each: string) =>
      required.some((one) => one.table === table && one.column === each) || each in fresh;
    for (const { view, role, updatable, insertable } of ofMerchants) {
      if (view !== table) continue;
      // Their row is there for a key that knows no tenant.
      const without = `
        set local client_min_messages = error;
        alter table commerce.${table} drop constraint ${name};
        alter table commerce.${table} add foreign key (${column}) references ${parent} (id) not valid`;
      const others = insertable.filter((each) => each !== column && isRequired(each));
      const version = updatable.includes('version') ? ', version = version' : '';
      const ways = [
        ...(updatable.includes(column)
          ? [`update api.${view} set ${column} = $1 ${version} where id = '${row}'`]
          : []),
        ...(insertable.includes(column)
          ? [
              `insert into api.${view} (${[column, ...others]})
               select ${['$1::uuid', ...others.map((each) => fresh[each] ?? each)]} from api.${view} where id = '${row}'`,
            ]
          : []),
      ];
      for (const sql of ways) {
        const answer = async (client: pg.ClientBase, id: string) => {
          const { count, code, words } = await attempt(client, sql, [id]);
          return `${count} ${code} ${words.replaceAll(id, 'ID')}`;
        };
        attacks.push({
          name: `${sql.split(' ')[0]} ${view}.${column}`,
          role,
          without,
          succeeds: async (client) => {
            const known = await answer(client, foreign);
            return known.startsWith('1') || known !== (await answer(client, unknown));
          },
        });
      }
    }
  }
  t.ok(attacks.length > 5, `${attacks.length} keys can be written`);
  t.equal(await defend(t, scene, attacks), attacks.length);
});

/** A value of theirs alone for every column of a unique key that a request may write. */
const unlikely: Record<string, string> = {
  'customer.phone_number': '+447000000001',
  'products.sku': 'THEIRS-ALONE',
  'seller_profile.slug': 'theirs-alone',
  'storefront_theme.name': 'Theirs alone',
};

t.test('no unique key tells that they have a value', async (t) => {
  const { rows: keys } = await installer.query<{ table: string; column: string }>(`
    select distinct c.relname as table, a.attname as column -- also of an index on an expression
      from pg_index i
      join pg_class c on c.oid = i.indrelid and c.relnamespace = 'commerce'::regnamespace
      join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = i.indrelid
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = d.refobjsubid and a.attname not in ('tenant_id', 'is_deleted')
     where i.indisunique and not i.indisprimary and i.indnkeyatts = 2`);
  const attacks: Attack[] = [];
  for (const { table, column } of keys) {
    for (const { view, role, updatable } of ofMerchants) {
      if (view !== table || !updatable.includes(column)) continue;
      const value = unlikely[`${table}.${column}`];
      if (value === undefined) throw new Error(`no value for ${table}.${column}`);
      const first = `select min(id::text)::uuid from commerce.${table} where not is_deleted and tenant_id`;
      const { rows: found } = await installer.query<{ ours: string; theirs: string }>(
        `select (${first} = $1) as ours, (${first} = $2) as theirs`,
        [ours.tenantId, theirs.tenantId],
      );
      const [row] = found as [{ ours: string; theirs: string }];
      for (const side of [scene.product, scene.copy]) {
        await side.installer.query(
          `update commerce.${table} set ${column} = $2, version = version where id = $1`,
          [row.theirs, value],
        );
      }
      attacks.push({
        name: `${view}.${column}`,
        role,
        without: `create unique index mine on commerce.${table} (${column}) where id in ('${row.ours}', '${row.theirs}')`,
        succeeds: async (client) => {
          const { count, code } = await attempt(
            client,
            `update api.${view} set ${column} = $1, version = version where id = $2`,
            [value, row.ours],
          );
          return count === 0 && code === '23505';
        },
      });
    }
  }
  t.equal(attacks.length, Object.keys(unlikely).length);
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('no other way of asking shows what is theirs', async (t) => {
  const condition = `tenant_id = '${theirs.tenantId}'`;
  const query = `select display_name from api.customer where ${condition}`;
  const { rows: names } = await installer.query<{ name: string }>(
    `select display_name as name from commerce.customer where ${condition}`,
  );
  const says = (sql: string): Attack['succeeds'] => {
    return async (client) => {
      const { words } = await attempt(client, sql);
      return names.some(({ name }) => words.includes(name));
    };
  };
  const ways: Record<string, Attack['succeeds']> = {
    'COPY of a query': rows(`copy (${query}) to stdout`),
    'row_security off': async (client) => {
      await client.query('set local row_security = off');
      return rows(query)(client, product);
    },
    'a search_path of the caller': async (client) => {
      await client.query('set local search_path = pg_temp, api, commerce, internal, pg_catalog');
      return rows(query)(client, product);
    },
    'a statement that takes its rows as XML or words': rows(
      `select from ts_stat('select to_tsvector(''simple'', display_name) from api.customer where ${condition.replaceAll("'", "''")}')`,
    ),
    'a cursor': async (client) => {
      await attempt(client, `declare mine scroll cursor with hold for ${query}`);
      return rows('fetch all from mine')(client, product);
    },
    'a prepared statement, generic and custom': async (client) => {
      await attempt(client, `prepare mine (uuid) as select from api.customer where tenant_id = $1`);
      const counts: number[] = [];
      for (let run = 0; run < 7; run++) {
        counts.push((await attempt(client, `execute mine ('${theirs.tenantId}')`)).count);
      }
      await client.query('deallocate mine');
      return counts.some((count) => count > 0);
    },
    'a lock': rows(`${query} for key share skip locked`),
    'a DO block': statement(`
      do $$
      begin
        perform from api.customer where ${condition};
        if not found then raise exception 'nothing there'; end if;
      end $$`),
    'an error of arithmetic': statement(
      `select 1 / (select (count(*) > 0)::int from api.customer where ${condition})`,
    ),
    'an error that repeats a value': says(`select display_name::int from api.customer where ${condition}`),
    'an error for some row only': async (client) =>
      (
        await attempt(
          client,
          `select from api.customer where ${condition} and 1 / (length(display_name) - length(display_name)) = 1`,
        )
      ).code === '22012',
    'a recursive query': rows(
      `with recursive r (name) as (select display_name from api.customer where ${condition} union select name from r) select from r`,
    ),
    'a subquery of a function call': rows(
      `select from api.customer where (select count(*) from api.customer where ${condition}) > 0 limit 1`,
    ),
    'a right join': rows(
      `select from (values (1)) v left join api.customer c on c.${condition} where c.id is not null`,
    ),
    'an insert that returns': rows(
      `insert into api.customer (display_name) select display_name from api.customer where ${condition} returning id`,
    ),
    'a session of another role, between two reads of one statement': async (client, { theirs }) => {
      const found = await attempt(
        client,
        `with changed as materialized (select set_config('commerce.session', $1, true) from api.tenant)
         select from changed, api.customer c where c.${condition}
         union all
         select from api.customer c where c.${condition} and random() >= 0`,
        [theirs.sessions.commerce_worker],
      );
      return found.count > 0;
    },
    'no session': async (client) => {
      await client.query(`select set_config('commerce.session', '', true)`);
      return rows(query)(client, product);
    },
    'a guessed session': async (client) => {
      await client.query(`select set_config('commerce.session', gen_random_uuid()::text, true)`);
      return rows(query)(client, product);
    },
  };
  // Without its tenant a request has no session to ask for; the table alone decides.
  const attacks = Object.entries(ways).map(
    ([name, succeeds]): Attack => ({
      name,
      role: 'member',
      without: `${withoutPolicies}; alter table commerce.customer disable trigger user`,
      succeeds,
    }),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('rights of others cannot be taken away', async (t) => {
  const attack: Attack = {
    name: 'revoke select on api.orders from commerce_buyer',
    role: 'member',
    without: 'grant commerce_owner to commerce_member',
    succeeds: async (client) => {
      // A role that holds a right on the whole view gets a warning and no error.
      await attempt(client, 'revoke select on api.orders from commerce_buyer');
      const { rows } = await client.query(
        `select has_any_column_privilege('commerce_buyer', 'api.orders', 'select') as may`,
      );
      return rows[0].may === false;
    },
  };
  t.equal(await defend(t, scene, [attack]), 1);
});
