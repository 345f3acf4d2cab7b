import type pg from 'pg';
import t, { type Test } from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { type Allowed, allowed, allowedInViews, keyOf, live, ofMerchant, shared } from './oracle.ts';
import { explained, fieldRights, type May, ownerLines, rights, viewLines, type Who } from './rights.ts';
import { type Person, setScene } from './scene.ts';

/** The views of api, held to the written list of rights.md. */
const db = await createTestDatabase(t);
const scene = await setScene(db);
const { people, sessionOf } = scene;
const { clerk, vendor, ann, visitor } = people;

const { rows: codes } = await db.installer.query<{ code: string }>(
  'select code from commerce.permission order by code',
);
const permissions = codes.map(({ code }) => code);

type View = { name: string; columns: string[]; isTable: boolean };
const { rows: views } = await db.installer.query<View>(`
  select v.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
         exists (select from pg_class c
                  where c.relname = v.relname and c.relnamespace = 'commerce'::regnamespace) as "isTable"
    from pg_class v join pg_attribute a on a.attrelid = v.oid and a.attnum > 0 and not a.attisdropped
   where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'
   group by v.relname order by v.relname`);
/** The mutation run asks for the one table that it has altered. */
const isAsked = ({ name }: View) => ['', name].includes(process.env.TEST_TABLE ?? '');
const asked = () => views.filter(isAsked);
const tables = views.filter(({ isTable }) => isTable);
/** What a view over several tables shows depends on all of them. */
const askedTables = () => {
  const found = tables.filter(isAsked);
  return (found.length > 0 ? found : tables).map(({ name }) => name);
};

/** A transaction of the person that is always taken back; `before` sets the scene as the installer. */
async function as<T>(
  person: Person,
  session: string,
  work: (client: pg.PoolClient) => Promise<T>,
  before = 'select',
): Promise<T> {
  const client = await db.installer.connect();
  try {
    await client.query('begin');
    await client.query(before);
    await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
      `commerce_${person.role}`,
      session,
    ]);
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** What a statement did: the keys of the rows that it returned, or the SQLSTATE that it failed with. */
async function outcome(
  client: pg.PoolClient,
  sql: string,
  values: unknown[] = [],
): Promise<Set<string> | string> {
  await client.query('savepoint try');
  try {
    const { rows } = await client.query<{ key: string }>(sql, values);
    return new Set(rows.map(({ key }) => key));
  } catch (error) {
    const { code = String(error), detail = '' } = error as { code?: string; detail?: string };
    if (code !== 'SCPRM' || !detail.startsWith('{')) return code;
    const { permission } = JSON.parse(detail) as { permission?: string };
    return `${code} ${permission}`;
  } finally {
    await client.query('rollback to try');
  }
}

/** Whether a refusal names a permission that the list asks of staff for this. */
const namesPermission = (done: unknown, table: string, may: May): boolean =>
  rights.some(
    (line) =>
      line.table === table &&
      line.may === may &&
      line.who === 'staff' &&
      line.permissions.some((code) => done === `SCPRM ${code}`),
  );

const sorted = (keys: Iterable<string> | undefined) => [...(keys ?? [])].sort();

/** Sees exactly what the list gives. */
async function seesWhatIsWritten(
  t: Test,
  person: Person,
  held: readonly string[],
  label: string,
  before?: string,
): Promise<void> {
  const session = await sessionOf(person, held);
  const expected = await as(
    person,
    session,
    async (client) => {
      await client.query('reset role');
      const seen = await allowed(client, scene, person, 'see', held, askedTables());
      // The views over several tables are for the staff.
      return person.role === 'member' ? new Map([...seen, ...(await allowedInViews(client, seen))]) : seen;
    },
    before,
  );
  await as(
    person,
    session,
    async (client) => {
      for (const { name, isTable } of asked()) {
        const key = isTable ? keyOf(name) : 't.id::text';
        const seen = await outcome(client, `select ${key} as key from api.${name} as t`);
        const keys = expected.get(name);
        // No right at all to the view is the same as no row of it.
        t.strictSame(
          sorted(seen === '42501' ? [] : seen),
          sorted(keys),
          `${label} sees ${keys?.size ?? 0} of ${name}`,
        );
      }
    },
    before,
  );
}

