import { createServer } from 'node:net';
import t from 'tap';
import { ccdb } from '../support/ccdb.ts';

const { DATABASE_URL } = process.env;
const unreachable = { DATABASE_URL: 'postgres://owner@127.0.0.1:1/shop' };

/** A mistake of the user: nothing on standard output, one line that says what to do, exit code 1. */
const mistakes: [args: string, line: string | RegExp, env?: NodeJS.ProcessEnv][] = [
  ['bake', 'ccdb: unknown command bake; ccdb --help lists them'],
  ['toString', 'ccdb: unknown command toString; ccdb --help lists them'],
  ['up --fast', "ccdb: Unknown option '--fast'; see ccdb up --help"],
  ['status more', 'ccdb: unexpected argument more; see ccdb status --help'],
  ['down 0', /^ccdb: ccdb down takes one number/],
  ['up', /^ccdb: set DATABASE_URL/],
  ['up', /^ccdb: cannot connect to the database.*ECONNREFUSED/, unreachable],
  ['status', /^ccdb: cannot connect to the database.*ECONNREFUSED/, unreachable],
  ['seed', /^ccdb: cannot connect to the database 127\.0\.0\.1:1\/shop: .*ECONNREFUSED/, unreachable],
  ['seed --tenants none', 'ccdb: --tenants takes a whole number from 1 to 9999, not "none"'],
  ['seed', /^ccdb: set DATABASE_WORKER_URL/],
  ['dev --port 70000', 'ccdb: a port is a number from 1 to 65535, not "70000"'],
  ['dev', 'ccdb: a port is a number from 1 to 65535, not "http"', { PORT: 'http' }],
  ['dev --port 5679', /^ccdb: cannot connect to the database 127\.0\.0\.1:1\/shop/, unreachable],
  ['serve', 'ccdb: set JWT_SECRET or JWKS_URL: tokens could not be verified without one', { DATABASE_URL }],
  ['token', 'ccdb: a member needs --subject'],
  ['token --role admin', 'ccdb: --role is one of member, buyer, anonymous'],
  [
    'token --subject x --lifetime long',
    'ccdb: --lifetime is a time like 30m or 12h, not "long"',
    { JWT_SECRET: 'x' },
  ],
  ['schema', 'ccdb: name a file; see ccdb schema --help'],
  ['schema schema.js', 'ccdb: schema.js has to end with .mjs; see ccdb schema --help'],
  ['schema schema.mjs', /^ccdb: cannot connect to the database.*ECONNREFUSED/, unreachable],
  ['with-database', 'ccdb: name the program to run; see ccdb with-database --help'],
  ['with-database --sed true', "ccdb: Unknown option '--sed'; see ccdb with-database --help"],
  ['with-database true', /^ccdb: cannot connect to the database 127\.0\.0\.1:1\/shop/, unreachable],
  ['with-database no-such-program', /^ccdb: cannot run no-such-program/, { DATABASE_URL }],
  ['with-database true', /^ccdb: DATABASE_URL is no connection URL/, { DATABASE_URL: 'localhost:5432' }],
];

for (const [args, line, env] of mistakes) {
  t.test(`ccdb ${args}${env ? ` with ${Object.keys(env)}` : ''}`, async (t) => {
    const ended = await ccdb(args.split(' '), { DATA_FOLDER: t.testdir({}), ...env });
    t.match(ended, { code: 1, stdout: '' });
    const [first, ...rest] = ended.stderr.split('\n');
    t.match(first, line);
    t.strictSame(rest, [''], 'one line');
  });
}

t.test('a busy port is reported before a database is touched', async (t) => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  t.teardown(() => holder.close());
  const { port } = holder.address() as { port: number };
  const ended = await ccdb(['dev'], { ...unreachable, PORT: String(port) });
  t.strictSame(ended, {
    code: 1,
    stdout: '',
    stderr: `ccdb: cannot listen on port ${port} of 127.0.0.1: it is in use; choose another with PORT\n`,
  });
});

t.test('help', async (t) => {
  const all = await ccdb(['--help']);
  t.match(all, { code: 0, stderr: '', stdout: /^Usage: ccdb COMMAND/ });
  for (const [, name = ''] of all.stdout.matchAll(/^ {2}(\S+)/gm)) {
    t.match(await ccdb([name, '--help']), { code: 0, stderr: '', stdout: `Usage: ccdb ${name}` });
  }
  t.match(await ccdb([]), { code: 1, stdout: all.stdout });
});
