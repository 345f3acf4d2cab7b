import t from 'tap';
import { claimUnusedFiles, createDatabase, receiveMessage, requestUpload } from '../../src/index.ts';
import { addMember, queue } from '../functions/chat.ts';
import { addProduct, asRead, one, type Row, refused, uploadKey } from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, type Who } from '../support/session.ts';
import { type As, addWriters, call, shopWithChat, write } from './store.ts';

/** What messages, documents and files of a shop show: a file of the person who names its key. */
const db = await createTestDatabase(t, { template: 'empty' });
const database = createDatabase({
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  workerConnectionString: db.urls.DATABASE_WORKER_URL,
});
t.teardown(() => database.close());

t.test('what a shopper or visitor may attach', async (t) => {
  const { shopper, visitor } = await addWriters(db, await shopWithChat(db));
  for (const who of [shopper, visitor]) {
    const { as } = who;
    const [photo, clip, voice, paper] = await Promise.all(
      ['image/png', 'video/mp4', 'audio/ogg', 'application/pdf'].map((type) =>
        uploadKey(as, db, who, 'chat', type),
      ),
    );
    const sent = await write(db, as, who, [
      { storage_key: photo, caption: 'In this colour' },
      { storage_key: clip },
      { storage_key: voice },
      { storage_key: paper },
      { latitude: 6.5, longitude: 3.4, file_name: 'Home' },
    ]);
    t.match(sent, { message: 'In this colour', message_type: 'image', direction: 'inbound' });
    const { rows } = await as(db, who, (tx) =>
      tx.query(
        `select file_type, storage_key, mime_type, file_name, size_bytes, caption, latitude::float
           from api.message_attachment where message_id = $1 order by position`,
        [sent.id],
      ),
    );
    const file = { file_name: 'a file', size_bytes: '10', caption: null, latitude: null };
    const place = { mime_type: null, file_name: 'Home', size_bytes: null, latitude: 6.5 };
    t.same(rows, [
      {
        ...file,
        file_type: 'image',
        storage_key: photo,
        mime_type: 'image/png',
        caption: 'In this colour',
      },
      { ...file, file_type: 'video', storage_key: clip, mime_type: 'video/mp4' },
      { ...file, file_type: 'audio', storage_key: voice, mime_type: 'audio/ogg' },
      { ...file, file_type: 'document', storage_key: paper, mime_type: 'application/pdf' },
      { ...file, ...place, file_type: 'location', storage_key: null },
    ]);
    const here = { latitude: 6.5, longitude: 3.4 };
    const next = await call(db, as, who, 'send_message', {
      thread_id: sent.thread_id,
      reply_to_id: sent.id,
      attachments: JSON.stringify([here]),
    });
    t.match(next, { message: '', message_type: 'location', reply_to_id: sent.id });
    for (const wrong of [
      {},
      'a file',
      null,
      [here, 1],
      [{ url: 'https://evil.example/1.png' }],
      [{ storage_key: photo, url: 'https://evil.example/1.png' }],
      [{ storage_key: photo, mime_type: 'text/html' }],
      [{ storage_key: photo, file_type: 'sticker' }],
      [{ storage_key: photo, size_bytes: 1 }],
      [{ external_media_id: '1' }],
      [{ storage_key: null }],
      [{ latitude: 91, longitude: 0 }],
      [{ latitude: 6.5 }],
      [{ caption: 'Nothing' }],
      [{ ...here, caption: 'x'.repeat(65_537) }],
      Array(11).fill(here),
    ]) {
      await t.rejects(
        write(db, as, who, wrong),
        { code: 'SCVAL' },
        JSON.stringify(wrong)?.slice(0, 80) ?? '',
      );
    }
    await refused(t, write(db, as, who, []), 'SCVAL', { field: 'message' });
    await write(db, as, who, Array(10).fill(here));
  }
});

/** A function that takes a key: who calls it, for which purpose the key must be, and which argument is refused. */
type Use = {
  name: string;
  as: As;
  who: Who;
  purpose: string;
  field: string;
  use: (key: string) => Promise<Row>;
};

