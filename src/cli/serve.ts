import { setFlagsFromString } from 'node:v8';
import { loginUrlFrom } from '../operations/login-urls.ts';
import { startWorker } from '../operations/worker.ts';
import { type Command, UserError } from './command.ts';
import { loadGraphqlServer } from './graphql-server.ts';
import { portOption, readPort, refuseBusyPort } from './port.ts';
import { untilStopped } from './until-stopped.ts';

/** The server closes within its own limits; whatever hangs longer ends with the process. */
const endMilliseconds = 15_000;

export const serve: Command = {
  summary: 'serve GraphQL from a database that is up to date',
  usage: `ccdb serve [--port 5678] [--host 127.0.0.1] [--worker]

    --worker           run the periodic jobs as well, with the login of DATABASE_WORKER_URL`,
  options: {
    port: portOption,
    host: { type: 'string', default: '127.0.0.1' },
    worker: { type: 'boolean' },
  },
  async run({ values, positionals, env }) {
    if (positionals.length > 0)
      throw new UserError(`unexpected argument ${positionals[0]}; see ccdb serve --help`);
    // Else the heap grows to four times what is in use before it is cleaned up, and all of it stays resident.
    setFlagsFromString('--heap-growing-percent=60');
    const port = readPort(values.port, env);
    const host = String(values.host);
    const { startServer, readSettings } = await loadGraphqlServer();
    const settings = readSettings(env);
    await refuseBusyPort(port, host);
    const workerUrl = values.worker === true ? loginUrlFrom(env, 'DATABASE_WORKER_URL') : undefined;
    const stopped = untilStopped();
    const server = await startServer({ ...settings, host, port });
    const worker =
      workerUrl === undefined
        ? undefined
        : startWorker({ connectionString: workerUrl, log: (line) => console.log(JSON.stringify(line)) });
    try {
      await Promise.race([stopped, ...(worker ? [worker.failed] : [])]);
    } finally {
      setTimeout(() => process.exit(1), endMilliseconds).unref();
      await Promise.all([server.close(), worker?.stop()]);
    }
    // A connection that was given up on a silent database lasts until TCP gives up, and would hold the process.
    process.exit();
  },
};
