import { randomBytes } from 'node:crypto';
import t from 'tap';
import { kycBlindIndex, openKycValue, sealKycValue } from '../../src/database/kyc-envelope.ts';
import { createTestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker, openSession, type Who } from '../support/session.ts';
import { one, openShop, type Row, refused, uploadKey } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const keys = { keys: { k1: randomBytes(32) }, currentKeyId: 'k1' };
const indexKey = randomBytes(32);

/** A person who sells, and is on no team. */
async function addSellerPerson(slug: string, businessType = 'individual'): Promise<Who> {
  const { id: userId } = await one(
    db.installer,
    `with person as (insert into commerce.users (tenant_id) values ($1) returning id)
     insert into commerce.seller_profile (tenant_id, user_id, business_name, slug, business_type)
     select $1, id, $2, $2, $3 from person returning user_id as id`,
    [shop.tenantId, slug, businessType],
  );
  return { tenantId: shop.tenantId, userId };
}

const call = (who: Who, sql: string, values: unknown[] = []): Promise<Row> =>
  asMember(db, who, (client) => one(client, `select * from api.${sql}`, values));

const file = (who: Who) => uploadKey(asMember, db, who, 'kyc');
const document = async (who: Who, type: string, key?: string) =>
  call(who, 'add_kyc_document($1, $2)', [type, key ?? (await file(who))]);

const review = (id: string, decision: string, reason: string | null, version: number, who = shop.owner) =>
  call(who, 'review_onboarding($1, $2, $3, $4)', [id, decision, reason, version]);

t.test('a company from its start to being verified', async (t) => {
  const seller = await addSellerPerson('company', 'limited_company');
  const started = await call(seller, 'start_onboarding($1)', [null]);
  t.match(started, { onboarding_status: 'in_progress', version: 2 });
  await refused(t, call(seller, 'start_onboarding(2)'), 'SCTRN', { from: 'in_progress' });

  await refused(t, call(seller, 'submit_onboarding(2)'), 'SCVAL', {
    field: 'documents',
    missing: ['identity', 'business_registration'],
  });
  const passport = await document(seller, 'passport');
  t.match(passport, { document_type: 'passport', verification_status: 'pending' });
  t.notOk('document_url' in passport, 'where the file is stays hidden');
  await refused(t, document(seller, 'passport'), 'SCDUP', { field: 'document_type' });
  await refused(t, document(seller, 'selfie', 'https://files.example/selfie'), 'SCVAL', {
    field: 'document_url',
  });
  await refused(t, call(seller, 'submit_onboarding(2)'), 'SCVAL', { missing: ['business_registration'] });
  const registration = await document(seller, 'business_registration');

  await refused(t, call(seller, 'submit_onboarding(1)'), 'SCVER');
  await refused(t, call(seller, 'submit_onboarding(null)'), 'SCVRQ');
  const submitted = await call(seller, 'submit_onboarding(2)');
  t.match(submitted, { onboarding_status: 'submitted', verification_status: 'pending', submission_count: 1 });
  await refused(t, call(seller, 'submit_onboarding(3)'), 'SCTRN');
  await refused(t, document(seller, 'selfie'), 'SCIMM');
  await refused(t, review(started.id, 'in_review', null, 3, seller), 'SCPRM', { permission: 'kyc.review' });

  await refused(t, review(started.id, 'approved', null, 3), 'SCTRN');
  await refused(t, review(started.id, 'praised', null, 3), 'SCVAL', { field: 'decision' });
  await review(started.id, 'in_review', null, 3);
  await refused(t, review(started.id, 'approved', null, 4), 'SCVAL', { field: 'documents' });
  await refused(t, review(started.id, 'rejected', ' ', 4), 'SCVAL', { field: 'reason' });
  const asked = await review(started.id, 'additional_info_needed', 'A sharper photo', 4);
  t.match(asked, {
    onboarding_status: 'additional_info_needed',
    additional_info_requested: 'A sharper photo',
  });
  await call(seller, 'submit_onboarding(5)');
  await review(started.id, 'in_review', null, 6);
  const decide = (id: string, decision: string, reason: string | null = null, who = shop.owner) =>
    call(who, 'review_document($1, $2, $3)', [id, decision, reason]);
  await refused(t, decide(passport.id, 'rejected'), 'SCVAL', { field: 'reason' });
  await refused(t, decide(passport.id, 'verified', null, seller), 'SCPRM');
  t.match(await decide(passport.id, 'verified'), { verification_status: 'verified', reviewed_at: Date });
  await refused(t, decide(passport.id, 'verified'), 'SCTRN');
  await decide(registration.id, 'verified');
  t.match(await review(started.id, 'approved', null, 7), {
    onboarding_status: 'approved',
    verification_status: 'verified',
    verified_at: Date,
  });
  const { is_verified } = await one(
    db.installer,
    `select is_verified from commerce.seller_profile where slug = 'company'`,
  );
  t.equal(is_verified, true);
});

