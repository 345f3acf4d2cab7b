import t from 'tap';
import {
  claimMedia,
  createDatabase,
  listTenantsWithWork,
  readWhatsApp,
  recordEvents,
  recordMedia,
  requestUpload,
  signDownload,
  signUpload,
} from '../../src/index.ts';
import type { Json } from '../../src/model/json.ts';
import { approve, queue } from '../functions/chat.ts';
import { one, openShop, type Row, type Shop, uploadKey } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asMember } from '../support/session.ts';
import { openStore, signer } from './store.ts';

/** A provider gives the id of a file first; a worker fetches the bytes later. */
const db = await createTestDatabase(t, { template: 'empty' });
const database = createDatabase({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  workerConnectionString: db.urls.DATABASE_WORKER_URL,
});
t.teardown(() => database.close());
const bucket = await openStore(t);

let messages = 0;
/** A webhook of a picture, as WhatsApp sends it. */
const webhook = ({ account }: Shop, more: Record<string, Json> = {}): Json => {
  messages += 1;
  return {
    entry: [
      {
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: account },
              messages: [
                {
                  from: '2348030000001',
                  id: `wamid.${messages}`,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: 'document',
                  document: {
                    id: `media ${messages}`,
                    mime_type: 'application/msword',
                    filename: 'Order.doc',
                  },
                  ...more,
                },
              ],
            },
          },
        ],
      },
    ],
  };
};
const receive = (shop: Shop, more?: Record<string, Json>) =>
  recordEvents(database, readWhatsApp(webhook(shop, more)));
const claim = ({ tenantId }: Shop, batch = 100) =>
  database.asWorker((tx) => tx.run(claimMedia, { batch }), { tenantId });
const waiting = async ({ tenantId }: Shop): Promise<boolean> =>
  (
    await database.asWorker((tx) =>
      tx.run(listTenantsWithWork, { kind: 'claim_media', first: 100, after: null }),
    )
  ).some(({ id }) => id === tenantId);
const grant = ({ tenantId }: Shop, mimeType = 'application/msword') =>
  database.asWorker(
    async (tx) => {
      // A machine has a tenant from the first function on that names one.
      await tx.run(claimMedia, { batch: 1 });
      return tx.run(requestUpload, { purpose: 'chat', fileName: 'Order.doc', mimeType, sizeBytes: '5' });
    },
    { tenantId },
  );
const record = ({ tenantId }: Shop, attachmentId: string, storageKey: string) =>
  database.asWorker((tx) => tx.run(recordMedia, { attachmentId, storageKey }), { tenantId });
const attachment = (shop: Shop): Promise<Row> =>
  asMember(db, shop.owner, (tx) => one(tx, 'select * from api.message_attachment order by id desc'));
const later = ({ tenantId }: Shop) =>
  db.installer.query(
    'update commerce.message_attachment set fetch_at = now() where tenant_id = $1 and fetch_at > now()',
    [tenantId],
  );

t.test('a file is fetched, stored and shown', async (t) => {
  const shop = await openShop(db);
  t.notOk(await waiting(shop));
  await receive(shop);
  t.match(await attachment(shop), { storage_key: null, external_media_id: `media ${messages}` });
  t.ok(await waiting(shop));

  const [media] = await claim(shop);
  t.match(media, {
    channelType: 'whatsapp',
    externalAccountId: shop.account,
    externalMediaId: `media ${messages}`,
    mimeType: 'application/msword',
    fileName: 'Order.doc',
    attempt: 1,
  });
  t.notOk(await waiting(shop));
  const granted = await grant(shop);
  const { url, headers } = await signUpload(signer(), bucket, granted);
  t.ok((await fetch(url, { method: 'PUT', headers, body: 'bytes' })).ok);
  t.match(await record(shop, media?.attachmentId ?? '', granted.storageKey), { isNew: true });
  t.match(await attachment(shop), {
    storage_key: granted.storageKey,
    size_bytes: '5',
    file_name: 'Order.doc',
  });
  t.equal(await (await fetch(await signDownload(signer(), bucket, granted.storageKey))).text(), 'bytes');

  t.match(await record(shop, media?.attachmentId ?? '', (await grant(shop)).storageKey), { isNew: false });
  t.match(await attachment(shop), { storage_key: granted.storageKey }, 'the first one stays');
  await later(shop);
  t.strictSame(await claim(shop), []);
});

