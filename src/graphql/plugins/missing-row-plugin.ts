import type {
  PgDeleteSingleStep,
  PgResource,
  PgResourceUnique,
  PgUpdateSingleStep,
  WithPgClient,
} from 'postgraphile/@dataplan/pg';
import {
  constant,
  context,
  type ObjectStep,
  SafeError,
  type Step,
  sideEffect,
  TRAP_ERROR,
  trap,
} from 'postgraphile/grafast';
import { presentRow } from '../../database/present-row.ts';

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
            const names = primary.map((attributeName) =>
              build.inflection.attribute({ attributeName, codec: resource.codec }),
            );
            const $keys = names.map((name) => args[1].getRaw(['input', name]));
            const $context = context();
            const $version = isPgDeleteMutation ? args[1].getRaw(['input', 'version']) : constant(null);
            sideEffect(
              [
                trap($row as Step, TRAP_ERROR, { valueForError: 'PASS_THROUGH' }),
                $context.get('withPgClient'),
                $context.get('pgSettings'),
                $version,
                ...$keys,
              ],
              async ([row, withPgClient, pgSettings, version, id]) => {
                if (isRefusal(row)) throw row;
                if (row !== null && !(row instanceof Error)) return;
                const conflict =
                  version === null ? null : await conflictOf(resource, id, version, withPgClient, pgSettings);
                throw conflict ?? new SafeError('not found', { code: 'NOT_FOUND', field: names[0] });
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

/** A deletion that met its row at another version, as the database's trigger says it of an update; null without a row. */
async function conflictOf(
  { codec }: PgResource,
  id: unknown,
  expected: unknown,
  withPgClient: WithPgClient,
  pgSettings: Record<string, string | undefined> | null,
): Promise<SafeError | null> {
  const table = codec.extensions?.pg?.name;
  const row = await withPgClient(pgSettings, (client) =>
    presentRow(async (text, values) => (await client.query({ text, values: values as never })).rows, {
      table,
      id,
    }),
  );
  if (row === null) return null;
  const { id: rowId, ...present } = row;
  return new SafeError('the row was changed by someone else', {
    code: 'VERSION_CONFLICT',
    expected,
    actual: present.version,
    table,
    present: { rowId, ...present },
    hint: 'Read the row again and repeat the change on its current version.',
  });
}