t.test('a rejected seller begins again', async (t) => {
  const seller = await addSellerPerson('rejected');
  const { id } = await call(seller, 'start_onboarding(null)');
  await document(seller, 'national_id');
  await call(seller, 'submit_onboarding(2)');
  await review(id, 'in_review', null, 3);
  t.match(await review(id, 'rejected', 'Not the same person', 4), {
    rejection_reason: 'Not the same person',
  });
  t.match(await call(seller, 'start_onboarding(5)'), { onboarding_status: 'in_progress' });
});

t.test('nobody reviews their own onboarding, and a person who does not sell has none', async (t) => {
  const { id } = await asMember(db, shop.owner, (client) =>
    one(client, 'select id from api.seller_onboarding where seller_id = $1', [shop.sellerId]),
  );
  await call(shop.owner, 'start_onboarding(1)');
  await document(shop.owner, 'voter_id');
  await call(shop.owner, 'submit_onboarding(2)');
  await refused(t, review(id, 'in_review', null, 3), 'SCPRM');
  const { id: userId } = await one(
    db.installer,
    'insert into commerce.users (tenant_id) values ($1) returning id',
    [shop.tenantId],
  );
  await one(
    db.installer,
    `insert into commerce.team_members (tenant_id, user_id, role, joined_at) values ($1, $2, 'admin', now()) returning id`,
    [shop.tenantId, userId],
  );
  const reviewer = { tenantId: shop.tenantId, userId };
  await refused(t, call(reviewer, 'start_onboarding(null)'), 'SCPRM');
  t.match(await review(id, 'in_review', null, 3, reviewer), {
    onboarding_status: 'in_review',
    reviewed_by: userId,
  });
});

const save = (
  who: Who,
  taxId: Buffer | null,
  hash: Buffer | null,
  lastFour: string | null,
  version: number | null,
) =>
  call(who, `save_kyc_info('NG', 'passport', null, null, $1, $2, $3, $4)`, [taxId, hash, lastFour, version]);

