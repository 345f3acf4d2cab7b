import type pg from 'pg';
import type { Test } from 'tap';
import {
  connectChannel,
  createPayment,
  createTeamInvite,
  createVisitorCode,
  getStorefrontForStaff,
  type PreparedQuery,
  recordRefundResult,
  requestKycReveal,
  requestRefund,
  requestUpload,
  setCustomDomain,
  startConversation,
  type TenantTransaction,
} from '../../src/index.ts';
import { demoTenant, only, openPackage } from '../database/package.ts';
import { openSession } from '../support/session.ts';

/** A transaction as a case sees it, for every person that it is opened for. */
export type Tx = {
  run<P, R, O>(query: PreparedQuery<P, R, O>, params: Omit<P, 'tenantId'>): Promise<O>;
  sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
};

export type Door = 'owner' | 'seller' | 'buyer' | 'shopper' | 'visitor' | 'worker' | 'platform';

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Ends a transaction so that nothing of it stays. */
class Undo extends Error {}

/** The database's role for each role of an identity. */
const roles = {
  member: 'commerce_member',
  buyer: 'commerce_buyer',
  anonymous: 'commerce_anonymous',
} as const;

/** The address of a shopper who is invited to the team. */
const invited = 'invited@example.org';

/** The demo merchant, and what the demo data lacks for some query to have a row. */
export async function openStage(t: Test) {
  const { db, scene } = await openPackage(t);
  const { tenantId, sellerId, owner, buyer } = await demoTenant(scene, 1);
  const find = async <R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R> =>
    only((await scene.installer.query<R>(sql, values)).rows);
  const userOf = async (subject: string) =>
    (
      await find<{ id: string }>('select id from commerce.users where tenant_id = $1 and auth_subject = $2', [
        tenantId,
        subject,
      ])
    ).id;
  const ownerId = await userOf('demo-owner-1');
  const buyerId = await userOf('demo-buyer-1');

  const seller = { tenantId, subject: 'a new seller', role: 'member' as const };
  await scene.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id)
     insert into commerce.seller_profile (tenant_id, user_id, business_name, slug)
     select $1, id, 'New seller', 'new-seller' from person`,
    [tenantId, seller.subject],
  );
  const { id: memberId } = await find<{ id: string }>(
    'select id from commerce.team_members where user_id = $1',
    [ownerId],
  );
  await scene.installer.query(
    `update commerce.conversation_thread set assigned_member_id = $2, version = version
      where id = (select max(id::text)::uuid from commerce.conversation_thread where tenant_id = $1)`,
    [tenantId, memberId],
  );
  const { id: queueId } = await find<{ id: string }>(
    `select id from commerce.seller_onboarding where tenant_id = $1 and onboarding_status = 'submitted'`,
    [tenantId],
  );
  const { id: adminId } = await find<{ id: string }>(
    `insert into commerce.users (tenant_id, is_system_admin, email)
     values (null, true, 'admin@platform.example') returning id`,
  );

  // What a provider's webhook is to find must be there before it comes.
  await db.withTenant(owner, async (tx) => {
    const { id: orderId } = only(
      await tx.sql<{ id: string }>(`select id from api.orders where status = 'pending' order by id limit 1`),
    );
    await tx.run(createPayment, {
      orderId,
      paymentType: 'card',
      provider: 'paystack',
      providerReference: 'reference-1',
      amount: '10',
      idempotencyKey: 'a payment to come',
    });
  });
  const ask = (idempotencyKey: string) =>
    db.withTenant(owner, async (tx) => {
      const { id: paymentId } = only(
        await tx.sql<{ id: string }>(
          `select id from api.payment where provider_reference = 'PAY-ORD-000009'`,
        ),
      );
      return await tx.run(requestRefund, { paymentId, amount: '10', idempotencyKey });
    });
  const openRefund = await ask('a refund to come');
  const failedRefund = await ask('a refund that fails');
  await db.asWorker((tx) =>
    tx.run(recordRefundResult, { tenantId, refundId: failedRefund.id, status: 'failed' }),
  );
  const invite = await db.withTenant(owner, async (tx) => {
    await tx.run(setCustomDomain, {
      customDomain: 'shop.example.org',
      expectedVersion: only(await tx.run(getStorefrontForStaff, {})).version,
    });
    return await tx.run(createTeamInvite, { role: 'viewer', email: invited });
  });
  const { version: tenantVersion } = await find<{ version: number }>(
    'select version from commerce.tenant where id = $1',
    [tenantId],
  );
  /** A scene that is older than some minutes gets anew what ends by then. */
  const renew = async () => {
    await db.withTenant(owner, (tx) =>
      tx.run(requestKycReveal, { onboardingId: queueId, reason: 'The numbers are compared' }),
    );
    await scene.installer.query(
      `update internal.visitor set code_expires_at = now() + interval '1 hour' where code_expires_at is not null`,
    );
  };
  await renew();

  const visitor = { tenantId, subject: 'a visitor', role: 'anonymous' } as const;
  await db.withTenant(owner, (tx) =>
    tx.run(connectChannel, { channelType: 'web_chat', name: 'Chat', externalAccountId: 'chat' }),
  );
  const { code: visitorCode } = await db.withTenant(visitor, async (tx) => {
    await tx.run(startConversation, { idempotencyKey: 'a first word', message: 'Hello' });
    return await tx.run(createVisitorCode, {});
  });

  const { storageKey: uploadKey } = await db.withTenant(owner, (tx) =>
    tx.run(requestUpload, { purpose: 'chat', fileName: 'a.png', mimeType: 'image/png', sizeBytes: '10' }),
  );
  await scene.installer.query(
    `update internal.upload set created_at = now() - interval '2 days' where storage_key = $1`,
    [uploadKey],
  );

  const platformSession = async () =>
    only(
      (
        await scene.auth.query<{ session_id: string }>(
          `select session_id from internal.open_platform_session($1, $2, 'a test looks', 30)`,
          [adminId, tenantId],
        )
      ).rows,
    ).session_id;
  const asPlatform = async (work: (tx: Tx) => Promise<unknown>): Promise<void> => {
    const session = await platformSession();
    const client = await scene.platform.connect();
    try {
      await client.query('begin');
      await client.query(
        `select set_config('role', 'commerce_platform', true), set_config('commerce.session', $1, true)`,
        [session],
      );
      await work({
        run: (query, params) => query.run({ ...params, tenantId } as never, client),
        sql: async (text, values) => (await client.query(text, values)).rows,
      });
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const identities = {
    owner,
    seller,
    buyer,
    shopper: { tenantId, subject: 'a new shopper', email: invited, role: 'buyer' },
    visitor,
  } as const;

  /** The role and the session of a door, for a connection of the caller's. */
  const asker = async (door: Door): Promise<{ role: string; session: string }> => {
    if (door === 'platform') return { role: 'commerce_platform', session: await platformSession() };
    if (door === 'worker') return { role: 'commerce_worker', session: '' };
    const { role, ...who } = identities[door];
    return { role: roles[role], session: await openSession(scene, role, who) };
  };

  /** Runs the work in a transaction that leaves nothing behind. */
  const enter = async (door: Door, work: (tx: Tx) => Promise<unknown>): Promise<void> => {
    const undo = async (tx: Tx) => {
      await work(tx);
      throw new Undo();
    };
    if (door === 'platform') return asPlatform(work);
    const entering =
      door === 'worker'
        ? db.asWorker((tx) =>
            undo({
              sql: (text, values) => tx.sql(text, values),
              run: (query, params) => tx.run(query, { ...params, tenantId } as never),
            }),
          )
        : db.withTenant(identities[door], (tx: TenantTransaction) => undo(tx));
    await entering.catch((error) => {
      if (!(error instanceof Undo)) throw error;
    });
  };

  return {
    scene,
    tenantId,
    sellerId,
    ownerId,
    buyerId,
    memberId,
    queueId,
    renew,
    openRefund,
    failedRefund,
    invite,
    visitorCode,
    uploadKey,
    tenantVersion,
    asker,
    enter,
  };
}