t.test('the list names every table and view, and nothing else', async (t) => {
  t.strictSame(
    sorted(new Set(rights.map(({ table }) => table))),
    tables.map(({ name }) => name),
    'tables',
  );
  t.strictSame(
    sorted(new Set(viewLines.map(([view = '']) => view))),
    views.filter(({ isTable }) => !isTable).map(({ name }) => name),
    'views',
  );
  const { rows } = await db.installer.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'commerce'::regnamespace and relkind in ('r', 'p') order by relname`,
  );
  t.strictSame(
    rows.map(({ name }) => name),
    tables.map(({ name }) => name),
    'and every table has a view',
  );
  t.strictSame(
    sorted(new Set(rights.flatMap(({ permissions: held }) => held))).filter(
      (code) => !permissions.includes(code),
    ),
    [],
    'permissions that exist',
  );
  const used = new Set(rights.map(({ table, rows: word }) => `${table} ${word}`));
  t.strictSame(
    explained.filter((word) => !used.has(word)),
    [],
    'every word is used',
  );
});

t.test('there is a row of everybody that a line divides', async (t) => {
  // Somebody's own, somebody else's of the same merchant, and another merchant's.
  for (const { table, who, may, rows } of rights) {
    if (may === 'add') continue;
    const person = who === 'seller' ? vendor : who === 'shopper' ? ann : who === 'visitor' ? visitor : clerk;
    const theirs = (await allowed(db.installer, scene, person, may, permissions, [table])).get(table);
    t.ok(theirs && theirs.size > 0, `${table}: ${who} may ${may} ${rows} of some rows`);
  }
  for (const { name } of tables) {
    const tenant = name === 'tenant' ? 'id' : 'tenant_id';
    const { rows } = await db.installer
      .query(`select from commerce.${name} where ${tenant} = $1 limit 1`, [scene.otherTenantId])
      .catch(() => ({ rows: [{}] }));
    t.equal(rows.length, 1, `${name} has rows of the other merchant, or is everybody's`);
  }
});

t.test('staff see what their permissions give', async (t) => {
  await seesWhatIsWritten(t, clerk, [], 'a clerk without permissions');
  for (const code of permissions) {
    await seesWhatIsWritten(t, clerk, [code], `a clerk with ${code}`);
  }
  for (const code of permissions) {
    const others = permissions.filter((other) => other !== code);
    await seesWhatIsWritten(t, clerk, others, `a clerk from whom ${code} was taken`);
  }
});

t.test('sellers, shoppers and visitors see their own and what is public', async (t) => {
  await seesWhatIsWritten(t, vendor, [], 'a seller');
  await seesWhatIsWritten(t, ann, [], 'a shopper');
  await seesWhatIsWritten(t, visitor, [], 'a visitor');
  const withdrawn = `set local session_replication_role = replica;
    update commerce.storefront set is_published = false;
    set local session_replication_role = origin`;
  await seesWhatIsWritten(t, ann, [], 'before the storefront is published, a shopper', withdrawn);
  await seesWhatIsWritten(t, visitor, [], 'before the storefront is published, a visitor', withdrawn);
});