t.test('a key is of the person who was granted it, in every function that takes one', async (t) => {
  const [shop, elsewhere] = [await shopWithChat(db), await shopWithChat(db)];
  const { shopper: ann, visitor } = await addWriters(db, shop);
  const { shopper: ben, visitor: other } = await addWriters(db, shop);
  const { shopper: foreigner } = await addWriters(db, elsewhere);
  const editor = await addMember(db, shop, 'editor');
  const colleague = await addMember(db, shop, 'admin');
  await asMember(db, shop.owner, (tx) =>
    tx.query('select api.start_onboarding(version) from api.seller_onboarding'),
  );
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await asBuyer(db, ann, (tx) =>
    one(
      tx,
      `select id from api.place_order('sold', p_lines => $1, p_expected_totals => ${asRead('$1')}, p_channel => 'storefront')`,
      [JSON.stringify([{ product_id: product, quantity: 1 }])],
    ),
  );
  const file = (key: string) => JSON.stringify([{ file_type: 'image', storage_key: key }]);
  const { id: payment, version } = await call(db, asBuyer, ann, 'create_payment', {
    order_id: order.id,
    payment_type: 'bank_transfer',
    provider: 'bank',
    amount: 1,
  });
  const addFile = (key: string) =>
    asMember(db, editor, (tx) =>
      one(
        tx,
        `insert into api.storefront_asset (file_name, file_type, url, mime_type, size_bytes)
         values ('a.png', 'image', $1, 'text/html', 1) returning *`,
        [key],
      ),
    );
  const attachment = { field: 'attachments.storage_key', purpose: 'chat' };
  const uses: Use[] = [
    {
      ...attachment,
      name: 'queue_message',
      as: asMember,
      who: editor,
      use: (key) => queue(db, editor, ann.threadId, { key, message: '', attachments: file(key) }),
    },
    {
      ...attachment,
      name: 'begin_conversation',
      as: asMember,
      who: editor,
      use: (key) =>
        call(db, asMember, editor, 'begin_conversation', {
          customer_id: ann.customerId,
          channel_id: shop.chat,
          attachments: file(key),
        }),
    },
    {
      ...attachment,
      name: 'start_conversation',
      as: asBuyer,
      who: ann,
      use: (key) => write(db, asBuyer, ann, [{ storage_key: key }]),
    },
    {
      ...attachment,
      name: 'send_message',
      as: visitor.as,
      who: visitor,
      use: (key) =>
        call(db, visitor.as, visitor, 'send_message', {
          thread_id: visitor.threadId,
          attachments: JSON.stringify([{ storage_key: key }]),
        }),
    },
    {
      name: 'attach_payment_proof',
      as: asBuyer,
      who: ann,
      purpose: 'payment_proof',
      field: 'url',
      use: (key) =>
        asBuyer(db, ann, (tx) =>
          one(tx, `select * from api.attach_payment_proof($1, 'slip.png', $2, $3)`, [payment, key, version]),
        ),
    },
    {
      name: 'a file of the shop',
      as: asMember,
      who: editor,
      purpose: 'storefront',
      field: 'url',
      use: addFile,
    },
    {
      name: 'a picture of a product',
      as: asMember,
      who: editor,
      purpose: 'product',
      field: 'url',
      use: addFile,
    },
    {
      name: 'add_kyc_document',
      as: asMember,
      who: shop.owner,
      purpose: 'kyc',
      field: 'document_url',
      use: (key) =>
        asMember(db, shop.owner, (tx) => one(tx, `select * from api.add_kyc_document('selfie', $1)`, [key])),
    },
  ];
  const stored = () =>
    one(
      db.installer,
      `select (select count(*) from commerce.message_attachment) as attachments,
              (select count(*) from commerce.storefront_asset) as files,
              (select count(*) from commerce.kyc_document) as documents,
              (select count(*) from commerce.conversation_history) as messages`,
    );
  for (const { name, as, who, purpose, field, use } of uses) {
    const wrongPurpose =
      purpose !== 'chat' && purpose !== 'kyc' ? 'chat' : as === asMember ? 'product' : null;
    const others: [string, string][] = [
      ['one that never was', `${shop.tenantId}/${purpose}/00000000-0000-4000-8000-000000000000`],
      ["another merchant's shopper's", await uploadKey(asBuyer, db, foreigner, 'chat')],
      ["another merchant's staff's", await uploadKey(asMember, db, elsewhere.owner, purpose)],
      ["another shopper's", await uploadKey(asBuyer, db, ben, 'chat')],
      ["another visitor's", await uploadKey(other.as, db, other, 'chat')],
      ["a colleague's", await uploadKey(asMember, db, colleague, purpose === 'kyc' ? 'chat' : purpose)],
      ...(wrongPurpose === null
        ? []
        : [['for another purpose', await uploadKey(as, db, who, wrongPurpose)] as [string, string]]),
    ];
    const before = await stored();
    const refusals = new Set<string>();
    for (const [label, key] of others) {
      const error = await use(key).then(
        () => ({ code: 'none' }),
        (reason: { code: string; detail: string; message: string }) => reason,
      );
      t.equal(error.code, 'SCNTF', `${name}: ${label}`);
      refusals.add(JSON.stringify(error, ['code', 'detail', 'message', 'hint']));
    }
    t.equal(refusals.size, 1, `${name}: all are refused alike`);
    t.match([...refusals][0], field);
    t.same(await stored(), before, `${name}: nothing is stored`);
    t.ok(await use(await uploadKey(as, db, who, purpose)), `${name}: the own one`);
  }
  t.match(
    await addFile(await uploadKey(asMember, db, editor, 'storefront')),
    { mime_type: 'image/png', size_bytes: '10' },
    'with the type and size that were granted, whatever is said',
  );
  await refused(
    t,
    asBuyer(db, ann, (tx) =>
      tx.query(`select api.attach_payment_proof($1, 'a', 'https://evil.example/1.png', $2)`, [
        payment,
        version + 1,
      ]),
    ),
    'SCVAL',
    { field: 'url' },
  );
  const twice = await uploadKey(asMember, db, editor, 'chat');
  for (const { threadId } of [ann, visitor])
    t.ok(
      await queue(db, editor, threadId, {
        key: `${twice} ${threadId}`,
        message: '',
        attachments: file(twice),
      }),
    );
});

