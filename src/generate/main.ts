import { parseArgs } from 'node:util';
import { createMigratedDatabase, openThrowAwayServer } from '../embedded/throw-away.ts';
import { packageDirectory } from '../migrations/living.ts';
import { withClient } from '../operations/client.ts';
import { UserError } from '../operations/user-error.ts';
import { closedSets } from './closed-sets.ts';
import { constraintFields } from './constraint-fields.ts';
import { documentation } from './documentation.ts';
import { errorPage } from './error-page.ts';
import type { Generator } from './generator.ts';
import { grantedRights } from './granted-rights.ts';
import { graphqlSchema } from './graphql-schema.ts';
import { findOmissions } from './omissions.ts';
import { publicInterface } from './public-interface.ts';
import { notNullFromTables, queries } from './queries.ts';
import { renew } from './renew.ts';
import { rows } from './rows.ts';
import { snapshot } from './snapshot.ts';

const generators: Generator[] = [
  closedSets,
  constraintFields,
  documentation,
  errorPage,
  grantedRights,
  queries,
  rows,
  snapshot,
  graphqlSchema,
];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  // Always the embedded server: what is committed is the spelling of PostgreSQL 18.
  const server = await openThrowAwayServer(undefined);
  try {
    const urls = await createMigratedDatabase(server, `${server.prefix}generate`, process.env);
    await withClient(urls.DATABASE_URL, (client) => client.query(notNullFromTables));
    const scene = { urls, root: packageDirectory };
    const start = (each: Generator) => renew(each, scene, values.check);
    const runs = await Promise.allSettled(generators.map(start));
    // It reads what the others have written.
    runs.push(...(await Promise.allSettled([start(publicInterface)])));
    const failures = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    const defect = failures.find((failure) => !(failure instanceof UserError));
    if (defect !== undefined) throw defect;
    const differing = runs.flatMap((run) => (run.status === 'fulfilled' ? run.value : []));
    const problems = failures.map(({ message }: UserError) => message);
    if (values.check) {
      problems.push(...(await withClient(urls.DATABASE_URL, findOmissions)));
      if (differing.length > 0)
        problems.push(`${differing.join(', ')}: not as generated; run: npm run generate`);
    }
    if (problems.length > 0) throw new UserError(problems.join('\n'));
    console.log(
      values.check
        ? 'migrations carry every living file, the catalogue lacks nothing, generated files agree with the schema'
        : `renewed: ${differing.join(', ') || 'nothing'}`,
    );
  } finally {
    await server.close();
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