t.test('machines and administrators see every row of their merchant, and write none', async (t) => {
  const everything = { ...clerk, who: ['staff', 'seller', 'shopper'] } as const satisfies Person;
  const all = await allowed(db.installer, scene, everything, 'see', permissions);
  const { rows: own } = await db.installer.query<{ id: string }>(
    `insert into internal.session (tenant_id, role, permissions, expires_at)
     select $1, 'commerce_worker', array_agg(code), now() + interval '1 hour' from commerce.permission returning id`,
    [scene.tenantId],
  );
  const { rows: admins } = await db.installer.query<{ id: string }>(
    `insert into commerce.users (tenant_id, is_system_admin, email) values (null, true, gen_random_uuid() || '@rights.example') returning id`,
  );
  const { rows: opened } = await db.auth.query<{ session_id: string }>(
    `select session_id from internal.open_platform_session($1, $2, 'a test looks', 30)`,
    [admins[0]?.id, scene.tenantId],
  );
  for (const [role, session, isAnnounced] of [
    ['worker', own[0]?.id, true],
    ['platform', opened[0]?.session_id, false],
    ['platform', opened[0]?.session_id, true],
  ] as const) {
    await as({ ...visitor, role: role as 'anonymous' }, session ?? '', async (client) => {
      if (role === 'platform' && isAnnounced) await client.query(`select api.announce_read('rights')`);
      for (const { name } of tables.filter(isAsked)) {
        const seen = await outcome(client, `select ${keyOf(name)} as key from api.${name} as t`);
        const keys = ['currency', 'permission', 'role_permission', 'subscription_plan'].includes(name)
          ? all.get(name)
          : isAnnounced
            ? await everyRow(name)
            : [];
        t.strictSame(
          sorted(seen),
          sorted(keys),
          `${role} sees all of ${name}${isAnnounced ? '' : ', once announced'}`,
        );
      }
    });
  }
});

t.test('owners of functions see what is written, and nothing without a session', async (t) => {
  const session = await sessionOf(clerk);
  for (const [owner = '', whose = '', listed = ''] of ownerLines) {
    // A function of the owner's that asks what it is told. Row-level security decides alone, whatever rights it has.
    const lend = `grant usage on schema commerce to commerce_${owner};
      grant select on all tables in schema commerce to commerce_${owner};
      create function public.ask(p_sql text) returns setof text language plpgsql security definer
        set search_path = pg_catalog, pg_temp as 'begin return query execute p_sql; end';
      alter function public.ask(text) owner to commerce_${owner}`;
    for (const { name } of tables.filter((view) => isAsked(view) && !shared.includes(view.name))) {
      const isListed = listed === 'every table' || listed.split(', ').includes(name);
      const isTheirs = whose === 'every merchant' ? 'true' : ofMerchant(name, scene.tenantId);
      const { rows } = await db.installer.query<{ key: string }>(
        `select ${keyOf(name)} as key from commerce.${name} as t where ${isListed ? isTheirs : 'false'}`,
      );
      const asked = `select ${keyOf(name)} from commerce.${name} as t`;
      const sees = (of: string) =>
        as(clerk, of, (client) => outcome(client, 'select key from public.ask($1) as key', [asked]), lend);
      const own = sorted(rows.map(({ key }) => key));
      t.strictSame(sorted(await sees(session)), own, `${owner} sees ${own.length} of ${name}`);
      if (whose === 'every merchant' || name === 'storefront_theme') continue;
      t.strictSame(sorted(await sees('')), [], `${owner} sees nothing of ${name} without a session`);
    }
  }
});

/** The keys of every live row of the merchant. */
async function everyRow(table: string): Promise<string[]> {
  const { rows } = await db.installer.query<{ key: string }>(
    `select ${keyOf(table)} as key from commerce.${table} as t
      where ${table === 'tenant' ? 't.id = $1' : `(t.tenant_id = $1${table === 'storefront_theme' ? ' or t.tenant_id is null' : ''})`}
        and ${live(table)}`,
    [scene.tenantId],
  );
  return rows.map(({ key }) => key);
}

/** The fields that a line gives. */
function fieldsOf(view: View, who: Who, may: May): string[] {
  const lines = fieldRights.filter(
    (line) => line.table === view.name && line.who === who && line.may === may,
  );
  return sorted(
    new Set(
      lines.flatMap(({ fields }) => {
        if (!fields.startsWith('everything')) return fields.split(' ');
        const [, hidden = ''] = fields.split(' but ');
        return view.columns.filter((column) => !hidden.split(' ').includes(column));
      }),
    ),
  );
}

