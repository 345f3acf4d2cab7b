import { type ClosedSet, readClosedSets, typeName } from '../model/closed-set-names.ts';
import { camelCase } from '../model/spelling.ts';
import { withClient } from '../operations/client.ts';
import type { Generator } from './generator.ts';

/** `order_status` → `orderStatuses`. */
export function valuesName({ name }: ClosedSet): string {
  return camelCase(name.replace(/y$/, 'ie').replace(/s$/, 'se').concat('s'));
}

function print(set: ClosedSet): string {
  const values = set.values.map((value) => `  '${value}',\n`).join('');
  return `/** The values of ${set.columns.join(', ')}. */
export const ${valuesName(set)} = [
${values}] as const;
/** One of ${valuesName(set)}. */
export type ${typeName(set)} = (typeof ${valuesName(set)})[number];
`;
}

/** The unions of TypeScript from the checks, which are the one definition of a closed set. */
export const closedSets: Generator = {
  owns: ['src/model/closed-sets.ts'],
  generate: ({ urls }) =>
    withClient(urls.DATABASE_URL, async (client) => {
      const sets = await readClosedSets(client);
      const head = '// Generated from the checks named *_set by "npm run generate"; do not edit.\n';
      return { 'src/model/closed-sets.ts': [head, ...sets.map(print)].join('\n') };
    }),
};
