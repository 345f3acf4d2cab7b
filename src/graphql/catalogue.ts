import type pg from 'pg';

/** What the catalogues know about a column of an api view, from the column of its table. */
export type ColumnFacts = {
  name: string;
  isRequired: boolean;
  hasDefault: boolean;
  /** An index finds rows by it. */
  isIndexed: boolean;
  /** An index also has every row in its order. */
  isOrdered: boolean;
};

export type ForeignKeyFacts = { column: string; view: string; key: string };

export type ViewFacts = {
  name: string;
  table: string;
  columns: ColumnFacts[];
  /** Its table's primary and unique keys, tenant_id left out. */
  keys: { isPrimary: boolean; columns: string[] }[];
  foreignKeys: ForeignKeyFacts[];
};

/*
 * A view belongs to the table of its name; one that has none, to the table of which it names most
 * columns. Keys are taken without tenant_id, which row-level security adds to every query: an index
 * (tenant_id, x) is an index on x, and a key (tenant_id, x) is a key x. An index (x) without the tenant, as
 * references to shared rows have, walks through the rows of all tenants: unless it is unique, it serves
 * neither filters nor orders. A foreign key counts by the column that names the other table's primary key;
 * what else it carries only keeps copies in step. Where that key is itself a reference (a buyer's profile
 * has the customer's id), the column refers to both.
 */
const query = `
  with view as (
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
     where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'
  ), col as (
    select v.relname as view, v.table_oid, t.attnum, t.attname as name, t.attnotnull, t.atthasdef
      from view as v
      join pg_attribute as a on a.attrelid = v.oid and a.attnum > 0
      join pg_attribute as t on t.attrelid = v.table_oid and t.attname = a.attname and not t.attisdropped
  ), index_key as (
    select i.indrelid, k.name, coalesce(pg_get_expr(i.indpred, i.indrelid), '') as predicate
      from pg_index as i
      join pg_class as c on c.oid = i.indexrelid
      join pg_am as m on m.oid = c.relam and m.amname = 'btree'
      cross join lateral (
        select a.attname as name
          from unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
          left join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum
         where k.place <= i.indnkeyatts and a.attname is distinct from 'tenant_id'
         order by k.place
         limit 1
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
  ), reference as (
    select distinct c.conrelid, c.confrelid, a.attname as name, p.columns[1] as key
      from pg_constraint as c
      join key as p on p.conrelid = c.confrelid and p.is_primary and cardinality(p.columns) = 1
      cross join unnest(c.conkey, c.confkey) as pair (near, far)
      join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = pair.near
      join pg_attribute as f on f.attrelid = c.confrelid and f.attnum = pair.far and f.attname = p.columns[1]
     where c.contype = 'f' and a.attname <> 'tenant_id'
  ), target as (
    select r.conrelid, r.name, r.confrelid, r.key from reference as r
    union
    select r.conrelid, r.name, s.confrelid, s.key
      from reference as r
      join reference as s on s.conrelid = r.confrelid and s.name = r.key
  )
  select v.relname as name, v.table_name as "table",
         (
           select json_agg(json_build_object(
                    'name', c.name, 'isRequired', c.attnotnull, 'hasDefault', c.atthasdef,
                    'predicates', array(
                      select k.predicate from index_key as k where k.indrelid = v.table_oid and k.name = c.name
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

export async function readViews(client: Pick<pg.ClientBase, 'query'>): Promise<ViewFacts[]> {
  type Column = Omit<ColumnFacts, 'isIndexed' | 'isOrdered'> & { predicates: string[] };
  const { rows } = await client.query<Omit<ViewFacts, 'columns'> & { columns: Column[] }>(query);
  return rows.map((view) => ({
    ...view,
    columns: view.columns.map(({ predicates, ...column }) => ({
      ...column,
      isIndexed: predicates.some((predicate) => covers(predicate, column.name, false)),
      isOrdered: predicates.some((predicate) => covers(predicate, column.name, true)),
    })),
  }));
}
