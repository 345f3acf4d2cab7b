import type { ClientBase } from 'pg';

/*
 * What migrations do to tables by hand, read back from the catalogues, and the statements that lead from one
 * state to an earlier one. Objects are known by their oid, so that a new name is a new name and not a loss.
 * Views, functions, triggers, policies and rights are not here: their living files make them again.
 */

type Column = {
  name: string;
  definition: string;
  type: string;
  default: string | null;
  notNull: boolean;
  generated: boolean;
  identity: string;
  comment: string | null;
};
type Named = { name: string; definition: string; comment: string | null };
type Table = {
  name: string;
  options: string | null;
  replicaIdentity: string;
  partitionKey: string | null;
  comment: string | null;
  columns: Record<string, Column>;
  constraints: Record<string, Named>;
  indexes: Record<string, Named>;
  /** The rows, by primary key; migrations write only reference data. */
  rows: Map<string, string>;
  key: string[];
};
export type Structure = Map<string, Table>;

const query = `
  select t.oid::text as oid,
         format('%I.%I', n.nspname, t.relname) as name,
         array_to_string(t.reloptions, ', ') as options,
         t.relreplident::text as "replicaIdentity",
         case when t.relkind = 'p' then pg_get_partkeydef(t.oid) end as "partitionKey",
         obj_description(t.oid, 'pg_class') as comment,
         coalesce((
           select jsonb_object_agg(a.attnum, jsonb_build_object(
                    'name', quote_ident(a.attname),
                    'type', format_type(a.atttypid, a.atttypmod)
                      || case when a.attcollation <> y.typcollation then ' collate ' || a.attcollation::regcollation else '' end,
                    'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
                    'generated', a.attgenerated <> '',
                    'definition', case when a.attgenerated <> ''
                      then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ')' || case a.attgenerated when 's' then ' stored' else ' virtual' end
                      else '' end,
                    'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' else '' end,
                    'notNull', a.attnotnull,
                    'comment', col_description(t.oid, a.attnum)))
             from pg_attribute as a
             join pg_type as y on y.oid = a.atttypid
             left join pg_attrdef as d on d.adrelid = t.oid and d.adnum = a.attnum
            where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped), '{}') as columns,
         coalesce((
           select jsonb_object_agg(c.oid::text, jsonb_build_object(
                    'name', quote_ident(c.conname), 'definition', pg_get_constraintdef(c.oid),
                    'comment', obj_description(c.oid, 'pg_constraint')))
             from pg_constraint as c
            where c.conrelid = t.oid and c.contype in ('p', 'u', 'f', 'c', 'x') and c.conparentid = 0), '{}') as constraints,
         coalesce((
           select jsonb_object_agg(i.oid::text, jsonb_build_object(
                    'name', quote_ident(i.relname), 'definition', pg_get_indexdef(i.oid),
                    'comment', obj_description(i.oid, 'pg_class')))
             from pg_index as x
             join pg_class as i on i.oid = x.indexrelid
            where x.indrelid = t.oid
              and not exists (select from pg_constraint as c where c.conindid = i.oid and c.contype in ('p', 'u', 'x'))), '{}') as indexes,
         coalesce((
           select array_agg(a.attname::text order by array_position(x.indkey::smallint[], a.attnum))
             from pg_index as x
             join pg_attribute as a on a.attrelid = x.indrelid and a.attnum = any (x.indkey::smallint[])
            where x.indrelid = t.oid and x.indisprimary), '{}') as key
    from pg_class as t
    join pg_namespace as n on n.oid = t.relnamespace
   where n.nspname in ('audit', 'commerce', 'internal') and t.relkind in ('r', 'p') and not t.relispartition
   order by t.oid`;

export async function readStructure(client: ClientBase): Promise<Structure> {
  const structure: Structure = new Map();
  const { rows: tables } = await client.query<Omit<Table, 'rows'> & { oid: string }>(query);
  for (const { oid, ...table } of tables) {
    const rows = new Map<string, string>();
    if (table.key.length > 0) {
      const found = await client.query<{ key: string; row: string }>(
        `select jsonb_build_array(${table.key.map((column) => `t.${client.escapeIdentifier(column)}`)})::text as key,
                to_jsonb(t)::text as row
           from ${table.name} as t`,
      );
      for (const { key, row } of found.rows) rows.set(key, row);
    }
    structure.set(oid, { ...table, rows });
  }
  return structure;
}

