import t from 'tap';
import {
  createDatabase,
  requestUpload,
  signDownload,
  signUpload,
  type UploadGrant,
} from '../../src/index.ts';
import { addMember } from '../functions/chat.ts';
import { addShopper, one, openShop, refused } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asAnonymous, asBuyer, asMember, asVisitor, type Who } from '../support/session.ts';
import { type As, addWriters, openStore, shopWithChat, signer, write } from './store.ts';

/** Who may store which file, and that the store takes that one and no other. */
const db = await createTestDatabase(t, { template: 'empty' });
const database = createDatabase({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  workerConnectionString: db.urls.DATABASE_WORKER_URL,
});
t.teardown(() => database.close());

const bucket = await openStore(t);
const grant = (as: As, who: Who, purpose: string, mimeType = 'image/png', size: number | null = 5) =>
  as(db, who, (tx) =>
    one(tx, 'select * from api.request_upload($1, $2, $3, $4)', [purpose, 'a.png', mimeType, size]),
  );

t.test('what was granted is stored, and nothing else', async (t) => {
  const shop = await openShop(db);
  const granted: UploadGrant = await database.withTenant(
    { tenantId: shop.tenantId, subject: shop.owner.subject as string, role: 'member' },
    (tx) =>
      tx.run(requestUpload, { purpose: 'chat', fileName: 'a b.png', mimeType: 'image/png', sizeBytes: '5' }),
  );
  t.ok(granted.storageKey.startsWith(`${shop.tenantId}/chat/`), "below the merchant's prefix");
  const signed = await signUpload(signer(), bucket, granted);
  const put = (url: string, { headers }: { headers: Record<string, string> } = signed, body = 'bytes') =>
    fetch(url, { method: 'PUT', headers, body });
  const type = { 'content-type': 'image/png' };
  t.equal((await put(signed.url.replace('/chat/', '/kyc/'), { headers: type })).status, 403, 'another key');
  t.equal((await put(signed.url, { headers: { 'content-type': 'text/html' } })).status, 403, 'another type');
  t.equal((await put(signed.url, { headers: type }, 'more bytes')).status, 403, 'another size');
  const forged = await signUpload(signer('guessed'), bucket, granted);
  t.equal((await put(forged.url, { headers: type })).status, 403, 'another secret');
  const over = await signUpload(signer(), bucket, { ...granted, expiresAt: new Date(Date.now() - 60_000) });
  t.match(new URL(over.url).searchParams.get('X-Amz-Expires'), '1', 'one that is over lasts no longer');
  t.equal((await put(signed.url, { headers: type })).status, 200);

  const read = await fetch(await signDownload(signer(), bucket, granted.storageKey));
  t.equal(read.status, 200);
  t.equal(read.headers.get('content-type'), 'image/png');
  t.equal(await read.text(), 'bytes');
});

t.test('who may upload what', async (t) => {
  const shop = await openShop(db);
  const ann = await addShopper(db, shop, 'ann');
  const viewer = await addMember(db, shop, 'viewer');
  const editor = await addMember(db, shop, 'editor');
  const visitor = { tenantId: shop.tenantId, subject: 'visitor' };
  await asMember(db, shop.owner, (tx) =>
    tx.query(`select api.connect_channel('web_chat', 'Chat', 'uploads')`),
  );
  const written = { tenantId: shop.tenantId, subject: 'has-written' };
  await asVisitor(db, written, (tx) => tx.query(`select api.start_conversation('k', 'Hello')`));
  const may: [string, As, Who, string[]][] = [
    ['owner, who sells', asMember, shop.owner, ['chat', 'product', 'storefront', 'kyc', 'payment_proof']],
    ['editor', asMember, editor, ['chat', 'product', 'storefront']],
    ['viewer', asMember, viewer, []],
    ['shopper', asBuyer, ann, ['chat', 'payment_proof']],
    ['unregistered shopper', asBuyer, { tenantId: shop.tenantId, subject: 'nobody' }, []],
    ['visitor who has written', asVisitor, written, ['chat']],
    ['visitor who has not', asVisitor, visitor, []],
    ['visitor without a token', asAnonymous, visitor, []],
  ];
  for (const [name, as, who, purposes] of may) {
    for (const purpose of ['chat', 'product', 'storefront', 'kyc', 'payment_proof']) {
      if (purposes.includes(purpose))
        t.match(await grant(as, who, purpose), { mime_type: 'image/png' }, `${name}: ${purpose}`);
      else await refused(t, grant(as, who, purpose), 'SCPRM');
    }
  }
});

t.test('which files', async (t) => {
  const shop = await openShop(db);
  const largest = {
    chat: 104_857_600,
    product: 20_971_520,
    storefront: 20_971_520,
    kyc: 20_971_520,
    payment_proof: 10_485_760,
  };
  for (const [purpose, size] of Object.entries(largest)) {
    await grant(asMember, shop.owner, purpose, 'image/jpeg', size);
    for (const wrong of [size + 1, 0, -1, null]) {
      await refused(t, grant(asMember, shop.owner, purpose, 'image/jpeg', wrong), 'SCVAL', {
        field: 'size_bytes',
      });
    }
    for (const type of [
      'text/html',
      'image/svg+xml',
      'image/png; charset=x',
      'application/x-msdownload',
      '',
    ]) {
      await refused(t, grant(asMember, shop.owner, purpose, type), 'SCVAL', { field: 'mime_type' });
    }
  }
  await refused(t, grant(asMember, shop.owner, 'kyc', 'video/mp4'), 'SCVAL', { field: 'mime_type' });
  await refused(t, grant(asMember, shop.owner, 'backups'), 'SCVAL', { field: 'purpose' });
});

t.test('what the plan stores, however many ask at once', async (t) => {
  const shop = await openShop(db, { tier: 'free' });
  const size = 104_857_600;
  const asked = await Promise.allSettled(
    Array.from({ length: 14 }, () => grant(asMember, shop.owner, 'chat', 'image/png', size)),
  );
  t.equal(asked.filter(({ status }) => status === 'fulfilled').length, 10, '1 GiB holds ten of 100 MiB');
  await refused(t, grant(asMember, shop.owner, 'chat', 'image/png', size), 'SCLIM', {
    metric: 'storage_bytes',
    limit: 1_073_741_824,
    used: 1_048_576_000,
  });
  const rest = 25_165_824;
  await refused(t, grant(asMember, shop.owner, 'chat', 'image/png', rest + 1), 'SCLIM', {
    metric: 'storage_bytes',
  });
  t.ok(await grant(asMember, shop.owner, 'chat', 'image/png', rest), 'the plan is used to its last byte');
});

t.test('shoppers and visitors: smaller files, and twenty that wait', async (t) => {
  const { shopper, visitor } = await addWriters(db, await shopWithChat(db));
  for (const who of [shopper, visitor]) {
    const { as } = who;
    await refused(t, grant(as, who, 'chat', 'image/png', 26_214_401), 'SCVAL', { field: 'size_bytes' });
    const asked = await Promise.allSettled(
      Array.from({ length: 22 }, () => grant(as, who, 'chat', 'image/png', 26_214_400)),
    );
    const granted = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    t.equal(granted.length, 20);
    await refused(t, grant(as, who, 'chat'), 'SCLIM', { metric: 'uploads', limit: 20, used: 20 });
    await write(db, as, who, [{ storage_key: granted[0]?.storage_key }]);
    await grant(as, who, 'chat');
  }
});
