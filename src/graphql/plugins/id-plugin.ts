import type { PgResource } from 'postgraphile/@dataplan/pg';
import { type KeyTypes, readIds } from '../plans/ids.ts';
import { call } from './call.ts';

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

/** The types of the columns of every view's key. */
function keyTypesOf(build: GraphileBuild.Build): KeyTypes {
  const views = (Object.values(build.input.pgRegistry.pgResources) as PgResource[]).filter(
    ({ codec, parameters }) => parameters === undefined && codec.attributes,
  );
  return Object.fromEntries(
    views.map(({ codec, uniques }) => {
      const primary = uniques.find(({ isPrimary }) => isPrimary)?.attributes ?? [];
      const types = primary.map((name) => codec.attributes?.[name]?.codec.name ?? '');
      return [build.inflection.tableType(codec as never), types];
    }),
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
          build.specForHandler = call(readIds, keyTypesOf(build as GraphileBuild.Build)) as never;
          return build;
        },
      },
    },
  },
};
