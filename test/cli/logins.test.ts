import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { startThrowAwayServer } from '../../src/embedded/server.ts';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { withClient } from '../../src/operations/client.ts';
import { loginUrls } from '../../src/operations/login-urls.ts';

const passwordsOf = (installer: string, env: NodeJS.ProcessEnv = {}): string[] =>
  Object.values(loginUrls(installer, env)).map((url) => decodeURIComponent(new URL(url).password));

t.test('a derived password is no cheap test of a guess at the owner’s', (t) => {
  // Worked out by another implementation: Python's hashlib.scrypt (n = 2^17, r = 8, p = 1), and HMAC by role.
  const expected: [string, string[]][] = [
    [
      'postgres://owner:Winter2026!@127.0.0.1/shop',
      [
        '9cd1ebe86038454ae9eda402eb739e7bbb1ee7d0bf7eb0c6a334ed0553196ace',
        '813faccd498b64c8857112bf50397b78173a719286fe1df0ae530c9412a23e95',
      ],
    ],
    [
      `postgres://${encodeURIComponent('ow ner')}:${encodeURIComponent('sécret of 5:/@')}@db.example:6432/other`,
      [
        '747c0aa3fc24c14ba3f88f030c556aa835c1c0a6f907b71c2f1abd57a42ac8ce',
        '85653a2fea2acc0e745e03263c5306e1a51ac00d80c2dbd0f10016cdeec0024d',
      ],
    ],
  ];
  for (const [url, [api, auth]] of expected) t.match(passwordsOf(url), [api, auth]);
  const cheap = createHmac('sha256', 'Winter2026!').update('commerce_api').digest('hex');
  t.notOk(passwordsOf('postgres://owner:Winter2026!@127.0.0.1/shop').includes(cheap));
  t.end();
});

t.test('each login has its own, and what the environment names stays', (t) => {
  const installer = 'postgres://owner:Winter2026!@127.0.0.1/shop';
  const all = passwordsOf(installer);
  t.equal(new Set([...all, 'Winter2026!']).size, 5);
  t.match(passwordsOf(installer, { DATABASE_API_URL: 'postgres://commerce_api:chosen@127.0.0.1/shop' }), [
    'chosen',
    ...all.slice(1),
  ]);
  t.same(
    passwordsOf('postgres://owner@127.0.0.1/shop'),
    ['', '', '', ''],
    'where none is asked for there is none',
  );
  t.end();
});

t.test('no log of statements holds a password', async (t) => {
  const logFile = join(t.testdir({}), 'server.log');
  const { url, stop } = await startThrowAwayServer({ settings: ['log_statement=all'], logFile });
  t.teardown(stop);
  const urls = await createMigratedDatabase({ url, prefix: '', close: stop }, 'shop', {});
  for (const login of [urls.DATABASE_API_URL, urls.DATABASE_AUTH_URL, urls.DATABASE_WORKER_URL]) {
    t.ok(await withClient(login, async () => true), 'the verifier fits the password');
  }
  const log = await readFile(logFile, 'utf8');
  t.match(log, /alter role commerce_api password 'SCRAM-SHA-256\$4096:/);
  for (const each of Object.values(urls)) {
    t.notOk(log.includes(decodeURIComponent(new URL(each).password)), 'a password');
  }
});
