import { type Command, UserError } from './command.ts';
import { loadGraphqlServer } from './graphql-server.ts';
import { portOption, readPort, refuseBusyPort } from './port.ts';
import { untilStopped } from './until-stopped.ts';

/** The server closes within its own limits; whatever hangs longer ends with the process. */
const endMilliseconds = 15_000;

export const serve: Command = {
  summary: 'serve GraphQL from a database that is up to date',
  usage: 'ccdb serve [--port 5678] [--host 127.0.0.1]',
  options: { port: portOption, host: { type: 'string', default: '127.0.0.1' } },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb serve --help`);
    const port = readPort(values.port, env);
    const host = String(values.host);
    const { startServer, readSettings } = await loadGraphqlServer();
    const settings = readSettings(env);
    await refuseBusyPort(port, host);
    const server = await startServer({ ...settings, host, port });
    await untilStopped();
    setTimeout(() => process.exit(1), endMilliseconds).unref();
    await server.close();
  },
};
