import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { withClient } from '../../src/operations/client.ts';
import { startNode } from '../support/ccdb.ts';
import { eventually } from '../support/eventually.ts';

const run = fileURLToPath(new URL('../support/run.ts', import.meta.url));

/** Takes tap's place: says what it was given, then goes on as long as tests would. */
const standIn = `#!/bin/sh
echo "$$ $DATABASE_URL $TEST_DATABASE_PREFIX $*"
exec sleep 60
`;

for (const [server, env] of Object.entries({
  embedded: {},
  existing: { DATABASE_URL: process.env.DATABASE_URL },
})) {
  t.test(`a killed test run on an ${server} server leaves nothing`, async (t) => {
    const folder = t.testdir({ tap: standIn });
    await chmod(join(folder, 'tap'), 0o755);
    const running = startNode([run, 'some.test.ts'], { ...env, PATH: `${folder}:${process.env.PATH}` });
    const [pid = '', url = '', prefix = '', ...args] = (await running.seen(/\d+ postgres.*/)).split(' ');
    t.strictSame(args, ['run', 'some.test.ts']);

    const databases = async (): Promise<number> => {
      const sql = 'select from pg_database where starts_with(datname, $1)';
      return withClient(url, async (client) => (await client.query(sql, [prefix])).rowCount ?? 0);
    };
    t.equal(await databases(), 2, 'both templates');
    running.child.kill('SIGKILL');
    const isGone =
      server === 'embedded'
        ? () =>
            databases().then(
              () => false,
              () => true,
            )
        : async () => (await databases()) === 0;
    t.ok(await eventually(isGone), server === 'embedded' ? 'no server' : 'no database');
    const hasEnded = (): boolean => {
      try {
        return !process.kill(Number(pid), 0);
      } catch {
        return true;
      }
    };
    t.ok(await eventually(hasEnded), 'no tap');
  });
}
