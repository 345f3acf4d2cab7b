import { readdirSync, readFileSync } from 'node:fs';
import * as closedSets from '../../src/closed-sets.ts';

/** What a generated interface says of one column. */
type Column = { type: string; isNullable: boolean };

const folder = new URL('../../src/queries/', import.meta.url);

/** The columns of each query's result, by the name of the query, as the generated text declares them. */
export const declaredColumns: ReadonlyMap<string, ReadonlyMap<string, Column>> = new Map(
  readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .flatMap((text) => [...text.matchAll(/^export interface (\w+)Result \{\n([\s\S]*?)^\}/gm)])
    .map(([, name = '', body = '']) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      new Map(
        [...body.matchAll(/^ {2}(\w+): (.+?)( \| null)?;$/gm)].map(
          ([, column = '', type = '', nullable]): [string, Column] => [
            column,
            { type, isNullable: nullable !== undefined },
          ],
        ),
      ),
    ]),
);

const lists = new Map<string, readonly string[]>(Object.entries(closedSets));

/** `OrderStatus` → the values of `orderStatuses`, found by the generated line that ties them. */
const valuesOfSet = new Map(
  [
    ...readFileSync(new URL('../closed-sets.ts', folder), 'utf8').matchAll(
      /^export type (\w+) = \(typeof (\w+)\)/gm,
    ),
  ].map(([, type = '', list = '']) => [type, lists.get(list)]),
);

function isA(type: string, value: unknown): boolean {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'Date':
      return value instanceof Date && !Number.isNaN(value.getTime());
    case 'Json':
      return typeof value === 'object';
    case 'stringArray':
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
    default:
      return valuesOfSet.get(type)?.includes(value as string) ?? false;
  }
}

/** Where a row is not what its query's type says. */
export function lies(query: string, row: Record<string, unknown>): string[] {
  const columns = declaredColumns.get(query) ?? new Map<string, Column>();
  const names = new Set([...columns.keys(), ...Object.keys(row)]);
  return [...names].flatMap((name) => {
    const column = columns.get(name);
    if (column === undefined) return [`${name} is not declared`];
    if (!(name in row)) return [`${name} is missing`];
    const value = row[name];
    const isRight = value === null ? column.isNullable : isA(column.type, value);
    return isRight ? [] : [`${name} is ${JSON.stringify(value)}, declared ${column.type}`];
  });
}
