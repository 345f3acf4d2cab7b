import './environment.ts';
import { rename, rm, writeFile } from 'node:fs/promises';
import { exportSchemaAsString } from 'graphile-export';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'postgraphile/graphql';
import { createPool, endPool } from '../database/pool.ts';
import { refuseUnsuitable } from '../migrations/suitable.ts';
import { UserError } from '../operations/user-error.ts';
import { type Origin, originOf, readSchema } from './built-schema.ts';
import { limits } from './limits.ts';
import { refuseMissingMigrations, refuseOtherLogin } from './operations.ts';
import { modules, plans } from './plans/index.ts';
import { buildSchema } from './schema-preset.ts';

/** `import { a, b as c } from "module";` as what the server hands over. */
function takeOver(statement: string): string {
  const [, names, module = ''] = /^import \{ (.+) \} from "(.+)";$/.exec(statement) ?? [];
  if (names === undefined || !(module in modules))
    throw new Error(`a schema that is built ahead cannot have: ${statement}`);
  return `const { ${names.replaceAll(' as ', ': ')} } = from["${module}"];`;
}

/**
 * The module that graphile-export makes, as a function of the modules that it imports: a file of an operator's may lie
 * where Node would not find them, and there may be only one of each.
 */
function asFunction(code: string): string {
  return code.replaceAll(/^import .+$/gm, takeOver).replaceAll(/^export (?=const )/gm, '');
}

function textOf(code: string, origin: Origin): string {
  return `// The GraphQL schema of conversational-commerce-db, which \`ccdb schema\` has written for \`ccdb serve\`.
export const origin = ${JSON.stringify(origin, null, 2)};
// In brackets, so that the function is compiled at once and not read twice.
export const makeSchema = (function makeSchema(from) {
${asFunction(code)}
return schema;
});
`;
}

const print = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema));

/** Writes the schema of a database for `ccdb serve`, having seen that what is written gives the same schema. */
export async function writeSchema(connectionString: string, path: string): Promise<void> {
  const pool = createPool({ connectionString });
  // Beside it, so that whoever reads the file meanwhile finds a whole one.
  const draft = `${path}.${process.pid}.mjs`;
  try {
    await refuseMissingMigrations(pool);
    await refuseUnsuitable(pool);
    await refuseOtherLogin(pool, 'commerce_api');
    const schema = await buildSchema(pool);
    const { code } = await exportSchemaAsString(schema, { mode: 'graphql-js', modules: plans });
    await writeFile(draft, textOf(code, await originOf(pool))).catch((cause) => {
      throw new UserError(`cannot write ${path}: ${(cause as Error).message}`, { cause });
    });
    const written = await readSchema(draft, pool);
    if (!('schema' in written) || print(written.schema) !== print(schema))
      throw new Error('the schema that was written is not the one that was built');
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
    await endPool(pool, limits.closeMilliseconds);
  }
}
