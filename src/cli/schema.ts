import { loginUrlFrom } from '../operations/login-urls.ts';
import { type Command, UserError } from './command.ts';
import { loadSchemaWriter } from './graphql-server.ts';

export const schema: Command = {
  summary: 'write the GraphQL schema of a database ahead, for servers that start in a third of the time',
  usage: `ccdb schema FILE

  FILE  gets the schema, and is named like graphql-schema.mjs; GRAPHQL_SCHEMA tells ccdb serve of it

  It is that of this release and of the migrations that the database of DATABASE_API_URL has: write it anew
  after each ccdb up. A server with another release or database builds its own and says so in its log.`,
  options: {},
  async run({ positionals: [file, ...rest], env }) {
    if (file === undefined || rest.length > 0) throw new UserError('name a file; see ccdb schema --help');
    // Node would take the text of any other for the wrong kind of module.
    if (!file.endsWith('.mjs')) throw new UserError(`${file} has to end with .mjs; see ccdb schema --help`);
    const writeSchema = await loadSchemaWriter();
    await writeSchema(loginUrlFrom(env, 'DATABASE_API_URL'), file);
    console.log(`the GraphQL schema is in ${file}`);
  },
};
