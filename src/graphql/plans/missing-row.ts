import type { PgDeleteSingleStep, PgUpdateSingleStep, WithPgClient } from 'postgraphile/@dataplan/pg';
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
import type { Plan } from './plan.ts';

/** The row that a mutation is about: its view, and the fields of the input that are its key. */
export type Target = { table: string | undefined; keys: string[]; isDeleted: boolean };

/** PgUpdateSingleStep returns null where it meets no row, PgDeleteSingleStep an error of its own. */
function isRefusal(outcome: unknown): boolean {
  return outcome instanceof Error && !outcome.message.startsWith('No values were deleted');
}

/** A deletion that met its row at another version, as the database's trigger says it of an update; null without a row. */
async function conflictOf(
  table: string | undefined,
  id: unknown,
  expected: unknown,
  withPgClient: WithPgClient,
  pgSettings: Record<string, string | undefined> | null,
): Promise<SafeError | null> {
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

/** An update or delete that says so when it meets no row. */
export function refusingMissing(plan: Plan, { table, keys, isDeleted }: Target): Plan {
  return (...args) => {
    const $payload = plan(...args) as ObjectStep;
    const $row = $payload.get('result') as PgUpdateSingleStep | PgDeleteSingleStep;
    const $keys = keys.map((name) => args[1].getRaw(['input', name]));
    const $context = context();
    const $version = isDeleted ? args[1].getRaw(['input', 'version']) : constant(null);
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
          version === null ? null : await conflictOf(table, id, version, withPgClient, pgSettings);
        throw conflict ?? new SafeError('not found', { code: 'NOT_FOUND', field: keys[0] });
      },
    );
    return $payload;
  };
}
