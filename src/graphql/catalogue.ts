import type pg from 'pg';

/** What the catalogues know about a column of an api view, from the column of its table. */
export type ColumnFacts = {
  name: string;
  isRequired: boolean;
  hasDefault: boolean;
  /** An array of which a check says that none of its elements is NULL. */
  isWithoutNulls: boolean;
  /** An index finds rows by it. */
  isIndexed: boolean;
  /**
   * The columns by which a query must filter for an index to have its rows in the order of this one, each
   * list an index: none, where the index begins with it. Empty where no index serves an order.
   */
  orderedWithin: string[][];
};

export type ForeignKeyFacts = { column: string; view: string; key: string };

/** A function of schema api, and which of its arguments is of the closed set of which table.column. */
export type FunctionFacts = { id: string; closedSets: Record<string, string> };

export type ViewFacts = {
  name: string;
  table: string;
  columns: ColumnFacts[];
  /** Its table's primary and unique keys, tenant_id left out. */
  keys: { isPrimary: boolean; columns: string[] }[];
  foreignKeys: ForeignKeyFacts[];
};

/** The views of api, each with the table of its name, or else the one of which it names most columns. */
export const viewsWithTables = `
  select v.oid, v.relname, t.oid as table_oid, t.relname as table_name
    from pg_class as v
    cross join lateral (
      select t.oid, t.relname
        from pg_rewrite as r
        join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                           and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
        join pg_class as t on t.oid = d.refobjid and t.relnamespace = 'commerce'::regnamespace
       where r.ev_class = v.oid
       group by t.oid, t.relname
       order by t.relname = v.relname desc, count(*) desc, t.relname
       limit 1
    ) as t
   where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'`;

/*
 * Keys are taken without tenant_id, which row-level security adds to every query: an index
 * (tenant_id, x) is an index on x, and a key (tenant_id, x) is a key x. An index (x) without the tenant, as
 * references to shared rows have, walks through the rows of all tenants: unless it is unique, it serves
 * neither filters nor orders. A foreign key refers by the column that names the other table's primary key.
 * Where a column of it names one that is itself a reference, it refers to the same: a message's customer is
 * its thread's, and an order's buyer, whose profile has the customer's id, is a customer as well.
 */
const query = `
  with view as (${viewsWithTables}), col as (
    select v.relname as view, v.table_oid, t.attnum, t.attname as name, t.attnotnull, t.atthasdef
      from view as v
      join pg_attribute as a on a.attrelid = v.oid and a.attnum > 0
      join pg_attribute as t on t.attrelid = v.table_oid and t.attname = a.attname and not t.attisdropped
  ), index_key as (
    select i.indrelid, k.name, k.within, coalesce(pg_get_expr(i.indpred, i.indrelid), '') as predicate
      from pg_index as i
      join pg_class as c on c.oid = i.indexrelid
      join pg_am as m on m.oid = c.relam and m.amname = 'btree'
      cross join lateral (
        select a.attname as name,
               coalesce(
                 array_agg(coalesce(a.attname::text, '(an expression)'))
                   over (order by k.place rows between unbounded preceding and 1 preceding),
                 '{}') as within
          from unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
          left join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum
         where k.place <= i.indnkeyatts and a.attname is distinct from 'tenant_id'
      ) as k
     where i.indisvalid and k.name is not null
       and (i.indisunique or not exists (
             select from pg_attribute as a
              where a.attrelid = i.indrelid and a.attname = 'tenant_id' and a.attnum <> i.indkey[0]
           ))
  ), key as (
    select c.conrelid, c.contype = 'p' as is_primary,
           array(
             select a.attname
               from unnest(c.conkey) with ordinality as k (attnum, place)
               join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.attnum
              where a.attname <> 'tenant_id'
              order by k.place
           )::text[] as columns
      from pg_constraint as c
     where c.contype in ('p', 'u') and c.connamespace = 'commerce'::regnamespace
  ), pair as (
    select c.conrelid, a.attname as name, c.confrelid, f.attname as far
      from pg_constraint as c
     cross join unnest(c.conkey, c.confkey) as k (near, far)
      join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.near and a.attname <> 'tenant_id'
      join pg_attribute as f on f.attrelid = c.confrelid and f.attnum = k.far
     where c.contype = 'f'
  ), reference as (
    select p.conrelid, p.name, p.confrelid, k.columns[1] as key
      from pair as p
      join key as k on k.conrelid = p.confrelid and k.is_primary and k.columns = array[p.far::text]
  ), target as (
    select r.conrelid, r.name, r.confrelid, r.key
      from reference as r
    union
    select p.conrelid, p.name, r.confrelid, r.key
      from pair as p
      join reference as r on r.conrelid = p.confrelid and r.name = p.far
     where (p.conrelid, p.name) is distinct from (r.confrelid, r.key)
  )
  select v.relname as name, v.table_name as "table",
         (
           select json_agg(json_build_object(
                    'name', c.name, 'isRequired', c.attnotnull, 'hasDefault', c.atthasdef,
                    'isWithoutNulls', exists (
                      select from pg_constraint as k
                       where k.conrelid = v.table_oid and k.contype = 'c' and k.conkey = array[c.attnum]
                         and pg_get_constraintdef(k.oid) like '%array\\_position(' || c.name || ', NULL::text) IS NULL%'
                    ),
                    'indexes', array(
                      select json_build_object('predicate', k.predicate, 'within', k.within)
                        from index_key as k
                       where k.indrelid = v.table_oid and k.name = c.name
                       order by k.within, k.predicate
                    )) order by c.attnum)
             from col as c
            where c.view = v.relname
         ) as columns,
         (
           select coalesce(json_agg(json_build_object('isPrimary', k.is_primary, 'columns', k.columns)
                    order by k.is_primary desc, k.columns), '[]')
             from key as k
            where k.conrelid = v.table_oid
              and k.columns <@ array(select c.name::text from col as c where c.view = v.relname)
         ) as keys,
         (
           select coalesce(json_agg(json_build_object('column', r.name, 'view', o.relname, 'key', r.key)
                    order by r.name, o.relname), '[]')
             from target as r
             join view as o on o.table_oid = r.confrelid and o.relname = o.table_name
             join col as c on c.view = v.relname and c.name = r.name
            where r.conrelid = v.table_oid
         ) as "foreignKeys"
    from view as v
   order by v.relname`;

