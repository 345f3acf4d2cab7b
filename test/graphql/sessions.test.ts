import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import t from 'tap';
import { tokenVerifier } from '../../src/graphql/auth.ts';
import { ExpiringMap } from '../../src/graphql/expiring-map.ts';
import { signToken } from '../../src/operations/token.ts';
import { eventually } from '../support/eventually.ts';
import { asWorker } from '../support/session.ts';
import { connect, isAsleep } from './subscriber.ts';
import { bearer, client, codeOf, jwtSecret, setStage } from './support.ts';

/** Who may ask: tokens, hosts of storefronts, and connections that remember nobody. */
const audience = 'shop';
const { db, server, ours, theirs } = await setStage(t, { audience: [audience] });

const secret = new TextEncoder().encode(jwtSecret);
const claims = { role: 'member', tenant_id: ours.tenantId };
const now = Math.floor(Date.now() / 1000);
const unsigned = (alg = 'HS256') =>
  new SignJWT(claims)
    .setProtectedHeader({ alg })
    .setSubject(ours.ownerSubject)
    .setAudience(audience)
    .setExpirationTime('1h');

const whoAmI = '{ products(first: 1) { nodes { id } } }';

t.test('a good token is let in', async (t) => {
  const { status, data } = await client(server.url, bearer(await unsigned().sign(secret)))(whoAmI);
  t.equal(status, 200);
  t.equal(data.products.nodes.length, 1);
});

t.test('bad tokens are a clean 401', async (t) => {
  const forged = await unsigned().sign(new TextEncoder().encode('another secret, just as long as that'));
  const tokens = {
    forged,
    expired: await unsigned()
      .setExpirationTime(now - 60)
      .sign(secret),
    endless: await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .sign(secret),
    'for somebody else': await unsigned().setAudience('elsewhere').sign(secret),
    'for nobody': await signToken({ role: 'member', tenantId: ours.tenantId }, jwtSecret, '1h'),
    'of another algorithm': await unsigned('HS512').sign(secret),
    'without a signature': new UnsecuredJWT({ ...claims, sub: ours.ownerSubject })
      .setAudience(audience)
      .setExpirationTime('1h')
      .encode(),
    'of a worker': await new SignJWT({ ...claims, role: 'worker' })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setExpirationTime('1h')
      .sign(secret),
    'that is no token': 'abc',
    'of nobody who can be': await unsigned().setSubject('a\u0000b').sign(secret),
  };
  for (const [name, token] of Object.entries(tokens)) {
    const answer = await client(server.url, bearer(token))(whoAmI);
    t.equal(answer.status, 401, name);
    t.equal(codeOf(answer), 'INVALID_SESSION', name);
    t.equal(answer.data, undefined, name);
  }
  const basic = await client(server.url, { authorization: 'Basic abc' })(whoAmI);
  t.equal(basic.status, 401, 'another kind of authorization is not taken for none');
});

t.test('a token that opens no session is a 401 as well', async (t) => {
  const stranger = await unsigned().setSubject('nobody we know').sign(secret);
  const answer = await client(server.url, bearer(stranger))(whoAmI);
  t.same([answer.status, codeOf(answer)], [401, 'INVALID_SESSION']);
});

t.test('a visitor belongs to the host of a storefront, and needs one', async (t) => {
  const visitor = client(server.url, { host: 'demo-1.example' });
  const { status, data } = await visitor('{ products { nodes { id } } }');
  t.equal(status, 200);
  t.ok(data.products.nodes.length > 0);
  t.equal(codeOf(await visitor('{ products { nodes { inventoryCount } } }')), 'FORBIDDEN');
  const elsewhere = await client(server.url, { host: 'DEMO-1.example:8443' })(whoAmI);
  t.equal(elsewhere.status, 200, 'whatever the port and the case of its letters');

  for (const host of ['nowhere.example', '127.0.0.1']) {
    const answer = await client(server.url, { host })('{ products { nodes { id } } }');
    t.same([answer.status, codeOf(answer)], [403, 'TENANT_REQUIRED'], host);
    const search = await client(server.url, { host })('{ searchProducts { name } }');
    t.equal(codeOf(search), 'TENANT_REQUIRED', 'functions say so themselves');
  }
});

