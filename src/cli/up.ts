import { migrateUp } from '../migrations/index.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';
import { databaseUrl } from './database-url.ts';

export const up: Command = {
  summary: 'apply the pending migrations',
  usage: 'ccdb up [--to NNNN]',
  options: { to: { type: 'string' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb up --help`);
    const to = values.to as string | undefined;
    const names = await migrateUp({ connectionString: databaseUrl(env), to, log: console.log });
    console.log(names.length === 0 ? 'nothing to do: every migration is applied' : `${names.length} applied`);
  },
};