t.test('fields', async (t) => {
  const roles = [
    ['commerce_member', 'staff'],
    ['commerce_buyer', 'shopper'],
    ['commerce_anonymous', 'visitor'],
    ['commerce_worker', null],
    ['commerce_platform', null],
  ] as const;
  const verbs = { see: 'select', add: 'insert', change: 'update' } as const;
  for (const view of asked()) {
    for (const [role, who] of roles) {
      for (const [may, privilege] of Object.entries(verbs)) {
        const isReader = who === null || who === 'staff' ? may === 'see' : false;
        const written = isReader ? sorted(view.columns) : who === null ? [] : fieldsOf(view, who, may as May);
        const granted = async (schema: string) => {
          const { rows } = await db.installer.query<{ name: string }>(
            `select attname as name from pg_attribute
              where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
                and has_column_privilege($2, attrelid, attnum, $3)`,
            [`${schema}.${view.name}`, role, privilege],
          );
          return sorted(rows.map(({ name }) => name));
        };
        t.strictSame(await granted('api'), written, `${role} may ${may} these fields of ${view.name}`);
        // A view asks for its reader's right to the whole of it, so the table's is as wide; not so to write.
        if (view.isTable && may !== 'see') {
          t.strictSame(await granted('commerce'), written, `and of the table`);
        }
      }
      const { rows } = await db.installer.query<{ api: boolean; table: boolean }>(
        `select has_table_privilege($1, $2, 'delete') as api,
                coalesce(has_table_privilege($1, to_regclass($3), 'delete, truncate, references, trigger'), false) as table`,
        [role, `api.${view.name}`, `commerce.${view.name}`],
      );
      t.strictSame(
        rows[0],
        {
          api: rights.some(({ table, may }) => table === view.name && may === 'remove') && who === 'staff',
          table: false,
        },
        `${role} may ${who === 'staff' ? 'remove' : 'not remove'} rows of ${view.name}`,
      );
    }
  }
});

/** The rows of both merchants, however they are seen. */
async function allRows(table: string): Promise<string[]> {
  const { rows } = await db.installer.query<{ key: string }>(
    `select ${keyOf(table)} as key from commerce.${table} as t where ${live(table)}`,
  );
  return rows.map(({ key }) => key);
}

const rowsOf = new Map<string, string[]>();
for (const { name } of tables) rowsOf.set(name, await allRows(name));

const versioned = (name: string) =>
  views.find((view) => view.name === name)?.columns.includes('version') ? ', version = version' : '';

