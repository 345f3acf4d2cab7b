import { migrationStatus } from '../migrations/index.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';
import { databaseUrl } from './database-url.ts';

export const status: Command = {
  summary: 'list the migrations and which of them the database has',
  usage: 'ccdb status [--json]',
  options: { json: { type: 'boolean' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb status --help`);
    const states = await migrationStatus({ connectionString: databaseUrl(env) });
    if (values.json) {
      console.log(JSON.stringify(states, null, 2));
    } else {
      const width = Math.max(...states.map(({ name }) => name.length));
      for (const { name, state, appliedAt } of states) {
        const time = appliedAt === null ? '' : appliedAt.toISOString().replace(/\.\d+Z$/, 'Z');
        console.log(`${name.padEnd(width)}  ${state.padEnd(12)}  ${time}`.trimEnd());
      }
    }
    const problems = states.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) throw new UserError(problems.join('\n'));
  },
};
