import { migrationNames } from './files.ts';

/**
 * The last migration of the release before this one; renewed with each release. A server starts on a database that
 * has it and all before it, so that servers may be replaced before the database is migrated.
 */
const lastOfPreviousRelease = '0023_insert_reference_data';

/** A migration of this release, and whether a server needs it. */
export type Expected = { name: string; isNeeded: boolean };

export async function expectedMigrations(): Promise<Expected[]> {
  const names = await migrationNames();
  const last = names.indexOf(lastOfPreviousRelease);
  return names.map((name, index) => ({ name, isNeeded: index <= last }));
}