t.test('two workers never fetch the same file, and a file that cannot be fetched is given up', async (t) => {
  const shop = await openShop(db);
  for (let i = 0; i < 20; i++) await receive(shop);
  const claimed = (await Promise.all(Array.from({ length: 8 }, () => claim(shop, 5)))).flat();
  t.ok(claimed.length >= 5);
  t.equal(new Set(claimed.map(({ attachmentId }) => attachmentId)).size, claimed.length);

  const other = await openShop(db);
  await receive(other);
  for (let attempt = 1; attempt <= 8; attempt++) {
    t.match(await claim(other), [{ attempt }]);
    t.strictSame(await claim(other), [], 'it waits');
    await later(other);
  }
  t.strictSame(await claim(other), []);
  t.notOk(await waiting(other));
});

t.test('what is no file to fetch, and who may record one', async (t) => {
  const [shop, elsewhere] = [await openShop(db), await openShop(db)];
  await receive(shop, { type: 'location', location: { latitude: 1, longitude: 2 } });
  await approve(db, shop, 'x');
  const { thread_id: thread } = await one(
    db.installer,
    'select thread_id from commerce.conversation_history where tenant_id = $1',
    [shop.tenantId],
  );
  await queue(db, shop.owner, String(thread), {
    key: 'ours',
    message: '',
    attachments: JSON.stringify([{ file_type: 'image', external_media_id: 'ours' }]),
  });
  t.strictSame(await claim(shop), [], 'neither a place nor what we send ourselves');

  await receive(shop);
  const deleted = messages;
  await receive(shop);
  const [first, second] = await claim(shop);
  const { storageKey } = await grant(shop);
  for (const key of [
    'made up',
    await uploadKey(asMember, db, shop.owner, 'chat'),
    (await grant(elsewhere)).storageKey,
  ])
    await t.rejects(record(shop, second?.attachmentId ?? '', key), {
      code: 'NOT_FOUND',
      field: 'storageKey',
    });
  await t.rejects(record(elsewhere, second?.attachmentId ?? '', (await grant(elsewhere)).storageKey), {
    code: 'NOT_FOUND',
    field: 'attachmentId',
  });

  await receive(shop, { type: 'revoke', revoke: { original_message_id: `wamid.${deleted}` } });
  await t.rejects(record(shop, first?.attachmentId ?? '', storageKey), {
    code: 'NOT_FOUND',
    field: 'attachmentId',
  });
  t.match(
    await record(shop, second?.attachmentId ?? '', storageKey),
    { isNew: true },
    'the key is still free',
  );

  t.match(await grant(shop, 'audio/ogg; codecs=opus'), { mimeType: 'audio/ogg; codecs=opus' });
  for (const type of ['no type', 'text/html\r\nx: y', '', 'a/b; c'])
    await t.rejects(grant(shop, type), { code: 'INVALID_INPUT', field: 'mimeType' });
});

t.test('imported history: a placeholder becomes the picture that comes later, in either order', async (t) => {
  for (const isBackwards of [false, true]) {
    const shop = await openShop(db);
    const value = (content: Record<string, Json>): Json => ({
      entry: [
        {
          changes: [{ field: 'history', value: { metadata: { phone_number_id: shop.account }, ...content } }],
        },
      ],
    });
    const common = { from: '2348030000001', id: 'wamid.old', timestamp: '1790000000' };
    const bodies = [
      value({
        history: [
          { threads: [{ id: '2348030000001', messages: [{ ...common, type: 'media_placeholder' }] }] },
        ],
      }),
      value({ messages: [{ ...common, type: 'image', image: { id: 'm', caption: 'This one' } }] }),
    ];
    if (isBackwards) bodies.reverse();
    for (const body of [...bodies, ...bodies]) await recordEvents(database, readWhatsApp(body));
    const { rows } = await asMember(db, shop.owner, (tx) =>
      tx.query('select message_type, message, is_silent from api.conversation_history'),
    );
    t.strictSame(rows, [{ message_type: 'image', message: 'This one', is_silent: true }]);
    t.match(await claim(shop), [{ externalMediaId: 'm' }]);
    t.match(
      await asMember(db, shop.owner, (tx) =>
        one(tx, 'select status, unread_count from api.conversation_thread'),
      ),
      { status: 'closed', unread_count: 0 },
    );
  }
});
