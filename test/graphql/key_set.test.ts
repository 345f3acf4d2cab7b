import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import t from 'tap';
import { tokenVerifier } from '../../src/graphql/auth.ts';
import { eventually } from '../support/eventually.ts';

/** An identity provider that fails, falls silent and comes back while tokens are verified. */
const { publicKey, privateKey } = await generateKeyPair('ES256');
const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] };
const hour = 3_600_000;

type Mood = 'well' | 'failing' | 'silent';
let mood: Mood = 'well';
let asked = 0;
const unanswered: ServerResponse[] = [];
const provider = createServer((_, response) => {
  asked += 1;
  if (mood === 'silent') unanswered.push(response);
  else response.writeHead(mood === 'well' ? 200 : 500).end(JSON.stringify(keys));
});
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
t.teardown(() => {
  provider.closeAllConnections();
  provider.close();
});
t.capture(console, 'error');

let ahead = 0;
const present = Date.now;
t.intercept(Date, 'now', { value: () => present() + ahead });

const verify = tokenVerifier({
  jwksUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`,
});
let tokens = 0;
/** Verifies a token that was not seen before, as one that is remembered needs no key. */
async function verifyNew(kid = 'one'): Promise<'good' | string> {
  tokens += 1;
  const token = await new SignJWT({
    sub: `person-${tokens}`,
    tenant_id: '6f1c2f0e-0000-7000-8000-000000000000',
  })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setExpirationTime('12h')
    .sign(privateKey);
  return verify(token).then(
    () => 'good',
    (error: Error) => error.message,
  );
}
const verifyMany = async (): Promise<string[]> => [
  ...new Set(await Promise.all(Array.from({ length: 20 }, () => verifyNew()))),
];
const unavailable = 'tokens cannot be verified at the moment';

t.test('the keys are asked for once', async (t) => {
  t.same(await verifyMany(), ['good']);
  t.equal(asked, 1);
});

t.test('the last good keys serve while the provider fails, which is asked once a pause', async (t) => {
  mood = 'failing';
  ahead += hour;
  t.same(await verifyMany(), ['good']);
  t.ok(await eventually(() => asked === 2));
  // The answer arrives, and a question that the pause should hold back would as well.
  await sleep(100);
  t.same(await verifyMany(), ['good']);
  await sleep(100);
  t.equal(asked, 2, 'the pause is kept');
});

t.test('nobody waits for a provider that has fallen silent', async (t) => {
  mood = 'silent';
  ahead += hour;
  t.same(await verifyMany(), ['good']);
  t.ok(await eventually(() => unanswered.length === 1), 'the provider was asked, and has not answered');
  t.same(await verifyMany(), ['good']);
  t.equal(asked, 3);
  for (const response of unanswered) response.destroy();
});

t.test('old keys do not serve for ever', async (t) => {
  mood = 'failing';
  ahead += 6 * hour;
  t.same(await verifyMany(), [unavailable]);
});

t.test(
  'a provider that is back is noticed after the pause, and a key that it lacks is refused',
  async (t) => {
    mood = 'well';
    ahead += 60_000;
    t.ok(await eventually(async () => (await verifyNew()) === 'good'));
    t.equal(await verifyNew('another'), 'the token is not valid');
  },
);
