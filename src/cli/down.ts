import { migrateDown } from '../migrations/index.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';
import { databaseUrl } from './database-url.ts';

const flag = 'yes-lose-data';

/** Prints what will be gone, and goes on only if that was agreed to. */
function askFor(isAgreed: boolean) {
  return (losses: string[], names: string[]): void => {
    console.log(`This takes back ${names.join(', ')}.`);
    console.log(['It destroys:', ...(losses.length > 0 ? losses : ['no data'])].join('\n  '));
    if (!isAgreed) throw new UserError(`nothing was done: repeat it with --${flag} if that may be lost`);
  };
}

export const down: Command = {
  summary: 'take the last migration back, or the last N, or all, with the data that they hold',
  usage: `ccdb down [N | all] [--${flag}]

  Says what would be destroyed and does nothing, unless:
    --${flag}    it is agreed to

  All migrations are first tried in a transaction that is taken back: if one of them cannot be, none is.
  Whatever the flag, keep a backup: "ccdb up" brings tables back, and never their rows or the log's seals.`,
  options: { [flag]: { type: 'boolean' } },
  async run({ values, positionals, env }) {
    const [count = '1', stray] = positionals;
    if (stray !== undefined || !/^(?:[1-9]\d*|all)$/.test(count)) {
      throw new UserError(`ccdb down takes one number or "all", not "${positionals.join(' ')}"`);
    }
    const names = await migrateDown({
      connectionString: databaseUrl(env),
      count: count === 'all' ? Number.POSITIVE_INFINITY : Number(count),
      agree: askFor(values[flag] === true),
      log: console.log,
    });
    console.log(names.length === 0 ? 'nothing to do: no migration is applied' : `${names.length} taken back`);
  },
};