t.test('numbers are saved as envelopes, and revealed only after a request that is kept', async (t) => {
  const seller = await addSellerPerson('numbers');
  const { id } = await call(seller, 'start_onboarding(null)');
  const number = 'TIN-1234567-0001';
  const envelope = sealKycValue(keys, number, 'numbers:tax_id');
  const hash = kycBlindIndex(indexKey, number);

  const looksWrong: Buffer[] = [
    Buffer.from('TIN-1234567-0001-in-the-clear-by-mistake'),
    Buffer.alloc(64),
    envelope.subarray(0, 31),
    Buffer.concat([Buffer.from([2]), envelope.subarray(1)]),
    Buffer.concat([Buffer.from([1, 40]), envelope.subarray(2)]),
    Buffer.concat([Buffer.from([1, 2, 0, 10]), envelope.subarray(4)]),
    Buffer.concat([envelope, Buffer.alloc(9000)]),
  ];
  for (const bytes of looksWrong)
    await refused(t, save(seller, bytes, hash, null, null), 'SCVAL', { field: 'tax_id' });
  await refused(t, save(seller, envelope, null, null, null), 'SCVAL', { field: 'tax_id_hash' });
  await refused(t, save(seller, envelope, hash, '12345', null), 'SCVAL', { field: 'tax_id_last_four' });
  const saved = await save(seller, envelope, hash, '0001', null);
  t.match(saved, { tax_id_last_four: '0001', version: 1 });
  t.notOk('tax_id' in saved || 'tax_id_hash' in saved);
  await refused(t, save(seller, envelope, hash, '0001', null), 'SCVRQ');
  await save(seller, null, null, null, 1);

  const reveal = 'select * from api.reveal_kyc_info($1)';
  const reader = await openSession(db, 'member', shop.owner);
  await refused(t, call(seller, 'request_kyc_reveal($1, $2)', [id, 'mine']), 'SCPRM');
  await refused(t, call(shop.owner, 'request_kyc_reveal($1, $2)', [id, ' ']), 'SCVAL', { field: 'reason' });
  await refused(t, call(shop.owner, 'reveal_kyc_info($1)', [id]), 'SCPRM');
  await refused(
    t,
    asRole(db.api, 'commerce_member', reader, async (client) => {
      await client.query('select api.request_kyc_reveal($1, $2)', [id, 'in one transaction']);
      return client.query(reveal, [id]);
    }),
    'SCPRM',
  );
  await call(shop.owner, 'request_kyc_reveal($1, $2)', [id, 'The tax office asks']);
  const shown = await asMember(db, shop.owner, (client) =>
    one<{ tax_id: Buffer; business_registration_number: null }>(client, reveal, [id]),
  );
  t.equal(openKycValue(keys, shown.tax_id, 'numbers:tax_id'), number);
  const { rows: log } = await db.installer.query(
    `select reason, new_values ->> 'reveal' as reveal from audit.log where action = 'read' order by id`,
  );
  t.strictSame(log, [
    { reason: 'The tax office asks', reveal: 'requested' },
    { reason: null, reveal: 'done' },
  ]);
  const admin = await addSellerPerson('another');
  await refused(t, call(admin, 'reveal_kyc_info($1)', [id]), 'SCPRM');
  const { leaks } = await one<{ leaks: string }>(
    db.installer,
    `select count(*) as leaks from audit.log as l
      where strpos(l::text, $1) > 0 or strpos(l::text, $2) > 0 or strpos(l::text, $3) > 0`,
    [envelope.toString('hex'), hash.toString('hex'), '"0001"'],
  );
  t.equal(leaks, '0', 'neither ciphertext nor index nor last digits are in the log');
});

/** A seller of the shop who has been verified by these documents. */
async function verifiedSeller(slug: string, documents: [type: string, side: string | null][]) {
  const seller = await addSellerPerson(slug);
  const { id } = await call(seller, 'start_onboarding(null)');
  const ids: string[] = [];
  for (const [type, side] of documents) {
    const added = await call(
      seller,
      'add_kyc_document($1, $2, p_expires_on => current_date + 1, p_side => $3)',
      [type, await file(seller), side],
    );
    ids.push(added.id);
  }
  await call(seller, 'submit_onboarding(2)');
  await review(id, 'in_review', null, 3);
  for (const each of ids) await call(shop.owner, `review_document($1, 'verified', null)`, [each]);
  await review(id, 'approved', null, 4);
  return { seller, id, ids };
}

const expire = async (ids: string[]): Promise<void> => {
  await db.installer.query('update commerce.kyc_document set expires_on = current_date where id = any ($1)', [
    ids,
  ]);
  await asWorker(db, (client) => client.query('select internal.expire_kyc_documents($1)', [shop.tenantId]));
};

const standing = (onboardingId: string): Promise<Row> =>
  one(
    db.installer,
    `select o.onboarding_status, o.verification_status, s.is_verified, o.version
       from commerce.seller_onboarding as o join commerce.seller_profile as s on s.id = o.seller_id where o.id = $1`,
    [onboardingId],
  );

t.test('a document that expires takes its seller out of verified until another is handed in', async (t) => {
  const { seller, id, ids } = await verifiedSeller('expiring', [
    ['national_id', 'front'],
    ['national_id', 'back'],
  ]);
  await expire(ids);
  t.match(await standing(id), {
    onboarding_status: 'additional_info_needed',
    verification_status: 'expired',
    is_verified: false,
  });
  const asked = await asMember(db, seller, (client) => one(client, 'select * from api.seller_onboarding'));
  t.match(asked, { additional_info_requested: /identity/ });

  const submit = async () => call(seller, 'submit_onboarding($1)', [(await standing(id)).version]);
  await refused(t, submit(), 'SCVAL', { missing: ['identity'] });
  const side = async (name: string) =>
    call(seller, `add_kyc_document('passport', $1, p_side => $2)`, [await file(seller), name]);
  const back = await side('back');
  await refused(t, submit(), 'SCVAL', { missing: ['identity'] });
  const front = await side('front');
  await submit();
  await review(id, 'in_review', null, (await standing(id)).version);
  for (const each of [front, back])
    await call(shop.owner, `review_document($1, 'verified', null)`, [each.id]);
  await review(id, 'approved', null, (await standing(id)).version);
  t.match(await standing(id), { onboarding_status: 'approved', is_verified: true });
});

