import t from 'tap';
import { createTestDatabase } from '../support/database.ts';

/**
 * What plpgsql_check (Debian: postgresql-15-plpgsql-check) finds in the bodies of all our functions:
 * errors, warnings and extra warnings. A trigger function is looked at with every table that it is
 * attached to, and with every transition table that any of its triggers names. What it cannot know,
 * because a statement is dynamic, is no finding; nor is a function that returns a row and something beside it.
 */
const findings = `
  select f.name, f.on_table, c.lineno, c.level, c.message, c.detail
    from (
      select p.oid, p.oid::regprocedure::text as name, coalesce(g.tgrelid, 0) as on_table,
             max(g.tgoldtable) as old_table, max(g.tgnewtable) as new_table
        from pg_proc p
        left join pg_trigger g on g.tgfoid = p.oid and not g.tgisinternal and g.tgparentid = 0
       where p.pronamespace::regnamespace::text in ('api', 'audit', 'internal')
         and p.prolang = (select oid from pg_language where lanname = 'plpgsql')
         and (p.prorettype <> 'trigger'::regtype or g.oid is not null)
       group by p.oid, g.tgrelid
    ) f
   cross join plpgsql_check_function_tb(
     f.oid, f.on_table, fatal_errors => false, oldtable => f.old_table, newtable => f.new_table) c
   where c.detail is distinct from 'cannot to determine result of dynamic SQL'
     and c.message not like 'composite OUT variable % is not single argument'
   order by f.name, c.lineno`;

const db = await createTestDatabase(t, { template: 'empty' });
const { rowCount } = await db.installer.query(
  `select from pg_available_extensions where name = 'plpgsql_check'`,
);
const skip = rowCount === 0 && 'plpgsql_check is not installed on this server';

t.test('plpgsql_check finds nothing in any function', { skip }, async (t) => {
  await db.installer.query('create extension plpgsql_check schema public');
  t.strictSame((await db.installer.query(findings)).rows, []);
  await db.installer.query(`
    create function internal.wrong() returns integer language plpgsql as
      $$ begin return (select no_such_column from commerce.products); end $$`);
  t.match(
    (await db.installer.query(findings)).rows,
    [{ name: 'internal.wrong()', level: 'error' }],
    'and would find something',
  );
});