const literal = (text: string | null) => (text === null ? 'null' : `'${text.replaceAll("'", "''")}'`);

function printColumn({ name, type, definition, identity, notNull, default: value }: Column): string {
  const parts = [
    `${name} ${type}${definition}`,
    identity !== '' && `generated ${identity} as identity`,
    value !== null && `default ${value}`,
    notNull && 'not null',
  ];
  return parts.filter(Boolean).join(' ');
}

const isKey = ({ definition }: Named) => /^(?:PRIMARY KEY|UNIQUE|EXCLUDE)/.test(definition);

/** Pairs what two states have in common, and what only one of them has. */
function pair<T>(
  now: Record<string, T>,
  then: Record<string, T>,
  isSame: (a: T, b: T) => boolean = () => false,
) {
  const added = { ...now };
  const lost: T[] = [];
  const kept: [T, T][] = [];
  for (const [id, former] of Object.entries(then)) {
    // What PostgreSQL builds again for a column's new type has another oid, and is otherwise the same.
    const match =
      id in added
        ? id
        : Object.keys(added).find((other) => !(other in then) && isSame(added[other] as T, former));
    if (match === undefined) lost.push(former);
    else {
      kept.push([added[match] as T, former]);
      delete added[match];
    }
  }
  return { added: Object.values(added), lost, kept };
}

const isSameNamed = (a: Named, b: Named) => a.name === b.name && a.definition === b.definition;
const isUnvalidated = ([now, former]: [Named, Named]) =>
  former.definition.endsWith(' NOT VALID') && !now.definition.endsWith(' NOT VALID');

/** The statements that bring the tables of one state back to what they were in an earlier one, rows of reference data included. */
export function statementsBack(now: Structure, then: Structure): string[] {
  const tables = pair(Object.fromEntries(now), Object.fromEntries(then));
  const out: string[] = [];
  const late: string[] = [];
  const comments: string[] = [];
  const comment = (kind: string, name: string, text: string | null) =>
    comments.push(`comment on ${kind} ${name} is ${literal(text)};`);

  const restore = (table: string, constraints: Named[], indexes: Named[]) => {
    // Foreign keys refer to the keys of other tables, which may come back as well.
    for (const named of constraints) {
      (isKey(named) ? out : late).push(
        `alter table ${table} add constraint ${named.name} ${named.definition};`,
      );
      if (named.comment !== null) comment('constraint', `${named.name} on ${table}`, named.comment);
    }
    for (const { name, definition, comment: text } of indexes) {
      out.push(`${definition};`);
      if (text !== null) comment('index', `${table.split('.')[0]}.${name}`, text);
    }
  };

  for (const table of tables.added.reverse()) out.push(`drop table ${table.name};`);
  for (const [table, former] of tables.kept) {
    const constraints = pair(table.constraints, former.constraints, isSameNamed);
    const unvalidated = constraints.kept.filter(isUnvalidated);
    const dropped = [...constraints.added, ...unvalidated.map(([named]) => named)];
    for (const { name } of dropped.sort((a, b) => Number(isKey(a)) - Number(isKey(b)))) {
      out.push(`alter table ${table.name} drop constraint ${name};`);
    }
    const indexes = pair(table.indexes, former.indexes, isSameNamed);
    for (const { name } of indexes.added) out.push(`drop index ${table.name.split('.')[0]}.${name};`);

    if (table.name !== former.name) out.push(...moveTable(table.name, former.name));
    for (const [named, old] of constraints.kept) {
      if (named.name !== old.name)
        out.push(`alter table ${former.name} rename constraint ${named.name} to ${old.name};`);
    }
    for (const [named, old] of indexes.kept) {
      if (named.name !== old.name)
        out.push(`alter index ${former.name.split('.')[0]}.${named.name} rename to ${old.name};`);
    }
    const columns = pair(table.columns, former.columns);
    for (const { name } of columns.added) out.push(`alter table ${former.name} drop column ${name};`);
    for (const [column, old] of columns.kept) out.push(...columnBack(former.name, column, old));
    for (const column of columns.lost) {
      out.push(`alter table ${former.name} add column ${printColumn(column)};`);
      if (column.comment !== null) comment('column', `${former.name}.${column.name}`, column.comment);
    }
    for (const [column, old] of columns.kept) {
      if (column.comment !== old.comment) comment('column', `${former.name}.${old.name}`, old.comment);
    }
    restore(former.name, [...constraints.lost, ...unvalidated.map(([, old]) => old)], indexes.lost);
    if (table.comment !== former.comment) comment('table', former.name, former.comment);
    if (table.replicaIdentity !== former.replicaIdentity && 'dfn'.includes(former.replicaIdentity)) {
      const identity = { d: 'default', f: 'full', n: 'nothing' }[former.replicaIdentity];
      out.push(`alter table ${former.name} replica identity ${identity};`);
    }
  }
  for (const table of tables.lost) {
    const columns = Object.values(table.columns);
    const partition = table.partitionKey === null ? '' : ` partition by ${table.partitionKey}`;
    out.push(`create table ${table.name} (\n  ${columns.map(printColumn).join(',\n  ')}\n)${partition};`);
    restore(table.name, Object.values(table.constraints), Object.values(table.indexes));
    if (table.comment !== null) comment('table', table.name, table.comment);
    for (const column of columns) {
      if (column.comment !== null) comment('column', `${table.name}.${column.name}`, column.comment);
    }
  }
  const rows = [
    ...tables.kept.flatMap(([table, former]) => rowsBack(table, former)),
    ...tables.lost.flatMap((table) => rowsBack({ ...table, rows: new Map() }, table)),
  ];
  return [...out, ...late, ...comments, ...rows];
}