t.test('both sides of a document count, or neither', async (t) => {
  const seller = await addSellerPerson('two-sided');
  const { id } = await call(seller, 'start_onboarding(null)');
  const side = async (name: string) =>
    (
      await call(seller, `add_kyc_document('national_id', $1, null, null, current_date + 1, $2)`, [
        await file(seller),
        name,
      ])
    ).id;
  const decide = (documentId: string, decision = 'verified') =>
    call(shop.owner, `review_document($1, $2, 'unreadable')`, [documentId, decision]);
  const decideAll = async (decision: string) => review(id, decision, 'more', (await standing(id)).version);
  const submit = async () => call(seller, 'submit_onboarding($1)', [(await standing(id)).version]);
  const [front, unreadable] = [await side('front'), await side('back')];
  await submit();
  await decideAll('in_review');
  await decide(front);
  await refused(t, decideAll('approved'), 'SCVAL', { missing: ['identity'] });
  await decide(unreadable, 'rejected');
  await refused(t, decideAll('approved'), 'SCVAL', { missing: ['identity'] });
  await decideAll('additional_info_needed');
  await refused(t, submit(), 'SCVAL', { missing: ['identity'] });
  const back = await side('back');
  await submit();
  await decideAll('in_review');
  await decide(back);
  await decideAll('approved');
  t.match(await standing(id), { onboarding_status: 'approved', is_verified: true });

  await expire([back]);
  t.match(await standing(id), {
    onboarding_status: 'additional_info_needed',
    verification_status: 'expired',
    is_verified: false,
  });
  const next = await side('back');
  await submit();
  await decideAll('in_review');
  await decide(next);
  await decideAll('approved');

  await decide(front, 'rejected');
  t.match(await standing(id), {
    onboarding_status: 'additional_info_needed',
    verification_status: 'rejected',
    is_verified: false,
  });
});

t.test('a document that nothing depends on, or that has a successor, ends without the seller', async (t) => {
  const { seller, id, ids } = await verifiedSeller('lasting', [
    ['voter_id', null],
    ['proof_of_address', null],
  ]);
  const [identity, address] = ids as [string, string];
  await expire([address]);
  t.match(await standing(id), { onboarding_status: 'approved', is_verified: true });

  const waiting = () =>
    asMember(db, shop.owner, (client) =>
      client.query('select onboarding_status, pending_documents from api.onboarding_queue where id = $1', [
        id,
      ]),
    );
  t.same((await waiting()).rows, []);
  const next = await document(seller, 'voter_id');
  await refused(t, document(seller, 'voter_id'), 'SCDUP', { field: 'document_type' });
  t.same((await waiting()).rows, [{ onboarding_status: 'approved', pending_documents: 1 }]);
  await call(shop.owner, `review_document($1, 'verified', null)`, [next.id]);
  const { verification_status: former } = await one(
    db.installer,
    'select verification_status from commerce.kyc_document where id = $1',
    [identity],
  );
  t.equal(former, 'expired', 'the successor ends the former');
  await expire([identity]);
  t.match(await standing(id), { onboarding_status: 'approved', is_verified: true });
  t.same((await waiting()).rows, []);
});

t.test('a document ends with the day before, as the clocks of its shop show it', async (t) => {
  const { id, ids } = await verifiedSeller('far-away', [['passport', null]]);
  const setZone = (zone: string) =>
    db.installer.query('update commerce.tenant set timezone = $2, version = version where id = $1', [
      shop.tenantId,
      zone,
    ]);
  // Somewhere it is always a later day than elsewhere.
  await db.installer.query(
    `update commerce.kyc_document set expires_on = (now() at time zone 'Pacific/Kiritimati')::date where id = any ($1)`,
    [ids],
  );
  const atWork = () =>
    asWorker(db, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `select id from internal.tenants_with_work('expire_kyc_documents') as id`,
      );
      await client.query('select internal.expire_kyc_documents($1)', [shop.tenantId]);
      return rows.some((row) => row.id === shop.tenantId);
    });
  await setZone('Etc/GMT+12');
  t.notOk(await atWork());
  t.match(await standing(id), { is_verified: true });
  await setZone('Pacific/Kiritimati');
  t.ok(await atWork());
  t.match(await standing(id), { is_verified: false });

  const late = await addSellerPerson('late');
  await call(late, 'start_onboarding(null)');
  const handIn = async () =>
    call(late, `add_kyc_document('passport', $1, null, null, (now() at time zone 'Etc/GMT+12')::date + 1)`, [
      await file(late),
    ]);
  await refused(t, handIn(), 'SCVAL', { field: 'expires_on' });
  await setZone('Etc/GMT+12');
  await t.resolves(handIn());
  await setZone('UTC');
});

