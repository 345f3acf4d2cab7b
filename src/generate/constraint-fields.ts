import type { ClientBase } from 'pg';
import { camelCase } from '../model/spelling.ts';
import { withClient } from '../operations/client.ts';
import type { Generator } from './generator.ts';
import { wordsOf } from './rules.ts';

const file = 'src/model/constraint-fields.ts';

const head = `// Generated from the constraints of schema commerce by "npm run generate"; do not edit.

/** The field that a constraint is about, where it is one besides the tenant, and of a CHECK what it asks of it. */
export const constraintFields: Readonly<Record<string, readonly [field: string, rule?: string]>> = {
`;

type Constraint = {
  name: string;
  table: string;
  fields: string[];
  expression: string | null;
  comment: string | null;
};

/** A comment says it, beginning with the field; what has a common form needs none. */
function describe({
  fields,
  expression,
  comment,
}: Constraint): readonly [field: string | undefined, rule?: string | undefined] {
  const [, named, words] = /^(\w+) (.+)$/s.exec(comment ?? '') ?? [];
  const field = named ?? fields[0];
  if (expression === null) return fields.length === 1 ? [field] : [undefined];
  return [field, words ?? wordsOf(expression)];
}

/** The CHECKs for which a form has no message, a line for each with the command that mends it. */
export async function findWordless(client: ClientBase): Promise<string[]> {
  const constraints = await readConstraints(client);
  return constraints
    .filter((each) => each.expression !== null && describe(each)[1] === undefined)
    .map(
      ({ name, table, fields: [field] }) =>
        `${name}: a message for forms is missing; run: npm run ccdb -- new describe_${name} --sql "comment on constraint ${name} on ${table} is '${field} must fit the other values of the row'"`,
    );
}

const text = (value: string): string => `'${value.replaceAll("'", "\\'")}'`;

async function readConstraints(client: ClientBase): Promise<Constraint[]> {
  const { rows } = await client.query<Constraint>(
    `with named as (
           select c.conname as name, c.conrelid as relation, c.conkey as columns,
                  case c.contype when 'c' then pg_get_expr(c.conbin, c.conrelid) end as expression,
                  obj_description(c.oid, 'pg_constraint') as comment
             from pg_constraint as c
            where c.connamespace = 'commerce'::regnamespace and c.contype in ('c', 'f', 'u')
           union all
           select r.relname, i.indrelid,
                  case when i.indexprs is null then i.indkey::int2[]
                    else array(
                      select d.refobjsubid::int2
                        from pg_depend as d
                        join pg_attribute as u
                          on u.attrelid = d.refobjid and u.attnum = d.refobjsubid and u.attname <> 'is_deleted'
                       where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = i.indrelid)
                  end, null, null
             from pg_index as i
             join pg_class as r on r.oid = i.indexrelid
            where r.relnamespace = 'commerce'::regnamespace and i.indisunique and not i.indisprimary
              and not exists (select from pg_constraint as c where c.conindid = i.indexrelid and c.contype = 'u')
         )
         select n.name, n.relation::regclass::text as table, min(n.expression) as expression, min(n.comment) as comment,
                array_agg(a.attname::text order by a.attnum) as fields
           from named as n
           join pg_attribute as a on a.attrelid = n.relation and a.attnum = any (n.columns)
          where a.attname <> 'tenant_id' or n.expression is not null
          group by n.name, n.relation
          order by n.name collate "C"`,
  );
  return rows;
}

/** PostgreSQL names the constraint that a value breaks, and neither the field nor what it should be. */
export const constraintFields: Generator = {
  owns: [file],
  generate: ({ urls }) =>
    withClient(urls.DATABASE_URL, async (client) => {
      const rows = await readConstraints(client);
      const columns = new Set(rows.flatMap(({ fields }) => fields));
      const spell = (words: string) =>
        words.replace(/\b[a-z]+(_[a-z0-9]+)+\b/g, (word) => (columns.has(word) ? camelCase(word) : word));
      const lines = rows.flatMap((row) => {
        const [field, rule] = describe(row);
        if (field === undefined) return [];
        const parts = [camelCase(field), ...(rule === undefined ? [] : [spell(rule)])];
        return `  ${row.name}: [${parts.map(text).join(', ')}],\n`;
      });
      return { [file]: `${head}${lines.join('')}};\n` };
    }),
};
