import { loginUrlFrom } from '../login-urls.ts';
import { type Command, UserError } from './command.ts';
import { loadGraphqlServer } from './graphql-server.ts';
import { portOption, readPort, refuseBusyPort } from './port.ts';
import { untilStopped } from './until-stopped.ts';

export const serve: Command = {
  summary: 'serve GraphQL from a database that is up to date',
  usage: 'ccdb serve [--port 5678] [--host 127.0.0.1]',
  options: { port: portOption, host: { type: 'string', default: '127.0.0.1' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb serve --help`);
    const port = readPort(values.port, env);
    const host = String(values.host);
    if (!env.JWT_SECRET && !env.JWKS_URL) {
      throw new UserError('set JWT_SECRET or JWKS_URL: tokens could not be verified without one');
    }
    await refuseBusyPort(port, host);
    const { startServer } = await loadGraphqlServer();
    const server = await startServer({
      connectionString: loginUrlFrom(env, 'DATABASE_API_URL'),
      authConnectionString: loginUrlFrom(env, 'DATABASE_AUTH_URL'),
      jwtSecret: env.JWT_SECRET,
      jwksUrl: env.JWKS_URL,
      issuer: env.JWT_ISSUER,
      audience: env.JWT_AUDIENCE,
      host,
      port,
    });
    console.log(`GraphQL at http://${host}:${port}/graphql`);
    await untilStopped();
    await server.close();
  },
};
