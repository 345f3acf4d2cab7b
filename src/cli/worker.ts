import { loginUrlFrom } from '../operations/login-urls.ts';
import { runWorker } from '../operations/worker.ts';
import { type Command, UserError } from './command.ts';
import { untilStopped } from './until-stopped.ts';

export const worker: Command = {
  summary: 'run the periodic jobs: expiries, partitions, purges, the seal of the audit log',
  usage: 'ccdb worker [--once] [--every SECONDS]',
  options: { once: { type: 'boolean' }, every: { type: 'string' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb worker --help`);
    if (values.every !== undefined && !/^[1-9]\d{0,5}$/.test(String(values.every))) {
      throw new UserError(`--every takes a whole number of seconds from 1, not "${values.every}"`);
    }
    const stop = new AbortController();
    void untilStopped().then(() => stop.abort());
    await runWorker({
      connectionString: loginUrlFrom(env, 'DATABASE_WORKER_URL'),
      signal: stop.signal,
      once: values.once === true,
      ...(values.every !== undefined && { every: Number(values.every) * 1000 }),
      log: (run) => console.log(JSON.stringify(run)),
    });
  },
};