function moveTable(now: string, then: string): string[] {
  const [schema, name] = then.split('.') as [string, string];
  const [present] = now.split('.') as [string];
  return [
    ...(present === schema ? [] : [`alter table ${now} set schema ${schema};`]),
    `alter table ${schema}.${now.split('.')[1]} rename to ${name};`,
  ];
}

function columnBack(table: string, now: Column, then: Column): string[] {
  const out: string[] = [];
  if (now.name !== then.name) out.push(`alter table ${table} rename column ${now.name} to ${then.name};`);
  const alter = (action: string) => out.push(`alter table ${table} alter column ${then.name} ${action};`);
  if (now.type !== then.type) {
    // A default of the new type may have no meaning in the old one.
    if (now.default !== null) alter('drop default');
    alter(`type ${then.type} using ${then.name}::${then.type.replace(/ collate .*/, '')}`);
  }
  const isKept = now.type === then.type && now.default === then.default;
  if (!then.generated && !isKept && (then.default !== null || now.type === then.type)) {
    alter(then.default === null ? 'drop default' : `set default ${then.default}`);
  }
  if (now.notNull !== then.notNull) alter(then.notNull ? 'set not null' : 'drop not null');
  if (now.identity !== then.identity) {
    if (now.identity !== '') alter('drop identity');
    if (then.identity !== '') alter(`add generated ${then.identity} as identity`);
  }
  return out;
}

/** Reference data as it was. Columns that only one state has are left alone. */
function rowsBack(now: Table, then: Table): string[] {
  const columns = Object.values(then.columns).filter(({ generated }) => !generated);
  const shared = columns.filter(({ name }) =>
    Object.values(now.columns).some((column) => column.name === name),
  );
  const pick = (row: string) => {
    const values = JSON.parse(row) as Record<string, unknown>;
    return JSON.stringify(shared.map(({ name }) => values[name.replaceAll('"', '')] ?? null));
  };
  const from = (row: string) => `jsonb_populate_record(null::${then.name}, ${literal(row)})`;
  const isSameRow = then.key.map((column) => `t.${column} = r.${column}`).join(' and ');
  const out: string[] = [];
  for (const [key, row] of now.rows) {
    if (!then.rows.has(key))
      out.push(`delete from ${then.name} as t using ${from(row)} as r where ${isSameRow};`);
  }
  for (const [key, row] of then.rows) {
    const present = now.rows.get(key);
    if (present === undefined) {
      const names = columns.map(({ name }) => name).join(', ');
      out.push(
        `insert into ${then.name} (${names}) overriding system value select ${names} from ${from(row)};`,
      );
    } else if (pick(present) !== pick(row)) {
      const sets = shared.map(({ name }) => `${name} = r.${name}`).join(', ');
      out.push(`update ${then.name} as t set ${sets} from ${from(row)} as r where ${isSameRow};`);
    }
  }
  return out;
}
