import type { ClientBase } from 'pg';
import { viewsWithTables } from '../graphql/catalogue.ts';
import { type ClosedSet, readClosedSets, typeName } from '../model/closed-set-names.ts';
import { camelCase } from '../model/spelling.ts';
import { withClient } from '../operations/client.ts';
import { callersOf, printCallers } from './callers.ts';
import type { Generator } from './generator.ts';

/** A column of a view of schema api: how TypeScript reads it, and whether and how clients write it. */
export type RowColumn = {
  name: string;
  type: string;
  isNullable: boolean;
  comment: string;
  insert: 'no' | 'optional' | 'needed';
  isUpdatable: boolean;
};

/** A view, and the unique keys of its table, without the tenant and without those that hold another one. */
export type ViewRows = { name: string; comment: string; columns: RowColumn[]; keys: string[][] };

type Found = {
  name: string;
  comment: string;
  columns: {
    name: string;
    type: string;
    home: string | null;
    isNullable: boolean;
    comment: string;
    isNeeded: boolean;
    isInserted: boolean;
    isUpdatable: boolean;
    isRead: boolean;
  }[];
  keys: string[][];
};

/*
 * A unique index counts as a key
 * where it covers all rows that the view shows: its predicate speaks of deleted rows and of missing values alone.
 */
const query = `
  with view as (${viewsWithTables})
  select v.relname as name, obj_description(v.oid, 'pg_class') as comment,
         (
           select json_agg(json_build_object(
                    'name', a.attname, 'type', format_type(a.atttypid, null),
                    'home', case when t.attname is not null then 'commerce.' || v.table_name || '.' || t.attname end,
                    'isNullable', not (a.attnotnull or coalesce(t.attnotnull, false)
                      or col_description(v.oid, a.attnum) like '%@notNull%'),
                    'comment', coalesce(col_description(v.oid, a.attnum), ''),
                    'isNeeded', t.attnotnull and not t.atthasdef,
                    'isInserted', writes.inserts, 'isUpdatable', writes.updates,
                    'isRead', has_column_privilege('commerce_member', v.oid, a.attnum, 'select')
                  ) order by a.attname)
             from pg_attribute as a
             left join pg_attribute as t
               on t.attrelid = v.table_oid and t.attname = a.attname and not t.attisdropped
            cross join lateral (
              select bool_or(has_column_privilege(r.name, v.oid, a.attnum, 'insert')) as inserts,
                     bool_or(has_column_privilege(r.name, v.oid, a.attnum, 'update')) as updates
                from unnest(array['commerce_member', 'commerce_buyer', 'commerce_anonymous']) as r (name)
            ) as writes
            where a.attrelid = v.oid and a.attnum > 0
         ) as columns,
         (
           select coalesce(json_agg(distinct to_jsonb(k.columns)), '[]')
             from pg_index as i
            cross join lateral (
              select array_agg(a.attname::text order by a.attname) as columns
                from pg_attribute as a
               where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and a.attname <> 'tenant_id'
            ) as k
            where i.indrelid = v.table_oid and v.relname = v.table_name
              and i.indisunique and i.indisvalid and i.indexprs is null and k.columns is not null
              and not regexp_like(
                coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
                '^(?!(\\(*(NOT is_deleted|\\w+ IS NOT NULL)\\)*( AND )?)*$)')
              and k.columns <@ array(
                select a.attname::text
                  from pg_attribute as a
                 where a.attrelid = v.oid and has_column_privilege('commerce_member', v.oid, a.attnum, 'select'))
         ) as keys
    from view as v
   order by v.relname`;

/** What the driver makes of a value; see src/database/value-types.ts. */
const types: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  integer: 'number',
  smallint: 'number',
  'double precision': 'number',
  real: 'number',
  'timestamp with time zone': 'Date',
  bytea: 'Buffer',
  jsonb: 'JsonObject',
};

/** JSON of which our functions know some keys. */
const jsonTypes: Readonly<Record<string, string>> = {
  'commerce.orders.metadata': 'OrderMetadata',
};

function typeOf({ type, home }: Found['columns'][number], sets: ClosedSet[]): string {
  const set = sets.find(({ columns }) => home !== null && columns.includes(home));
  const list = type.endsWith('[]') ? '[]' : '';
  if (set !== undefined) return typeName(set) + list;
  return jsonTypes[home ?? ''] ?? (types[type.replace('[]', '')] ?? 'string') + list;
}

/** Without the tags, which are for GraphQL, and with columns in the spelling of TypeScript. */
function inTypeScript(comment: string, columns: Set<string>): string {
  return comment
    .replace(/\n@[\s\S]*$/, '')
    .replace(/\b[a-z]+(_[a-z0-9]+)+\b/g, (word) => (columns.has(word) ? camelCase(word) : word));
}

export async function readRows(client: ClientBase): Promise<ViewRows[]> {
  const sets = await readClosedSets(client);
  const { rows } = await client.query<Found>(query);
  const names = new Set(rows.flatMap(({ columns }) => columns.map(({ name }) => name)));
  return rows.map(({ name, comment, columns, keys }) => ({
    name,
    comment: inTypeScript(comment, names),
    columns: columns
      .filter(({ isRead }) => isRead)
      .map((column) => ({
        name: column.name,
        type: typeOf(column, sets),
        isNullable: column.isNullable,
        comment: inTypeScript(column.comment, names),
        insert: !column.isInserted ? 'no' : column.isNeeded ? 'needed' : 'optional',
        isUpdatable: column.isUpdatable,
      })),
    keys: keys.filter(
      (key) =>
        !keys.some((other) => other.length < key.length && other.every((column) => key.includes(column))),
    ),
  }));
}

