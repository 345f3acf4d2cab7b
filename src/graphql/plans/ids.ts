import { SafeError } from 'postgraphile/grafast';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The types of the columns of a key, for each type of rows. */
export type KeyTypes = Readonly<Record<string, string[]>>;

/** The key of the row that an id names, `Order|0198…` or the key alone; refuses an id that no row of the type has. */
function keyOf(id: string, typeName: string, types: string[]): string[] {
  const [first = '', ...rest] = id.split('|');
  const key = rest.length === 0 ? [first] : rest;
  const isOfType = rest.length === 0 || first === typeName;
  const isKey =
    key.length === types.length && types.every((type, n) => type !== 'uuid' || uuid.test(key[n] ?? ''));
  if (isOfType && isKey) return key;
  throw new SafeError(`id must be the id of a ${typeName}, or its rowId`, {
    code: 'INVALID_INPUT',
    field: 'id',
  });
}

/** How the ids of a type are read. */
export function readIds(
  keyTypes: KeyTypes,
): (handler: { typeName: string }) => (id: string | null | undefined) => string[] | null {
  return ({ typeName }) =>
    (id) =>
      id == null ? null : [typeName, ...keyOf(id, typeName, keyTypes[typeName] ?? [])];
}
