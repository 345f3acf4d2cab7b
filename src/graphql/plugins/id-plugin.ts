import type { PgResource } from 'postgraphile/@dataplan/pg';
import { SafeError } from 'postgraphile/grafast';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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

/** The view whose rows are of a type. */
export function viewOf(
  build: Pick<GraphileBuild.Build, 'input' | 'inflection'>,
  typeName: string,
): PgResource | undefined {
  return (Object.values(build.input.pgRegistry.pgResources) as PgResource[]).find(
    ({ codec, parameters }) =>
      parameters === undefined && codec.attributes && build.inflection.tableType(codec as never) === typeName,
  );
}

/**
 * Every row has an id that is its own in the whole schema, for caches and `node(id)`, and beside it as `rowId`
 * the key that columns of other rows hold and arguments take. `order(id)` takes either, so that a person can
 * paste what a log or a support request names.
 */
export const IdPlugin: GraphileConfig.Plugin = {
  name: 'CommerceIdPlugin',
  schema: {
    hooks: {
      build: {
        after: ['NodeAccessorPlugin'],
        callback(build) {
          build.specForHandler = ({ typeName }) => {
            const resource = viewOf(build as GraphileBuild.Build, typeName);
            const primary = resource?.uniques.find(({ isPrimary }) => isPrimary)?.attributes ?? [];
            const types = primary.map((name) => resource?.codec.attributes?.[name]?.codec.name ?? '');
            return (id: string | null | undefined) =>
              id == null ? null : [typeName, ...keyOf(id, typeName, types)];
          };
          return build;
        },
      },
    },
  },
};
