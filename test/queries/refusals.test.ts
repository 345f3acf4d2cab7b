import t from 'tap';
import * as queries from '../../src/queries/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { declared } from './declared.ts';
import { type Params, type Query, setOf, validParams } from './valid.ts';

/**
 * What every typed query refuses, with the name of the parameter: a needed one that is missing, a value outside of its
 * closed set, a malformed UUID, and a fraction for a whole number.
 */
const db = await createTestDatabase(t, { template: 'empty' });
const all = Object.entries(queries) as unknown as [string, Query][];

/** One malformed value for each type that can have one. */
const wrong: Params = { uuid: 'not-a-uuid', integer: 1.5, smallint: 1.5, bigint: '1.5' };

let sets = 0;
let needed = 0;
let malformed = 0;

for (const [name, query] of all) {
  t.test(name, async (t) => {
    const params = declared.get(name)?.params ?? new Map();
    const { valid, types } = await validParams(db.installer, query);
    const refuses = (params: Params, field: string, why: string) =>
      t.rejects(query.run(params, db.installer), { code: 'INVALID_INPUT', field }, why);

    for (const [each, { text: type, isNullable }] of params) {
      if (['after', 'before', 'first'].includes(each)) continue;
      if (setOf(type) !== undefined) {
        sets += 1;
        const value = Array.isArray(valid[each]) ? ['unheard_of'] : 'unheard_of';
        await refuses({ ...valid, [each]: value }, each, `${each} outside of its set`);
      }
      if (!isNullable) {
        needed += 1;
        await refuses({ ...valid, [each]: undefined }, each, `${each} is missing`);
        await refuses({ ...valid, [each]: null }, each, `${each} is null`);
      }
    }
    for (const [each, type] of types) {
      const value = wrong[type.replace('[]', '')];
      if (value === undefined) continue;
      malformed += 1;
      await refuses({ ...valid, [each]: type.endsWith('[]') ? [value] : value }, each, `${each} as ${value}`);
    }
  });
}

t.test('there was something to refuse', async (t) => {
  t.ok(
    sets > 90 && needed > 600 && malformed > 500,
    `${sets} sets, ${needed} needed, ${malformed} malformed`,
  );
});
