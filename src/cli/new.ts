import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { generateMigration, regenerateMigration } from '../migrations/generate.ts';
import { packageDirectory } from '../migrations/living.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';

export const newMigration: Command = {
  summary: 'write the next migration from what changed in functions/ and policies/',
  usage: 'ccdb new NAME [PATH…] [--empty] | ccdb new --replace NNNN',
  options: { empty: { type: 'boolean' }, replace: { type: 'string', multiple: true } },
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
      if (name !== undefined || values.empty) {
        throw new UserError(
          '--replace writes an existing migration again and takes no name; see ccdb new --help',
        );
      }
      for (const number of replaced) console.log(relative('', await regenerateMigration(number)));
      return;
    }
    if (name === undefined) throw new UserError('ccdb new needs a name, like add_order_note');
    console.log(relative('', await generateMigration(name, paths, { empty: values.empty === true })));
  },
};
