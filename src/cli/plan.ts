import { migrationPlan } from '../migrations/index.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';
import { databaseUrl } from './database-url.ts';

export const plan: Command = {
  summary: 'print the SQL that up would run, and touch nothing',
  usage: 'ccdb plan [--to NNNN]',
  options: { to: { type: 'string' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb plan --help`);
    const to = values.to as string | undefined;
    process.stdout.write(await migrationPlan({ connectionString: databaseUrl(env), to }));
  },
};