t.test('what is remembered has an end, and a bound', (t) => {
  const later = Date.now() + 60_000;
  const map = new ExpiringMap<number>(2);
  map.set('past', 1, Date.now() - 1);
  t.equal(map.get('past'), undefined);
  for (const [i, key] of ['a', 'b', 'a', 'c'].entries()) map.set(key, i, later);
  t.same([map.get('a'), map.get('b'), map.get('c')], [2, undefined, 3]);
  t.end();
});

t.test('a session that was revoked is opened anew, unnoticed', async (t) => {
  const ask = client(server.url, bearer(await unsigned().sign(secret)));
  const revoke = () =>
    db.installer.query('delete from internal.session where subject = $1', [ours.ownerSubject]);
  await ask(whoAmI);
  await revoke();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(whoAmI)));
  for (const { data } of answers) t.equal(data.products?.nodes.length, 1);

  await revoke();
  const create = 'createCustomer(input: { customer: { displayName: "Once" } }) { customer { displayName } }';
  const { data, errors } = await ask(`mutation { a: ${create} b: ${create} }`);
  t.same(
    [data.a.customer, data.b.customer, errors],
    [{ displayName: 'Once' }, { displayName: 'Once' }, undefined],
  );
  const { rowCount } = await db.installer.query('select from commerce.customer where display_name = $1', [
    'Once',
  ]);
  t.equal(rowCount, 2, 'nothing is done twice');
});

t.test('a person who has left the team is refused, at once and from then on', async (t) => {
  await db.installer.query(
    `with person as (
       insert into commerce.users (tenant_id, auth_subject) values ($1, 'colleague') returning tenant_id, id
     )
     insert into commerce.team_members (tenant_id, user_id, role) select tenant_id, id, 'admin' from person`,
    [ours.tenantId],
  );
  const ask = client(server.url, bearer(await unsigned().setSubject('colleague').sign(secret)));
  t.equal((await ask(whoAmI)).data.products.nodes.length, 1);
  await db.installer.query(
    `delete from commerce.team_members as m using commerce.users as u
      where u.id = m.user_id and u.auth_subject = 'colleague'`,
  );
  t.equal(codeOf(await ask(whoAmI)), 'INVALID_SESSION');
  t.same([(await ask(whoAmI)).status, codeOf(await ask(whoAmI))], [401, 'INVALID_SESSION']);
});

t.test('a merchant that moves is to be asked again, from the first request on', async (t) => {
  const ask = client(server.url, bearer(await unsigned().sign(secret)));
  const visitor = client(server.url, { host: 'demo-1.example' });
  const shelf = '{ products(first: 1) { nodes { rowId } } }';
  const create =
    'mutation { createCustomer(input: { customer: { displayName: "Late" } }) { customer { rowId } } }';
  const turn = async (door: 'begin_move' | 'end_move') => {
    const { rows } = await db.installer.query('select version from commerce.tenant where id = $1', [
      ours.tenantId,
    ]);
    await asWorker(db, (worker) =>
      worker.query(`select internal.${door}($1, $2)`, [ours.tenantId, rows[0].version]),
    );
  };
  const socket = connect(server.url, await unsigned().sign(secret));
  socket.subscribe('subscription { messageAdded { cursor } }');
  await eventually(() => isAsleep(db));

  for (const [name, first] of Object.entries({
    'a query': () => ask(shelf),
    'a mutation': () => ask(create),
    'two queries at once': () =>
      ask(`{ ${['a', 'b'].map((each) => `${each}: products(first: 1) { nodes { rowId } }`).join(' ')} }`),
    'a visitor': () => visitor(shelf),
  })) {
    await Promise.all([ask(whoAmI), visitor(shelf)]);
    await turn('begin_move');
    for (const turnOf of ['first', 'second']) {
      const answer = await first();
      t.same([answer.status, codeOf(answer)], [503, 'TENANT_MOVED'], `${name}, the ${turnOf} time`);
    }
    await turn('end_move');
    t.equal((await ask(whoAmI)).data.products.nodes.length, 1, 'and then served');
  }
  t.equal(
    (await ask(create)).data.createCustomer.customer.rowId.length,
    36,
    'with nothing that stayed behind',
  );

  await turn('begin_move');
  t.match(await socket.closed, { code: 4403 }, 'a subscription ends with its session');
  const late = connect(server.url, await unsigned().sign(secret));
  late.subscribe('subscription { messageAdded { cursor } }');
  t.match(await late.closed, { code: 1013, reason: 'the merchant is being moved to another server' });
  await turn('end_move');
});

