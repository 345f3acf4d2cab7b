import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { giveTo, makeOwnFolder, reachableTemporaryFolder, serverOwner } from '../../src/embedded/owner.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

const program = 'pgbouncer';

/** Why a test of Debian's pgbouncer is skipped, or false. */
export const skipPooler =
  spawnSync(program, ['--version']).error !== undefined && 'pgbouncer is not installed';

/**
 * A pooler in transaction mode, with three connections unless the settings say otherwise, before the server of
 * these connection strings; returns the strings that lead through it.
 */
export async function startPooler<Name extends string>(
  t: Test,
  urls: Record<Name, string>,
  settings: Record<string, string | number> = {},
): Promise<Record<Name, string>> {
  // It refuses to run as root. Its folder holds passwords, so that no other user may look into it.
  const owner = serverOwner();
  const folder = join(await reachableTemporaryFolder(owner), `pgbouncer-${randomBytes(6).toString('hex')}`);
  await makeOwnFolder(folder, owner);
  const port = await freePort();
  const users = Object.values<string>(urls).map((url) => new URL(url));
  // A server that trusts this user asks for no password, the pooler always does.
  for (const user of users) user.password ||= 'any';
  const [first] = users as [URL];
  await writeFile(
    join(folder, 'users.txt'),
    users.map(({ username, password }) => `"${username}" "${decodeURIComponent(password)}"\n`).join(''),
  );
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${first.hostname} port=${first.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
max_client_conn = 500
${Object.entries({ default_pool_size: 3, ...settings })
  .map(([name, value]) => `${name} = ${value}\n`)
  .join('')}`,
  );
  await giveTo(folder, owner);
  const pooler = spawn(program, [join(folder, 'pgbouncer.ini')], {
    ...owner,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  pooler.stderr.on('data', (text) => {
    log += text;
  });
  t.teardown(async () => {
    pooler.kill();
    await rm(folder, { recursive: true });
  });
  if (!(await eventually(() => /process up/.test(log)))) throw new Error(`pgbouncer did not start: ${log}`);
  return Object.fromEntries(
    Object.keys(urls).map((name, index) => {
      const through = new URL(users[index] as URL);
      through.host = `127.0.0.1:${port}`;
      return [name, through.href];
    }),
  ) as Record<Name, string>;
}
