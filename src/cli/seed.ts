import { loginUrlFrom } from '../login-urls.ts';
import { seedDemo } from '../seed-demo.ts';
import { type Command, UserError } from './command.ts';

export const seed: Command = {
  summary: 'fill the database with demo merchants, repeatable by number',
  usage: 'ccdb seed [--tenants 2] [--scale 1] [--seed 1]',
  options: {
    tenants: { type: 'string', default: '2' },
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb seed --help`);
    const count = (flag: string): number => {
      if (!/^[1-9]\d{0,5}$/.test(String(values[flag]))) {
        throw new UserError(`--${flag} takes a whole number from 1, not "${values[flag]}"`);
      }
      return Number(values[flag]);
    };
    const numbers = { tenants: count('tenants'), scale: count('scale'), seed: count('seed') };
    const connectionString = loginUrlFrom(env, 'DATABASE_WORKER_URL');
    await seedDemo({ connectionString, ...numbers, log: console.log });
  },
};
