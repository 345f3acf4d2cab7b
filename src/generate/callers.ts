import type pg from 'pg';

const callers = ['member', 'buyer', 'anonymous', 'worker', 'platform'];

/** As an option of a query. */
export const printCallers = (names: readonly string[]): string =>
  `callers: [${names.map((name) => `'${name}'`).join(', ')}]`;

/** Whose rights a statement needs no more than: PostgreSQL is asked for a plan of it in the role of each. */
export async function callersOf(client: pg.ClientBase, statement: string): Promise<string[]> {
  const params = Math.max(0, ...[...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const given = params === 0 ? '' : `(${Array(params).fill('null').join(', ')})`;
  const allowed: string[] = [];
  for (const caller of callers) {
    await client.query(
      `begin; set local role commerce_${caller}; set local plan_cache_mode = force_generic_plan`,
    );
    try {
      await client.query(`prepare asked as ${statement}`);
      await client.query(`explain execute asked${given}`);
      allowed.push(caller);
    } catch (error) {
      if ((error as pg.DatabaseError).code !== '42501') throw error;
    } finally {
      await client.query('rollback; deallocate all');
    }
  }
  return allowed;
}
