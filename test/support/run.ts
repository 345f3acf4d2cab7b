import { runProgram } from '../../src/embedded/run-program.ts';
import { UserError } from '../../src/operations/user-error.ts';
import { withTemplates } from './templates.ts';

/** `npm test`: tap with this command's arguments. LONG runs take their time. */
try {
  const limit = process.env.LONG ? ['--timeout=0'] : [];
  process.exitCode = await withTemplates(process.env, (env) =>
    runProgram('tap', ['run', ...limit, ...process.argv.slice(2)], env),
  );
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
}
