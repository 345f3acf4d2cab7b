import { migrationStatus } from '../migrations/index.ts';
import { withClient } from '../operations/client.ts';
import { readState, warningsOf } from '../operations/health.ts';
import type { Command } from './command.ts';
import { UserError } from './command.ts';
import { databaseUrl } from './database-url.ts';

async function operationalWarnings(connectionString: string): Promise<string[]> {
  return withClient(connectionString, async (client) => {
    await client.query('begin; set local role commerce_owner');
    return warningsOf(await readState(client));
  });
}

export const status: Command = {
  summary: 'list the migrations and which of them the database has, and warn of what will fail',
  usage: 'ccdb status [--json]',
  options: { json: { type: 'boolean' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb status --help`);
    const states = await migrationStatus({ connectionString: databaseUrl(env) });
    const isComplete = states.every(({ state }) => state === 'applied');
    const warnings = isComplete ? await operationalWarnings(databaseUrl(env)) : [];
    if (values.json) {
      console.log(JSON.stringify(states, null, 2));
    } else {
      const width = Math.max(...states.map(({ name }) => name.length));
      for (const { name, state, appliedAt } of states) {
        const time = appliedAt === null ? '' : appliedAt.toISOString().replace(/\.\d+Z$/, 'Z');
        console.log(`${name.padEnd(width)}  ${state.padEnd(12)}  ${time}`.trimEnd());
      }
    }
    for (const warning of warnings) console.error(`warning: ${warning}`);
    const problems = states.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) throw new UserError(problems.join('\n'));
  },
};
