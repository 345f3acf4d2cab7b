import { endWithParent } from '../../src/embedded/end-with-parent.ts';
import { runProgram } from '../../src/embedded/run-program.ts';
import {
  createDatabase,
  createMigratedDatabase,
  databaseUrls,
  openThrowAwayServer,
} from '../../src/embedded/throw-away.ts';
import { loginUrls } from '../../src/operations/login-urls.ts';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { UserError } from '../../src/operations/user-error.ts';
import { templateName } from './database.ts';

/**
 * `npm test`: one server for the whole run (DATABASE_URL's, or an embedded one), two template databases on it,
 * and tap with this command's arguments. The files of tests copy a template each. LONG runs take their time.
 */
async function main(args: string[]): Promise<number> {
  const { env } = process;
  const server = await openThrowAwayServer(env.DATABASE_URL);
  try {
    const empty = templateName(server.prefix, 'empty');
    const demo = templateName(server.prefix, 'demo');
    await createMigratedDatabase(server, empty, env);
    await createDatabase(server.url, demo, empty);
    await seedDemo({ connectionString: databaseUrls(server, demo, env).DATABASE_WORKER_URL });
    const limit = env.LONG ? ['--timeout=0'] : [];
    return await runProgram('tap', ['run', ...limit, ...args], {
      ...env,
      // Once for all files: deriving passwords takes its time.
      ...loginUrls(server.url, env),
      DATABASE_URL: server.url,
      TEST_SERVER: env.DATABASE_URL === undefined ? 'embedded' : 'given',
      TEST_DATABASE_PREFIX: server.prefix,
    });
  } finally {
    await server.close();
  }
}

endWithParent();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
}
