import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { nameRules, type Rule, rightsRules, rowSecurityRules, shapeRules, triggerRules } from './rules.ts';

/** The catalogue is the witness here, so the installer reads it; no row of a tenant is touched. */
const db = await createTestDatabase(t);

const groups: Record<string, Rule[]> = {
  'row-level security': rowSecurityRules,
  rights: rightsRules,
  names: nameRules,
  shape: shapeRules,
  triggers: triggerRules,
};

for (const [group, rules] of Object.entries(groups)) {
  t.test(group, async (t) => {
    for (const rule of rules) {
      const { rows } = await db.installer.query(rule.offenders, rule.values ?? []);
      t.strictSame(rows, [], rule.name);
    }
  });
}

t.test('the rules look at something', async (t) => {
  const { rows } = await db.installer.query<{ tables: number; policies: number; views: number }>(`
    select count(*) filter (where relkind = 'r' and relnamespace = 'commerce'::regnamespace)::int as tables,
           (select count(*)::int from pg_policy) as policies,
           count(*) filter (where relkind = 'v' and relnamespace = 'api'::regnamespace)::int as views
      from pg_class`);
  const [found] = rows;
  t.ok(
    found && found.tables >= 27 && found.policies >= 27 * 4 && found.views >= 27,
    'tables, policies and views are there',
  );
});
