import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { generateMigration, regenerateMigration, type Written } from '../migrations/generate.ts';
import { packageDirectory } from '../migrations/living.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';

export const newMigration: Command = {
  summary: 'write the next migration from what changed in functions/ and policies/',
  usage: 'ccdb new NAME [PATH…] [--sql STATEMENTS | --empty | --again] | ccdb new --replace NNNN',
  options: {
    sql: { type: 'string' },
    empty: { type: 'boolean' },
    again: { type: 'boolean' },
    replace: { type: 'string', multiple: true },
  },
  async run({ values, positionals }) {
    const [name, ...paths] = positionals;
    // An installed package has migrations only: all living files would seem to have been removed.
    if (!existsSync(join(packageDirectory, 'functions'))) {
      throw new UserError(
        'ccdb new works in a checkout of the repository, where functions/ and policies/ are',
      );
    }
    const replaced = (values.replace ?? []) as string[];
    if (replaced.length > 0) {
      if (name !== undefined || values.empty || values.again || values.sql !== undefined) {
        throw new UserError(
          '--replace writes an existing migration again and takes no name; see ccdb new --help',
        );
      }
      for (const number of replaced) report(await regenerateMigration(number));
      return;
    }
    if (name === undefined) throw new UserError('ccdb new needs a name, like add_order_note');
    const sql = values.sql as string | undefined;
    if (sql !== undefined && values.empty) throw new UserError('--sql and --empty exclude each other');
    const again = values.again === true;
    if (again && (paths.length === 0 || values.empty)) {
      throw new UserError('--again needs the files of functions/ or policies/ that are to be made again');
    }
    report(await generateMigration(name, paths, { sql, empty: values.empty === true, again }));
  },
};

/** The file, and each living file that is in it with the reason. */
function report({ path, reasons }: Written): void {
  console.log(relative('', path));
  // A migration that makes everything for the first time need not say so of each.
  const listed = [...reasons].filter(([, reason]) => reason !== 'new' || reasons.size <= 20);
  for (const [living, reason] of listed) console.log(`  ${living}: ${reason}`);
}
