import { runProgram } from '../embedded/run-program.ts';
import { createMigratedDatabase, openThrowAwayServer } from '../embedded/throw-away.ts';
import { seedDemo } from '../operations/seed-demo.ts';
import { type Command, UserError } from './command.ts';

export const withDatabase: Command = {
  summary: 'run a program with a fresh, migrated database that is thrown away afterwards',
  usage: 'ccdb with-database [--seed] PROGRAM [ARGUMENT…]',
  options: { seed: { type: 'boolean' } },
  takesProgram: true,
  async run({ values, positionals: [program, ...args], env }) {
    if (program === undefined) throw new UserError('name the program to run; see ccdb with-database --help');
    const server = await openThrowAwayServer(env.DATABASE_URL);
    try {
      const urls = await createMigratedDatabase(server, `${server.prefix}db`, env);
      if (values.seed) await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
      process.exitCode = await runProgram(program, args, { ...env, ...urls });
    } finally {
      await server.close();
    }
  },
};