t.test('a reviewer opens what was handed in, and that is logged', async (t) => {
  const seller = await addSellerPerson('opened');
  const { id } = await call(seller, 'start_onboarding(null)');
  const key = await file(seller);
  const { id: documentId } = await document(seller, 'passport', key);
  const open = 'select * from api.open_kyc_document($1)';
  await refused(t, call(seller, 'open_kyc_document($1)', [documentId]), 'SCPRM', {
    permission: 'kyc.review',
  });
  await refused(t, call(shop.owner, 'open_kyc_document($1)', [documentId]), 'SCPRM');
  await refused(t, call(shop.owner, 'open_kyc_document($1)', [id]), 'SCNTF', { field: 'document_id' });
  await call(shop.owner, 'request_kyc_reveal($1, $2)', [id, 'The review']);
  t.match(await asMember(db, shop.owner, (client) => one(client, open, [documentId])), {
    document_url: key,
    mime_type: 'image/png',
  });
  const { rows } = await db.installer.query(
    `select action, new_values from audit.log where table_name = 'kyc_document' and record_key = $1 and action = 'read'`,
    [documentId],
  );
  t.same(rows, [{ action: 'read', new_values: { reveal: 'done' } }]);
  const elsewhere = await openShop(db);
  await refused(t, call(elsewhere.owner, 'open_kyc_document($1)', [documentId]), 'SCNTF');
  await refused(t, call(elsewhere.owner, `request_kyc_reveal($1, 'why')`, [id]), 'SCNTF');
});

t.test('a seller is added in one call', async (t) => {
  const create = (who: Who, values: string) => call(who, `create_seller(${values})`);
  const seller = await create(
    shop.owner,
    `'Adaeze Crafts', 'adaeze-crafts', p_email => 'Adaeze@example.com', p_phone_number => '+2348030000077'`,
  );
  t.match(seller, {
    business_name: 'Adaeze Crafts',
    email: 'adaeze@example.com',
    is_verified: false,
    version: 1,
  });
  const { onboarding_status, is_seller, email } = await one(
    db.installer,
    `select o.onboarding_status, u.is_seller, u.email
       from commerce.users as u, commerce.seller_onboarding as o where u.id = $1 and o.seller_id = $2`,
    [seller.user_id, seller.id],
  );
  t.same([onboarding_status, is_seller, email], ['not_started', true, 'adaeze@example.com']);

  const refusals: [string, string, string][] = [
    [`' ', 'blank'`, 'SCVAL', 'business_name'],
    [`'A', 'No Slug'`, 'SCVAL', 'slug'],
    [`'A', 'a', 'guild'`, 'SCVAL', 'business_type'],
    [`'A', 'a', p_email => 'nowhere'`, 'SCVAL', 'email'],
    [`'A', 'a', p_phone_number => '0803'`, 'SCVAL', 'phone_number'],
    [`'A', 'adaeze-crafts'`, 'SCDUP', 'slug'],
    [`'A', 'a', p_email => 'adaeze@example.com'`, 'SCDUP', 'email'],
    [`'A', 'a', p_user_id => '${seller.user_id}'`, 'SCDUP', 'user_id'],
    [`'A', 'a', p_user_id => '${shop.sellerId}'`, 'SCNTF', 'user_id'],
  ];
  for (const [values, code, field] of refusals) await refused(t, create(shop.owner, values), code, { field });
  await refused(
    t,
    create({ tenantId: shop.tenantId, userId: seller.user_id as string }, `'A', 'a'`),
    'SCPRM',
    {
      permission: 'team.manage',
    },
  );
});
