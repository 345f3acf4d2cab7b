import { loginUrlFrom } from '../operations/login-urls.ts';
import { seedDemo, seedLimits } from '../operations/seed-demo.ts';
import { type Command, UserError } from './command.ts';
import { progress } from './progress.ts';

export const seed: Command = {
  summary: 'fill the database with demo merchants, repeatable by number',
  usage: `ccdb seed [--tenants 2] [--scale 1] [--seed 1]

  --tenants N  demo merchants 1 to N, at demo-1.example to demo-N.example
  --scale N    orders of each merchant: 1 is a small shop with rows in every table, each further
               1 adds 100 orders with items, payments and 300 messages (--scale 11: 1,000 more)
  --seed N     another number gives other baskets and amounts, the same one always the same

  What is there already is left alone, so a run that was stopped can be repeated.`,
  options: {
    tenants: { type: 'string', default: '2' },
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb seed --help`);
    const count = (flag: keyof typeof seedLimits): number => {
      const number = Number(values[flag]);
      if (!/^[1-9]\d*$/.test(String(values[flag])) || number > seedLimits[flag]) {
        throw new UserError(
          `--${flag} takes a whole number from 1 to ${seedLimits[flag]}, not "${values[flag]}"`,
        );
      }
      return number;
    };
    const tenants = count('tenants');
    const scale = count('scale');
    const numbers = { tenants, scale, seed: count('seed') };
    const connectionString = loginUrlFrom(env, 'DATABASE_WORKER_URL');
    const show = progress(process.stdout);
    const onProgress = (done: number, total: number) =>
      show(done / total, `demo merchant ${Math.min(Math.floor(done / scale) + 1, tenants)} of ${tenants}`);
    await seedDemo({ connectionString, ...numbers, onProgress });
  },
};