/** Views hide deleted rows, and a search for a value finds none without one: both leave an index whole. */
function covers(predicate: string, column: string, orders: boolean): boolean {
  const rest = predicate
    .replace('(NOT is_deleted)', '')
    .replace(orders ? '' : `(${column} IS NOT NULL)`, '')
    .replace(/AND|[() ]/g, '');
  return rest === '';
}

type Index = { predicate: string; within: string[] };
type Column = Omit<ColumnFacts, 'isIndexed' | 'orderedWithin'> & { indexes: Index[] };

/** What the indexes of a column are good for, given which columns can be filtered by. */
function facts({ indexes, ...column }: Column, isFilter: (name: string) => boolean): ColumnFacts {
  const orders = indexes
    .filter(({ predicate }) => covers(predicate, column.name, true))
    .map(({ within }) => within)
    // What one index has within a column, another need not have within that and a further one.
    .filter(
      (within, _, all) =>
        !all.some((less) => less.length < within.length && less.every((each) => within.includes(each))),
    );
  const isOrdered = orders.some((within) => within.length === 0);
  const orderedWithin = isOrdered ? [[]] : orders.filter((within) => within.every(isFilter));
  return { ...column, isIndexed: isFilter(column.name), orderedWithin };
}

export async function readViews(client: Pick<pg.ClientBase, 'query'>): Promise<ViewFacts[]> {
  const { rows } = await client.query<Omit<ViewFacts, 'columns'> & { columns: Column[] }>(query);
  return rows.map((view) => {
    const filters = view.columns.filter(({ name, indexes }) =>
      indexes.some(({ within, predicate }) => within.length === 0 && covers(predicate, name, false)),
    );
    const isFilter = (column: string) => filters.some(({ name }) => name === column);
    return { ...view, columns: view.columns.map((column) => facts(column, isFilter)) };
  });
}

/*
 * A function that takes a value of a closed set has it checked: by require_in_set, set_fault or, for the step of a
 * state machine, by require_transition. There it is written down which set an argument belongs to.
 */
const functionQuery = String.raw`
  select p.oid::text as id,
         (
           select coalesce(json_object_agg(m.argument, m.home), '{}')
             from (
               select s[1] as argument, s[2] || '.' || s[3] as home
                 from regexp_matches(
                        p.prosrc,
                        '(?:require_in_set|set_fault)\(\s*''[^'']*'',\s*(p_\w+),\s*''(\w+)'',\s*''(\w+)''', 'g') as s
               union
               select s[2], s[1]
                 from regexp_matches(
                        p.prosrc,
                        'require_transition\(\s*''(\w+\.\w+)'',[^;]*?,\s*(p_\w+)\s*\)', 'g') as s
             ) as m
         ) as "closedSets"
    from pg_proc as p
   where p.pronamespace = 'api'::regnamespace`;