const upper = (name: string): string => camelCase(`_${name}`);

/** `order_items` → `OrderItem`: one of the things that a view lists. */
function singular(view: string): string {
  return upper(
    view
      .replace(/sses$/, 'ss')
      .replace(/ies$/, 'y')
      .replace(/(?<!s)s$/, ''),
  );
}

/** What goes in is as permissive as the driver: a moment may be text. */
const given = (type: string): string => (type === 'Date' ? 'Date | string' : type);

function printMember(column: RowColumn, { type = column.type, optional = false } = {}): string {
  const comment = column.comment === '' ? '' : `  /** ${column.comment} */\n`;
  const nullable = column.isNullable ? ' | null' : '';
  return `${comment}  ${camelCase(column.name)}${optional ? '?' : ''}: ${type}${nullable};\n`;
}

function printView({ name, comment, columns }: ViewRows): string {
  const inserted = columns.filter(({ insert }) => insert !== 'no');
  const updated = columns.filter(({ isUpdatable }) => isUpdatable);
  const interfaces = [
    `/** A row of api.${name}: ${comment} */\nexport interface ${upper(name)}Row {\n${columns.map((each) => printMember(each)).join('')}}\n`,
    inserted.length > 0 &&
      `/** What an insert into api.${name} takes; what is left out has a default. */\nexport interface ${upper(name)}Insert {\n${inserted
        .map((each) =>
          printMember(each, {
            type: given(each.type),
            optional: each.insert === 'optional' || each.isNullable,
          }),
        )
        .join('')}}\n`,
    updated.length > 0 &&
      `/** What an update of api.${name} takes; it names the version that was read where there is one. */\nexport interface ${upper(name)}Update {\n${updated
        .map((each) => printMember(each, { type: given(each.type), optional: each.name !== 'version' }))
        .join('')}}\n`,
  ];
  return interfaces.filter(Boolean).join('\n');
}

function printViews(views: ViewRows[]): string {
  const lines = views.map(({ name, columns }) => {
    const insert = columns.some((column) => column.insert !== 'no') ? `${upper(name)}Insert` : 'object';
    const update = columns.some((column) => column.isUpdatable) ? `${upper(name)}Update` : 'object';
    return `  ${camelCase(name)}: { row: ${upper(name)}Row; insert: ${insert}; update: ${update} };\n`;
  });
  return `/** Every view of schema api, with what is read of it and what may be written; \`object\` is nothing. */\nexport interface CommerceViews {\n${lines.join('')}}\n`;
}

async function printFinders(client: ClientBase, { name, columns, keys }: ViewRows): Promise<string[]> {
  const read = columns.map((column) => `t.${column.name}`).join(', ');
  const hasTenant = columns.some((column) => column.name === 'tenant_id');
  const callers = printCallers(await callersOf(client, `select ${read} from api.${name} as t`));
  return keys.map((key) => {
    const by = [...(hasTenant ? ['tenant_id'] : []), ...key];
    const finder = `find${singular(name)}By${key.map(upper).join('And')}`;
    const where = by.map((column, index) => `t.${column} = $${index + 1}`).join(' and ');
    const params = by.map((column) => `'${camelCase(column)}'`);
    const needed = by.map((column) => `'${camelCase(column)}!'`);
    return `/** The row of api.${name} with this ${key.map(camelCase).join(' and ')}, or null. FORBIDDEN for a caller who may not read all of its columns. */
export const ${finder} = new MaybeOneQuery<Key<${upper(name)}Row, ${params.join(' | ')}>, ${upper(name)}Row>(
  '${finder}',
  \`select ${read} from api.${name} as t where ${where}\`,
  [${needed.join(', ')}],
  { ${callers} },
);
`;
  });
}

const head = '// Generated from the views of schema api by "npm run generate"; do not edit.\n';

function printImport(text: string, names: Iterable<string>, module: string): string {
  const used = [...new Set(names)].filter((name) => new RegExp(`\\b${name}\\b`).test(text)).sort();
  return used.length === 0 ? '' : `import type { ${used.join(', ')} } from '${module}';\n`;
}

/** The types of every view's rows, and a query for every unique key. */
export const rows: Generator = {
  owns: ['src/model/rows.ts', 'src/model/finders.ts'],
  generate: ({ urls }) =>
    withClient(urls.DATABASE_URL, async (client) => {
      const views = await readRows(client);
      const sets = (await readClosedSets(client)).map(typeName);
      const types = [...views.map(printView), printViews(views)].join('\n');
      const printed: string[] = [];
      for (const view of views) printed.push(...(await printFinders(client, view)));
      const finders = printed.join('\n');
      const key = `/** The values of a unique key, none of which is null. */
type Key<R, C extends keyof R> = { [N in C]: NonNullable<R[N]> };
`;
      return {
        'src/model/rows.ts': `${head}${printImport(types, sets, './closed-sets.ts')}${printImport(types, ['JsonObject', ...Object.values(jsonTypes)], './json.ts')}\n${types}`,
        'src/model/finders.ts': `${head}import { MaybeOneQuery } from '../database/prepared-query.ts';\n${printImport(
          finders,
          views.map(({ name }) => `${upper(name)}Row`),
          './rows.ts',
        )}\n${key}\n${finders}`,
      };
    }),
};
