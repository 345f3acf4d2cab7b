import t from 'tap';
import {
  claimUnusedFiles,
  confirmDeletedFiles,
  createDatabase,
  listTenantsWithWork,
  signDeletion,
  signDownload,
  signUpload,
} from '../../src/index.ts';
import { addMember } from '../functions/chat.ts';
import { one, refused, type Shop, uploadKey } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker, openSession } from '../support/session.ts';
import { addWriters, openStore, shopWithChat, signer, write } from './store.ts';

/** Files that nothing shows are deleted from the object storage, and no others. */
const db = await createTestDatabase(t, { template: 'empty' });
const database = createDatabase({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  workerConnectionString: db.urls.DATABASE_WORKER_URL,
});
t.teardown(() => database.close());
const bucket = await openStore(t);

const claim = async ({ tenantId }: Shop, batch = 100): Promise<string[]> =>
  (await database.asWorker((tx) => tx.run(claimUnusedFiles, { batch }), { tenantId })).map(
    ({ storageKey }) => storageKey,
  );
const confirm = async ({ tenantId }: Shop, storageKeys: string[]): Promise<number> =>
  (await database.asWorker((tx) => tx.run(confirmDeletedFiles, { storageKeys }), { tenantId })).count;
const age = ({ tenantId }: Shop, interval = '25 hours') =>
  db.installer.query(
    `update internal.upload set created_at = created_at - $2::interval, claim_ends_at = claim_ends_at - $2::interval
      where tenant_id = $1`,
    [tenantId, interval],
  );
const put = async (storageKey: string): Promise<void> => {
  const { url, headers } = await signUpload(signer(), bucket, {
    storageKey,
    mimeType: 'image/png',
    sizeBytes: 5,
    expiresAt: new Date(Date.now() + 60_000),
  });
  const { status } = await fetch(url, { method: 'PUT', headers, body: 'bytes' });
  if (status !== 200) throw new Error(`the store answers ${status}`);
};
const isStored = async (storageKey: string): Promise<boolean> =>
  (await fetch(await signDownload(signer(), bucket, storageKey))).ok;

t.test('what was granted and never used, also where it was never stored', async (t) => {
  const [shop, elsewhere] = [await shopWithChat(db), await shopWithChat(db)];
  const { shopper } = await addWriters(db, shop);
  const [used, forgotten, neverStored] = (await Promise.all(
    [0, 1, 2].map(() => uploadKey(shopper.as, db, shopper, 'chat')),
  )) as [string, string, string];
  await uploadKey(asMember, db, elsewhere.owner, 'chat');
  await put(used);
  await put(forgotten);
  await write(db, shopper.as, shopper, [{ storage_key: used }]);
  t.same(await claim(shop), [], 'not within a day');
  const withWork = () =>
    database.asWorker((tx) => tx.run(listTenantsWithWork, { kind: 'claim_unused_files', first: 10 }));
  t.same(await withWork(), []);

  await age(shop);
  t.match(await withWork(), [{ id: shop.tenantId }]);
  t.same((await claim(shop)).sort(), [forgotten, neverStored].sort());
  t.same(await claim(shop), [], 'nobody else gets them');
  t.same(await withWork(), []);
  await refused(t, write(db, shopper.as, shopper, [{ storage_key: forgotten }]), 'SCNTF', {
    field: 'attachments.storage_key',
  });
  await age(shop, '6 minutes');
  const again = await claim(shop);
  t.same(again.sort(), [forgotten, neverStored].sort(), 'but when the claim is over');
  for (const key of again) {
    const { status } = await fetch(await signDeletion(signer(), bucket, key), { method: 'DELETE' });
    t.equal(status, 204);
  }
  t.equal(await confirm(elsewhere, again), 0, 'another merchant confirms nothing');
  t.equal(await confirm(shop, [...again, used, 'made up']), 2, 'nor is confirmed what was not claimed');
  t.equal(await confirm(shop, again), 0, 'once');
  await age(shop);
  t.same(await claim(shop), []);
  t.equal(await isStored(forgotten), false);
  t.equal(await isStored(used), true);
  const { bytes } = await one<{ bytes: string }>(
    db.installer,
    'select sum(size_bytes) as bytes from internal.upload where tenant_id = $1',
    [shop.tenantId],
  );
  t.equal(bytes, '10', 'what is left counts against the plan');
});