/** Changes and removes exactly what the list gives, of all that there is. */
async function writesWhatIsWritten(
  t: Test,
  person: Person,
  held: readonly string[],
  label: string,
): Promise<void> {
  const session = await sessionOf(person, held);
  const [seen, changeable, removable] = await Promise.all(
    (['see', 'change', 'remove'] as const).map((may) =>
      allowed(db.installer, scene, person, may, held, askedTables()),
    ),
  );
  const ofSeen = (rows: Allowed | undefined, table: string) =>
    sorted([...(rows?.get(table) ?? [])].filter((key) => seen?.get(table)?.has(key)));
  await as(person, session, async (client) => {
    for (const view of tables.filter(isAsked)) {
      const who = person.role === 'buyer' ? 'shopper' : 'staff';
      for (const field of fieldsOf(view, who, 'change').filter((each) => each !== 'version')) {
        const changed = await outcome(
          client,
          `update api.${view.name} as t set ${field} = ${field}${versioned(view.name)} returning ${keyOf(view.name)} as key`,
        );
        const expected = ofSeen(changeable, view.name);
        const isRefused = expected.length === 0 && namesPermission(changed, view.name, 'change');
        t.strictSame(
          sorted(isRefused ? [] : changed),
          expected,
          `${label} changes ${field} of ${expected.length} of ${view.name}`,
        );
        // All fields are one right, and tried by a person who has every right; for others the first field shows it.
        if (expected.length === 0 || (who === 'staff' && held.length !== permissions.length)) break;
      }
      const [field] = fieldsOf(view, who, 'change').filter((each) => each !== 'version');
      if (field !== undefined && (changeable?.get(view.name)?.size ?? 0) === 0) {
        // Reads nothing of any row, so that no right to see one is asked for: a row that it met would refuse the null.
        const changed = await outcome(
          client,
          `update api.${view.name} set ${field} = null returning 'a row' as key`,
        );
        t.ok(
          namesPermission(changed, view.name, 'change') ||
            (typeof changed !== 'string' && changed.size === 0),
          `${label} changes none of ${view.name} unseen: ${changed}`,
        );
      }
      if (!rights.some((line) => line.table === view.name && line.may === 'remove')) continue;
      const expected = ofSeen(removable, view.name);
      const removed = [];
      for (const key of rowsOf.get(view.name) ?? []) {
        const done = await outcome(
          client,
          `delete from api.${view.name} as t where id = $1 returning ${keyOf(view.name)} as key`,
          [key],
        );
        // What others depend on is refused only to a person who may remove it.
        if (done === 'SCDEP' || (typeof done !== 'string' && done.size > 0)) removed.push(key);
      }
      t.strictSame(sorted(removed), expected, `${label} removes ${expected.length} of ${view.name}`);
    }
  });
}

t.test('changing and removing', async (t) => {
  await writesWhatIsWritten(t, clerk, [], 'a clerk without permissions');
  await writesWhatIsWritten(t, clerk, permissions, 'a clerk with every permission');
  const deciding = permissions.filter((code) =>
    rights.some(
      ({ may, permissions: needed }) => (may === 'change' || may === 'remove') && needed.includes(code),
    ),
  );
  // A person who may change a row without seeing it changes none, so the right to see it is given as well.
  const others = permissions.filter((code) => !deciding.includes(code));
  await writesWhatIsWritten(t, clerk, others, 'a clerk with every permission that is for other things');
  for (const code of deciding) {
    const left = permissions.filter((other) => other !== code);
    await writesWhatIsWritten(t, clerk, left, `a clerk from whom ${code} was taken`);
    await writesWhatIsWritten(t, clerk, [...others, code], `a clerk to whom ${code} was given`);
  }
  await writesWhatIsWritten(t, vendor, [], 'a seller');
  await writesWhatIsWritten(t, ann, [], 'a shopper');
});

/** A new row of each table that somebody adds to, of one's own where that makes a difference. */
const newRows: Record<string, string> = {
  customer: `(display_name) values ('New')`,
  discount: `(code, rate) values ('NEW', 0.1)`,
  notification_preferences: `(notification_type) values ('marketing')`,
  products: `(seller_id, name, price, currency_code) values ('${scene.sellers.vendor.sellerId}', 'New', 1, 'NGN')`,
  seller_profile: `(user_id, business_name, slug) values ('${clerk.userId}', 'New', 'new')`,
  storefront_asset: `(file_name, file_type, url) values ('new.png', 'image', 'https://files.example/new.png')`,
  storefront_banner: `(storefront_id, title) values ('${await scene.find('storefront')}', 'New')`,
  storefront_drafts: `(storefront_id, theme_id, name)
    select s.id, s.theme_id, 'New' from api.storefront as s`,
  storefront_theme: `(name) values ('New')`,
};
const anotherSellersProduct = `(seller_id, name, price, currency_code)
  values ('${scene.sellers.otherVendor.sellerId}', 'New', 1, 'NGN')`;