export async function readFunctions(client: Pick<pg.ClientBase, 'query'>): Promise<FunctionFacts[]> {
  const { rows } = await client.query<FunctionFacts>(functionQuery);
  return rows;
}

export type TableSets = { audited: string[]; restorable: string[] };

/** The tables whose changes are logged, and those whose deleted rows can come back, each by a trigger. */
export async function readTableSets(client: Pick<pg.ClientBase, 'query'>): Promise<TableSets> {
  const { rows } = await client.query<TableSets>(
    `select array_agg(distinct c.relname::text) filter (where p.pronamespace = 'audit'::regnamespace) as audited,
            array_agg(distinct c.relname::text) filter (where t.tgname = '_200_soft_delete') as restorable
       from pg_trigger as t
       join pg_class as c on c.oid = t.tgrelid and not c.relispartition
       join pg_proc as p on p.oid = t.tgfoid
      where c.relnamespace = 'commerce'::regnamespace and not t.tgisinternal
        -- A record is named by its id.
        and exists (select from pg_attribute as a where a.attrelid = c.oid and a.attname = 'id')`,
  );
  return rows[0] as TableSets;
}

/** Which roles may use a thing, and which may not; of a column, its name. */
export type Shield = { readers: string[]; refused: string[]; column?: string };

/** Those of the things of schema api that some role may not use; of views, also what is done to their rows. */
export type Shields = Record<'columns' | 'views' | 'functions' | Write, Map<string, Shield>>;

export const writes = ['insert', 'update', 'delete'] as const;
export type Write = (typeof writes)[number];

const shieldQuery = (thing: { key: string; from: string; may: string; asked?: string }) => `
  select ${thing.key} as key,
         coalesce(array_agg(r.name::text order by r.place) filter (where s.may), '{}') as readers,
         array_agg(r.name::text order by r.place) filter (where not s.may) as refused
    from ${thing.from}
   cross join unnest('{commerce_member, commerce_buyer, commerce_anonymous}'::name[])
              with ordinality as r (name, place)
   cross join lateral (select ${thing.may} as may) as s
   where ${thing.asked ?? 'true'}
   group by 1
  having not bool_and(s.may)`;
const views = `pg_class as v join pg_namespace as n on n.oid = v.relnamespace and n.nspname = 'api' and v.relkind = 'v'`;

const writeQuery = (write: Write) =>
  shieldQuery({
    key: 'v.relname::text',
    from: views,
    may: `has_${write === 'delete' ? 'table' : 'any_column'}_privilege(r.name, v.oid, '${write}')`,
  });

const shieldQueries: Record<keyof Shields, string> = {
  // Of a view of which the role may read other columns.
  columns: shieldQuery({
    key: `v.relname || '.' || a.attname`,
    from: `${views} join pg_attribute as a on a.attrelid = v.oid and a.attnum > 0`,
    may: `has_column_privilege(r.name, v.oid, a.attnum, 'select')`,
    asked: `has_any_column_privilege(r.name, v.oid, 'select')`,
  }),
  views: shieldQuery({
    key: 'v.relname::text',
    from: views,
    may: `has_any_column_privilege(r.name, v.oid, 'select')`,
  }),
  functions: shieldQuery({
    key: 'p.oid::text',
    from: `pg_proc as p join pg_namespace as n on n.oid = p.pronamespace and n.nspname = 'api'`,
    may: `has_function_privilege(r.name, p.oid, 'execute')`,
  }),
  insert: writeQuery('insert'),
  update: writeQuery('update'),
  delete: writeQuery('delete'),
};

export async function readShields(client: Pick<pg.ClientBase, 'query'>): Promise<Shields> {
  const read = async (text: string) => {
    const { rows } = await client.query<Shield & { key: string }>(text);
    return new Map(rows.map(({ key, ...shield }) => [key, shield]));
  };
  return {
    columns: await read(shieldQueries.columns),
    views: await read(shieldQueries.views),
    functions: await read(shieldQueries.functions),
    insert: await read(shieldQueries.insert),
    update: await read(shieldQueries.update),
    delete: await read(shieldQueries.delete),
  };
}
