import t from 'tap';
import { groupByDomain } from '../../src/generate/documentation.ts';
import { domains } from '../../src/generate/domains.ts';

const tables = Object.values(domains)
  .flat()
  .map((name) => ({ name }));

t.test('every table stands in one domain', async (t) => {
  const grouped = groupByDomain(tables);
  t.strictSame(
    grouped.flatMap(([, own]) => own),
    tables,
  );
  t.same(groupByDomain([...tables, { name: 'newcomer' }]).at(-1), ['Other', [{ name: 'newcomer' }]]);
  t.throws(() => groupByDomain(tables.slice(1)), { message: new RegExp(`no table ${tables[0]?.name}`) });
});