t.test('a machine names its own files in what a customer sent', async (t) => {
  const [shop, elsewhere] = [await shopWithChat(db), await shopWithChat(db)];
  const upload = { purpose: 'chat', fileName: 'a.png', mimeType: 'image/png', sizeBytes: '10' } as const;
  const granted = async (tenantId: string) =>
    (
      await database.asWorker(
        async (tx) => {
          // A machine has a tenant from the first function on that names one.
          await tx.run(claimUnusedFiles, { batch: 1 });
          return await tx.run(requestUpload, upload);
        },
        { tenantId },
      )
    ).storageKey;
  const arrive = (id: string, storageKey: string) =>
    database.asWorker((tx) =>
      tx.run(receiveMessage, {
        channelType: 'whatsapp',
        externalAccountId: shop.account,
        externalUserId: '2348030000001',
        externalMessageId: id,
        message: '',
        messageType: 'image',
        attachments: [{ fileType: 'image', storageKey }],
      }),
    );
  for (const key of [
    'made up',
    await granted(elsewhere.tenantId),
    await uploadKey(asMember, db, shop.owner, 'chat'),
  ])
    await t.rejects(arrive(`wamid.${key}`.slice(0, 200), key), { code: 'NOT_FOUND' });
  t.match(await arrive('wamid.own', await granted(shop.tenantId)), { isNew: true });
});

t.test('a visitor who registers may use what was uploaded before', async (t) => {
  const shop = await shopWithChat(db);
  const { visitor, shopper } = await addWriters(db, shop);
  const key = await uploadKey(visitor.as, db, visitor, 'chat');
  await refused(t, write(db, asBuyer, shopper, [{ storage_key: key }]), 'SCNTF');
  const { code } = await visitor.as(db, visitor, (tx) =>
    one<{ code: string }>(tx, 'select code from api.create_visitor_code()'),
  );
  await asBuyer(db, shopper, (tx) => tx.query('select api.redeem_visitor_code($1)', [code]));
  t.match(await write(db, asBuyer, shopper, [{ storage_key: key }]), { message_type: 'image' });
});