t.test('what purged rows and deleted messages showed', async (t) => {
  const shop = await shopWithChat(db);
  const editor = await addMember(db, shop, 'editor');
  const addFile = (key: string) =>
    asMember(db, editor, (tx) =>
      one(
        tx,
        `insert into api.storefront_asset (file_name, file_type, url) values ('a', 'image', $1) returning id`,
        [key],
      ),
    );
  const [shown, twice, gone] = (await Promise.all(
    [0, 1, 2].map(() => uploadKey(asMember, db, editor, 'storefront')),
  )) as [string, string, string];
  await addFile(shown);
  const files = [await addFile(twice), await addFile(gone)];
  await addFile(twice);
  await asMember(db, shop.owner, (tx) =>
    tx.query('select api.start_onboarding(version) from api.seller_onboarding'),
  );
  const passport = await uploadKey(asMember, db, shop.owner, 'kyc');
  const document = await asMember(db, shop.owner, (tx) =>
    one(tx, `select id from api.add_kyc_document('passport', $1)`, [passport]),
  );
  const { storageKey: photo } = { storageKey: await uploadKey(asMember, db, shop.owner, 'chat') };
  const { threadId } = await addChat(shop);
  await asMember(db, shop.owner, (tx) =>
    tx.query(`select api.queue_message($1, 'photo', p_attachments => $2)`, [
      threadId,
      JSON.stringify([{ file_type: 'image', storage_key: photo }]),
    ]),
  );
  await asWorker(db, (tx) =>
    tx.query(
      `select internal.mark_sent($1, message_id, 'wamid.photo') from internal.claim_messages($1, 'w')`,
      [shop.tenantId],
    ),
  );
  await age(shop);
  t.same(await claim(shop), []);

  await asMember(db, shop.owner, (tx) =>
    tx.query('delete from api.storefront_asset where id = any ($1)', [files.map(({ id }) => id)]),
  );
  await asMember(db, shop.owner, (tx) =>
    tx.query('delete from api.kyc_document where id = $1', [document.id]),
  ).catch(() =>
    db.installer.query(
      `update commerce.kyc_document set is_deleted = true, deleted_at = now() where id = $1`,
      [document.id],
    ),
  );
  t.same(await claim(shop), [], 'what is deleted can still be restored');
  await asWorker(db, (tx) => tx.query(`select internal.purge_deleted($1, '0')`, [shop.tenantId]));
  await asWorker(db, (tx) =>
    tx.query(
      `select internal.record_message_change('whatsapp', $1, 'wamid.photo', 'deletion', p_sender_type => 'merchant')`,
      [shop.account],
    ),
  );
  t.same((await claim(shop)).sort(), [gone, passport, photo].sort(), 'but for what something else shows');
});

const addChat = async (shop: Shop) =>
  asWorker(db, (tx) =>
    one<{ threadId: string }>(
      tx,
      `select thread_id as "threadId" from internal.receive_message('whatsapp', $1, '2348030000009', 'wamid.first', 'Hello')`,
      [shop.account],
    ),
  );

t.test('a file is used or deleted, never both', async (t) => {
  const shop = await shopWithChat(db);
  const { shopper } = await addWriters(db, shop);
  const key = await uploadKey(shopper.as, db, shopper, 'chat');
  await age(shop);
  const session = await openSession(db, 'buyer', shopper);
  const claimed = await asRole(db.api, 'commerce_buyer', session, async (tx) => {
    await tx.query(`select api.send_message($1, 'held', p_attachments => $2)`, [
      shopper.threadId,
      JSON.stringify([{ storage_key: key }]),
    ]);
    return claim(shop);
  });
  t.same(claimed, [], 'a worker passes by what is being used');
  t.same(await claim(shop), []);

  const keys = await Promise.all(
    Array.from({ length: 10 }, () => uploadKey(shopper.as, db, shopper, 'chat')),
  );
  await age(shop);
  const used: string[] = [];
  const deleted: string[] = [];
  await Promise.all([
    ...keys.map((each) =>
      write(db, shopper.as, shopper, [{ storage_key: each }]).then(
        () => used.push(each),
        (error: { code: string }) => t.equal(error.code, 'SCNTF'),
      ),
    ),
    ...Array.from({ length: 8 }, async () => deleted.push(...(await claim(shop, 2)))),
  ]);
  t.same([...used, ...deleted].sort(), [...new Set([...used, ...deleted])].sort(), 'none twice');
  const left = await claim(shop);
  t.same([...used, ...deleted, ...left].sort(), [...keys].sort(), 'none lost');
});

t.test('what is asked for in error', async (t) => {
  const { tenantId } = await shopWithChat(db);
  for (const [batch, hold, field] of [
    ['0', '5 minutes', 'batch'],
    ['1001', '5 minutes', 'batch'],
    ['null', '5 minutes', 'batch'],
    ['1', '0', 'claim_for'],
    ['1', '25 hours', 'claim_for'],
  ])
    await refused(
      t,
      asWorker(db, (tx) =>
        tx.query(`select internal.claim_unused_files($1, ${batch}, '${hold}')`, [tenantId]),
      ),
      'SCVAL',
      { field },
    );
  for (const keys of [null, [], Array(1001).fill('k')])
    await refused(
      t,
      asWorker(db, (tx) => tx.query('select internal.confirm_deleted_files($1, $2)', [tenantId, keys])),
      'SCVAL',
      { field: 'storage_keys' },
    );
});