t.test('a person without a tenant may ask which ones there are', async (t) => {
  const token = await new SignJWT({ role: 'member' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(ours.ownerSubject)
    .setAudience(audience)
    .setExpirationTime('1h')
    .sign(secret);
  const ask = client(server.url, bearer(token));
  t.match((await ask('{ myTenants { tenantId role } }')).data, {
    myTenants: [{ tenantId: ours.tenantId, role: 'owner' }],
  });
  t.equal(codeOf(await ask(whoAmI)), 'TENANT_REQUIRED', 'but sees no rows');
});

t.test('an invited person needs no tenant to join one, but a verified address', async (t) => {
  const create = `mutation { createTeamInvite(
    input: { role: viewer, email: "Newcomer@people.example", validFor: { hours: 2 } }
  ) { newTeamInvite { token expiresAt } } }`;
  const asOwner = client(server.url, bearer(await unsigned().sign(secret)));
  const { token, expiresAt } = (await asOwner(create)).data.createTeamInvite.newTeamInvite;
  t.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 7_200_000) < 60_000);

  const join =
    'mutation ($token: String!) { acceptTeamInvite(input: { token: $token }) { membership { tenantId role } } }';
  const newcomer = async (more: Record<string, unknown>) => {
    const sent = await new SignJWT({ role: 'buyer', email: 'newcomer@people.example', ...more })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('newcomer')
      .setAudience(audience)
      .setExpirationTime('1h')
      .sign(secret);
    return client(server.url, bearer(sent))(join, { token });
  };
  t.equal(codeOf(await newcomer({})), 'FORBIDDEN', 'an address that nobody verified');
  t.equal(codeOf(await newcomer({ email_verified: true, email: 'x@people.example' })), 'NOT_FOUND');
  t.match((await newcomer({ email_verified: true })).data, {
    acceptTeamInvite: { membership: { tenantId: ours.tenantId, role: 'viewer' } },
  });
  t.equal(codeOf(await newcomer({ email_verified: true })), 'ALREADY_EXISTS');
  const member = client(server.url, bearer(await unsigned().setSubject('newcomer').sign(secret)));
  t.equal((await member(whoAmI)).data.products.nodes.length, 1);
});

t.test('a pooled connection remembers nobody', async (t) => {
  const mine = client(server.url, bearer(await unsigned().sign(secret)));
  const other = await new SignJWT({ role: 'member', tenant_id: theirs.tenantId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(theirs.ownerSubject)
    .setAudience(audience)
    .setExpirationTime('1h')
    .sign(secret);
  const their = client(server.url, bearer(other));
  const visitor = client(server.url, { host: 'demo-1.example' });
  const tenant = '{ tenants { nodes { id: rowId } } }';
  const ids = ({ data }: Awaited<ReturnType<typeof mine>>) =>
    data?.tenants?.nodes.map(({ id }: { id: string }) => id);
  const rounds = Array.from({ length: 100 }, async () => {
    const [a, b, c] = await Promise.all([
      mine(tenant),
      their(tenant),
      visitor('{ hasPermission(code: "orders.read") }'),
    ]);
    return [ids(a), ids(b), c.data?.hasPermission ?? c];
  });
  const seen = new Set((await Promise.all(rounds)).map((round) => JSON.stringify(round)));
  t.equal(seen.size, 1, [...seen].join('\n'));
  t.same(JSON.parse([...seen][0] as string), [[ours.tenantId], [theirs.tenantId], false]);
});

t.test('keys of an identity provider', async (t) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] };
  let status = 200;
  const provider = createServer((_, response) => response.writeHead(status).end(JSON.stringify(keys)));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  t.teardown(() => provider.close());
  const jwksUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`;
  const verify = tokenVerifier({ jwksUrl, issuer: ['https://id.example'] });
  const token = (header: { alg: string; kid?: string }) =>
    new SignJWT(claims).setProtectedHeader(header).setIssuer('https://id.example').setExpirationTime('1h');
  t.match(await verify(await token({ alg: 'ES256', kid: 'one' }).sign(privateKey)), claims);
  await t.rejects(verify(await token({ alg: 'HS256' }).sign(secret)), { message: 'the token is not valid' });

  status = 500;
  t.capture(console, 'error');
  const unlucky = tokenVerifier({ jwksUrl });
  await t.rejects(
    unlucky(await token({ alg: 'ES256', kid: 'one' }).sign(privateKey)),
    { message: 'tokens cannot be verified at the moment' },
    "the provider's fault is not the token's",
  );
});
