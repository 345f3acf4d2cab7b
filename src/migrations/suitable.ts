import type pg from 'pg';
import { UserError } from '../operations/user-error.ts';

/** What no setting of a connection can mend, with what mends it. */
const faults = `
select format('the database has the encoding %s: make one with encoding ''UTF8''', pg_encoding_to_char(d.encoding)) as fault
  from pg_database as d
 where d.datname = current_database() and d.encoding <> pg_char_to_encoding('UTF8')
union all
select format('the extension %s is in the schema %I, and has to be in internal, which the first migration makes: %s',
              e.extname, n.nspname,
              case when to_regnamespace('internal') is null then 'drop it, or take a database of its own'
                   else format('alter extension %s set schema internal', e.extname) end)
  from pg_extension as e
  join pg_namespace as n on n.oid = e.extnamespace
 where e.extname in ('pg_trgm', 'btree_gin') and n.nspname <> 'internal'`;

/** Refuses, in one line and before anything is done, a database on which the package cannot work. */
export async function refuseUnsuitable(db: pg.ClientBase | pg.Pool): Promise<void> {
  const { rows } = await db.query<{ fault: string }>(faults);
  if (rows[0] !== undefined) throw new UserError(rows[0].fault);
}
