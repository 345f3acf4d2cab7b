import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { bearer, client, codeOf, setStage } from '../graphql/support.ts';
import { startCcdb } from '../support/ccdb.ts';
import { createTestDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';

/** `npm start`, on a database that has two demo merchants: what it prints, and who is answered what. */
const { urls } = await createTestDatabase(t);
const folder = await mkdtemp(join(tmpdir(), 'ccdb-dev-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const shop = 'https://shop.example';
const port = String(await freePort());
const dev = startCcdb(['dev', '--port', port], { ...urls, DATA_FOLDER: folder, CORS_ORIGINS: shop });
t.teardown(() => dev.child.kill('SIGKILL'));
let printed = '';
dev.child.stdout?.on('data', (text) => {
  printed += text;
});
await dev.seen(/GraphQL: +(http:\S+)/);
const url = `http://127.0.0.1:${port}/graphql`;

type Printed = { who: string; token: string };
const people: Printed[] = [
  ...printed.matchAll(
    /^(Owner of|Buyer at|Visitor of) .+, as a header:\n\{"Authorization": "Bearer (.+)"\}$/gm,
  ),
].map(([, who = '', token = '']) => ({ who, token }));

const shelf = '{ products(first: 100) { nodes { rowId } } }';
const shelfOf = async (headers: Record<string, string>) => {
  const answer = await client(url, headers)(shelf);
  return answer.data?.products?.nodes.map(({ rowId }: { rowId: string }) => rowId).sort();
};

t.test(
  'the tokens that it prints are those of an owner, a buyer and a visitor of each merchant',
  async (t) => {
    t.strictSame(
      people.map(({ who }) => who),
      ['Owner of', 'Buyer at', 'Visitor of', 'Owner of', 'Buyer at', 'Visitor of'],
    );
    const roles = { 'Owner of': 'member', 'Buyer at': 'buyer', 'Visitor of': 'anonymous' };
    for (const { who, token } of people) {
      const { data, errors } = await client(url, bearer(token))('{ me { role } }');
      t.equal(data?.me.role, roles[who as keyof typeof roles], JSON.stringify(errors));
    }
  },
);

t.test('a browser of this machine reaches a merchant by its name before localhost', async (t) => {
  const visitors = people.filter(({ who }) => who === 'Visitor of');
  for (const [index, { token }] of visitors.entries()) {
    const shown = await shelfOf(bearer(token));
    t.ok(shown.length > 0);
    const host = `demo-${index + 1}.localhost`;
    for (const written of [host, `${host}:${port}`, host.toUpperCase(), `${host}.`]) {
      t.strictSame(await shelfOf({ host: written }), shown, written);
    }
  }
  const refusedAt = async (server: string, host: string) => codeOf(await client(server, { host })(shelf));
  for (const host of ['demo-3.localhost', 'localhost', 'demo-1.localhost.example', 'x.demo-1.localhost']) {
    t.equal(await refusedAt(url, host), 'TENANT_REQUIRED', host);
  }
  const { server } = await setStage(t);
  t.equal(await refusedAt(server.url, 'demo-1.localhost'), 'TENANT_REQUIRED', 'only here');
});

t.test('pages of the origins that CORS_ORIGINS lists may send requests, and no others', async (t) => {
  const allowed = async (origin: string) => {
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    return preflight.headers.get('access-control-allow-origin');
  };
  t.equal(await allowed(shop), shop);
  for (const other of ['https://evil.example', 'http://shop.example', 'https://shop.example.evil', 'null']) {
    t.equal(await allowed(other), null, other);
  }
});

t.test('it ends when it is told to', async (t) => {
  dev.child.kill('SIGTERM');
  t.match(await dev.ended, { code: 0, stderr: '' });
});
