import type {
  PgDeleteSingleStep,
  PgResource,
  PgResourceUnique,
  PgUpdateSingleStep,
  WithPgClient,
} from 'postgraphile/@dataplan/pg';
import {
  context,
  type ObjectStep,
  SafeError,
  type Step,
  sideEffect,
  TRAP_ERROR,
  trap,
} from 'postgraphile/grafast';
import { sql } from 'postgraphile/pg-sql2';

/**
 * An update or delete that meets no row says so. Without this it would succeed with null: row-level
 * security makes the row of another tenant the same as none. A deletion that only met another version
 * is a conflict, which for updates the database's trigger reports.
 */
export const MissingRowPlugin: GraphileConfig.Plugin = {
  name: 'CommerceMissingRowPlugin',
  schema: {
    hooks: {
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { isPgUpdateMutation, isPgDeleteMutation, pgFieldResource: resource } = scope;
        if (!(isPgUpdateMutation || isPgDeleteMutation) || !resource || !field.plan) return field;
        const { plan } = field;
        return {
          ...field,
          plan(...args) {
            const $payload = plan.apply(this, args) as ObjectStep;
            const $row = $payload.get('result') as PgUpdateSingleStep | PgDeleteSingleStep;
            const uniques: readonly PgResourceUnique[] = resource.uniques;
            const primary = uniques.find(({ isPrimary }) => isPrimary)?.attributes ?? [];
            const $keys = primary.map((attributeName) =>
              args[1].getRaw(['input', build.inflection.attribute({ attributeName, codec: resource.codec })]),
            );
            const $context = context();
            sideEffect(
              [
                trap($row as Step, TRAP_ERROR, { valueForError: 'PASS_THROUGH' }),
                $context.get('withPgClient'),
                $context.get('pgSettings'),
                ...$keys,
              ],
              async ([row, withPgClient, pgSettings, ...keys]) => {
                if (isRefusal(row)) throw row;
                if (row !== null && !(row instanceof Error)) return;
                const actual = isPgDeleteMutation
                  ? await versionOf(resource, primary, keys, withPgClient, pgSettings)
                  : null;
                if (actual !== null) {
                  throw new SafeError('the row has been changed since it was read', {
                    code: 'VERSION_CONFLICT',
                    actual,
                  });
                }
                throw new SafeError('not found', { code: 'NOT_FOUND' });
              },
            );
            return $payload;
          },
        };
      },
    },
  },
};

/** PgUpdateSingleStep returns null where it meets no row, PgDeleteSingleStep an error of its own. */
function isRefusal(outcome: unknown): boolean {
  return outcome instanceof Error && !outcome.message.startsWith('No values were deleted');
}

async function versionOf(
  resource: PgResource,
  columns: readonly string[],
  values: unknown[],
  withPgClient: WithPgClient,
  pgSettings: Record<string, string | undefined> | null,
): Promise<number | null> {
  if (!('version' in (resource.codec.attributes ?? {}))) return null;
  const { text, values: bound } = sql.compile(
    sql`select version from ${resource.from as never} where ${sql.join(
      columns.map((name, index) => sql`${sql.identifier(name)} = ${sql.value(values[index] as string)}`),
      ' and ',
    )}`,
  );
  const { rows } = await withPgClient(pgSettings, (client) =>
    client.query<{ version: number }>({ text, values: bound as never }),
  );
  return rows[0]?.version ?? null;
}
