import { createServer } from 'node:net';
import { UserError } from './command.ts';

export const portOption = { type: 'string' } as const;

/** The port of --port, of PORT, or 5678. */
export function readPort(flag: unknown, env: NodeJS.ProcessEnv): number {
  const text = String(flag ?? (env.PORT || '5678'));
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UserError(`a port is a number from 1 to 65535, not "${text}"`);
  }
  return port;
}

/** Says that a port is taken before anything is started that would have to be stopped again. */
export async function refuseBusyPort(port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason = code === 'EADDRINUSE' ? 'it is in use' : message;
      reject(new UserError(`cannot listen on port ${port} of ${host}: ${reason}; choose another with PORT`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
