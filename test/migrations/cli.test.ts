import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { connect, emptyDatabase } from './support.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

function ccdb(DATABASE_URL: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    env: { ...process.env, DATABASE_URL },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

t.test('the commands of migrations report, and fail with one line and exit code 1', async (t) => {
  const url = await emptyDatabase(t);
  t.match(ccdb(url, 'plan', '--to', '0001'), { status: 0, stdout: 'BEGIN;', stderr: '' });
  t.match(ccdb(url, 'up', '--to', '0001'), {
    status: 0,
    stdout: /^up 0001_create_roles_and_schemas \(1 of 1\)\n1 applied\n$/,
    stderr: '',
  });
  t.match(ccdb(url, 'up', '--to', '0001'), { status: 0, stdout: 'nothing to do' });
  t.match(ccdb(url, 'status'), {
    stdout: /^0001_create_roles_and_schemas +applied +\d{4}-\S+Z\n0002_\S+ +pending\n/,
  });
  t.match(JSON.parse(ccdb(url, 'status', '--json').stdout), [
    { name: '0001_create_roles_and_schemas', state: 'applied', problem: null },
    { state: 'pending', appliedAt: null },
  ]);

  const client = await connect(t, url);
  await client.query(
    "update ccdb.migrations set checksum = '', line_digests = overlay(line_digests placing '......' from 13)",
  );
  const message = 'ccdb: 0001_create_roles_and_schemas.sql:3: edited after it was applied';
  for (const command of ['up', 'down', 'plan', 'status']) {
    t.match(ccdb(url, command), { status: 1, stderr: message }, command);
  }
  t.match(ccdb(url, 'status').stdout, 'edited', 'the table is shown all the same');
});

t.test('what makes no sense is refused', async (t) => {
  const url = await emptyDatabase(t);
  for (const [args, message] of [
    [['up', 'now'], 'unexpected argument now'],
    [['up', '--to', '9999'], 'no migration is called 9999'],
    [['up', '--fast'], "Unknown option '--fast'"],
    [['down', '0'], 'ccdb down takes one number or "all", not "0"'],
    [['down', '1', '2'], 'ccdb down takes one number or "all", not "1 2"'],
    [['down', '2'], 'cannot take back 2 migrations: 0 are applied'],
    [['new'], 'ccdb new needs a name'],
    [['new', 'x', '--replace', '0001'], '--replace writes an existing migration again'],
    [['new', '--replace', '9999'], 'no migration has the number 9999'],
  ] as const) {
    t.match(ccdb(url, ...args), { status: 1, stdout: '', stderr: `ccdb: ${message}` }, args.join(' '));
  }
  t.match(ccdb('', 'up'), { status: 1, stderr: 'DATABASE_URL' });
});
