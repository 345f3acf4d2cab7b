import pg from 'pg';
import type { WithPgClient } from 'postgraphile/@dataplan/pg';
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'postgraphile/graphql';
import { toCommerceError, VersionConflictError } from '../../database/errors.ts';
import { presentRow } from '../../database/present-row.ts';
import { withExtensions } from '../errors.ts';

type Context = { withPgClient: WithPgClient; pgSettings: Record<string, string | undefined> };

async function withPresent(error: GraphQLError, context: Context): Promise<GraphQLError> {
  const { originalError } = error;
  const conflict = originalError instanceof pg.DatabaseError ? toCommerceError(originalError) : undefined;
  if (!(conflict instanceof VersionConflictError)) return error;
  const row = await context
    .withPgClient(context.pgSettings, (client) =>
      presentRow(
        async (text, values) => (await client.query({ text, values: values as never })).rows,
        conflict.details,
      ),
    )
    // The row is an addition: that it cannot be read is no failure of its own.
    .catch(() => null);
  if (row === null) return error;
  const { id: rowId, ...present } = row;
  const told = withExtensions(error, { present: { rowId, ...present } });
  return Object.assign(told, { originalError });
}

/** Who meets a newer version than the one that was read is shown it, as far as the caller may see it. */
export const PresentPlugin: GraphileConfig.Plugin = {
  name: 'CommercePresentPlugin',
  grafast: {
    middleware: {
      async execute(next, { args }: { args: ExecutionArgs }) {
        const result = (await next()) as ExecutionResult;
        if (!('errors' in result) || result.errors === undefined) return result as never;
        const errors = await Promise.all(
          result.errors.map((error) => withPresent(error, args.contextValue as Context)),
        );
        return { ...result, errors } as never;
      },
    },
  },
};