t.test('adding', async (t) => {
  const adding = rights.filter(({ may }) => may === 'add');
  t.strictSame(sorted(Object.keys(newRows)), sorted(new Set(adding.map(({ table }) => table))));
  const adds = async (person: Person, held: readonly string[], table: string, row = newRows[table]) => {
    const session = await sessionOf(person, held);
    return as(person, session, (client) => outcome(client, `insert into api.${table} ${row}`));
  };
  for (const table of Object.keys(newRows)) {
    const lines = adding.filter((line) => line.table === table);
    for (const code of ['', ...permissions]) {
      const held = code === '' ? [] : [code];
      const isGiven = lines.some(
        ({ who, permissions: needed }) => who === 'staff' && (needed.length === 0 || needed.includes(code)),
      );
      const done = await adds(clerk, held, table);
      t.ok(
        isGiven ? typeof done !== 'string' : namesPermission(done, table, 'add'),
        `${table}: a clerk with ${code}: ${done}`,
      );
    }
    const own = lines.some(
      ({ who }) => who === 'seller' || (who === 'staff' && table === 'notification_preferences'),
    );
    const done = await adds(vendor, [], table);
    t.ok(own ? typeof done !== 'string' : namesPermission(done, table, 'add'), `${table}: a seller: ${done}`);
    const shoppers = lines.some(({ who }) => who === 'shopper');
    const shopped = await adds(ann, [], table);
    t.equal(
      typeof shopped === 'string' ? shopped : 'added',
      shoppers ? 'added' : '42501',
      `${table}: a shopper`,
    );
  }
  t.equal(
    await adds(vendor, [], 'products', anotherSellersProduct),
    'SCPRM products.manage',
    "a seller adds no product of another's",
  );
  t.strictSame(
    await adds(clerk, ['products.manage'], 'products', anotherSellersProduct),
    new Set(),
    'a member who manages products adds it for any seller',
  );
});

/** Columns that say whose a row is: no grant lets anyone write them, and no policy would either. */
const owners: [person: Person, table: string, column: string, other: string][] = [
  [ann, 'address_book', 'user_id', vendor.userId],
  [ann, 'buyer_profile', 'id', scene.tenantId],
  [ann, 'notification_preferences', 'user_id', vendor.userId],
  [ann, 'saved_payment_method', 'user_id', vendor.userId],
  [ann, 'users', 'id', scene.tenantId],
  [vendor, 'notification_preferences', 'user_id', ann.userId],
  [vendor, 'products', 'seller_id', scene.sellers.otherVendor.sellerId],
  [vendor, 'seller_profile', 'user_id', ann.userId],
  [vendor, 'users', 'id', scene.tenantId],
];

t.test('nobody adds a row for another, even with every grant', async (t) => {
  for (const person of [ann, clerk]) {
    const grants = `grant usage on schema commerce to commerce_${person.role};
      grant insert on commerce.notification_preferences to commerce_${person.role}`;
    const row = `insert into commerce.notification_preferences (tenant_id, user_id, notification_type)
      values ($1, $2, 'marketing')`;
    const session = await sessionOf(person, permissions);
    await as(
      person,
      session,
      async (client) => {
        t.equal(await outcome(client, row, [scene.tenantId, vendor.userId]), '42501', person.name);
        t.strictSame(
          await outcome(client, row, [scene.tenantId, person.userId]),
          new Set(),
          'but for oneself',
        );
      },
      grants,
    );
  }
});

t.test('nobody gives away a row that is their own, even with every grant', async (t) => {
  for (const [person, table, column, other] of owners) {
    const session = await sessionOf(person);
    const grants = `grant usage on schema commerce to commerce_${person.role};
      grant select, insert, update on commerce.${table} to commerce_${person.role};
      alter table commerce.${table} disable trigger user`;
    await as(
      person,
      session,
      async (client) => {
        // Keys of the table itself are refused first, so the policy is asked by a value that breaks none.
        const given = await outcome(client, `update commerce.${table} set ${column} = $1`, [other]);
        t.equal(given, '42501', `${person.name}'s ${table}.${column}`);
      },
      grants,
    );
  }
});
