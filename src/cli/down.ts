import { migrateDown } from '../migrations/index.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';
import { databaseUrl } from './database-url.ts';

export const down: Command = {
  summary: 'take the last migration back, or the last N, or all',
  usage: 'ccdb down [N | all]',
  options: {},
  async run({ positionals, env }) {
    const [count = '1', stray] = positionals;
    if (stray !== undefined || !/^(?:[1-9]\d*|all)$/.test(count)) {
      throw new UserError(`ccdb down takes one number or "all", not "${positionals.join(' ')}"`);
    }
    const names = await migrateDown({
      connectionString: databaseUrl(env),
      count: count === 'all' ? Number.POSITIVE_INFINITY : Number(count),
      log: console.log,
    });
    console.log(names.length === 0 ? 'nothing to do: no migration is applied' : `${names.length} taken back`);
  },
};
