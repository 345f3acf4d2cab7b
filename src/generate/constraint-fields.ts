import { withClient } from '../operations/client.ts';
import type { Generator } from './generator.ts';

const file = 'src/model/constraint-fields.ts';

const head = `// Generated from the constraints of schema commerce by "npm run generate"; do not edit.

/** The column that a constraint is about, for those that are about one besides the tenant. */
export const constraintFields: Readonly<Record<string, string>> = {
`;

/** PostgreSQL names the constraint that a value breaks, and not the field. */
export const constraintFields: Generator = {
  owns: [file],
  generate: ({ urls }) =>
    withClient(urls.DATABASE_URL, async (client) => {
      const { rows } = await client.query<{ name: string; field: string }>(
        `with named as (
           select c.conname as name, c.conrelid as relation, c.conkey as columns
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
                  end
             from pg_index as i
             join pg_class as r on r.oid = i.indexrelid
            where r.relnamespace = 'commerce'::regnamespace and i.indisunique and not i.indisprimary
              and not exists (select from pg_constraint as c where c.conindid = i.indexrelid and c.contype = 'u')
         )
         select n.name, min(a.attname) as field
           from named as n
           join pg_attribute as a on a.attrelid = n.relation and a.attnum = any (n.columns)
          where a.attname <> 'tenant_id'
          group by n.name, n.relation
         having count(*) = 1
          order by n.name collate "C"`,
      );
      const lines = rows.map(({ name, field }) => `  ${name}: '${field}',\n`);
      return { [file]: `${head}${lines.join('')}};\n` };
    }),
};
