import type { PreparedQuery } from '../../src/database/prepared-query.ts';
import {
  type ChannelType,
  type FulfillmentMethod,
  type OrderStatus,
  orderStatuses,
  sealKycValue,
  type TeamRole,
} from '../../src/index.ts';
import * as queries from '../../src/queries/index.ts';
import { only } from '../database/package.ts';
import type { Door, Stage, Tx } from './stage.ts';

export type QueryName = keyof typeof queries;

type ParamsOf<Q> = Q extends PreparedQuery<infer P, infer _, infer __> ? Omit<P, 'tenantId'> : never;

/** Who may run a query, and with what: one set of parameters, or several when one row shows not enough. */
type Case<P> = readonly [doors: Door | readonly Door[], params: (tx: Tx) => P | P[] | Promise<P | P[]>];

export type Cases = { readonly [N in QueryName]: Case<ParamsOf<(typeof queries)[N]>> };

type Versioned = { id: string; version: number };

/** The first row of a view that is so. */
async function first(tx: Tx, view: string, condition = 'true'): Promise<Versioned> {
  return only(await tx.sql(`select id, version from api.${view} where ${condition} order by id limit 1`));
}

async function idOf(tx: Tx, view: string, condition = 'true'): Promise<string> {
  const rows = await tx.sql<{ id: string }>(
    `select id from api.${view} where ${condition} order by id limit 1`,
  );
  return only(rows).id;
}

async function customerOf(tx: Tx, view: string): Promise<string> {
  const rows = await tx.sql<{ id: string }>(`select customer_id as id from api.${view} limit 1`);
  return only(rows).id;
}

/** A thread of the shopper or visitor in the shop's chat. */
const ownThread = async (tx: Tx): Promise<string> =>
  (await tx.run(queries.startConversation, { idempotencyKey: 'own', message: 'Hello' })).threadId;

async function orderOf(tx: Tx, view: string): Promise<string> {
  return only(await tx.sql<{ id: string }>(`select order_id as id from api.${view} limit 1`)).id;
}

const page = { first: 100 };
/** A job that takes a tenant at most, or nothing. */
const job = ['worker', () => ({})] as const;
/** A day as the database writes it, so many days from now. */
const day = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
/** Far enough from now for whatever must lie ahead. */
const nextMonth = () => new Date(Date.now() + 30 * 24 * 3600 * 1000);
const bytes = (length: number) => Buffer.alloc(length, 1);
const kycKeys = { keys: { test: bytes(32) }, currentKeyId: 'test' };

const address = {
  recipientName: 'Bisi Ade',
  streetAddress: '1 Allen Avenue',
  city: 'Lagos',
  country: 'NG',
} as const;

const orderAddress = {
  kind: 'shipping',
  recipientName: 'Bisi Ade',
  streetAddress: '1 Allen Avenue',
  city: 'Lagos',
  country: 'NG',
} as const;

/** An order that the shop works on. */
async function inWork(tx: Tx): Promise<{ orderId: string; expectedVersion: number }> {
  const { id, version } = await first(tx, 'orders', `status = 'confirmed'`);
  const begun = await tx.run(queries.startProcessing, { orderId: id, expectedVersion: version });
  return { orderId: id, expectedVersion: begun.version };
}

async function packed(tx: Tx, method: FulfillmentMethod = 'shipping') {
  const { id, version } = await tx.run(queries.packOrder, { ...(await inWork(tx)), method });
  return { fulfillmentId: id, expectedVersion: version };
}

async function sent(tx: Tx) {
  const { fulfillmentId, ...read } = await packed(tx);
  const { version } = await tx.run(queries.shipFulfillment, {
    fulfillmentId,
    ...read,
    carrier: 'GIG',
    trackingNumber: 'T-2',
  });
  return { fulfillmentId, expectedVersion: version };
}

/** A basket with something in it. */
async function basket(tx: Tx) {
  const { id, version } = await first(tx, 'orders', `status = 'draft'`);
  const productId = await idOf(tx, 'products', `sku = 'ADU-105'`);
  const changed = await tx.run(queries.setOrderLine, {
    orderId: id,
    productId,
    quantity: 1,
    expectedVersion: version,
  });
  return {
    orderId: id,
    expectedVersion: changed?.version ?? 0,
    productId,
    expectedTotals: [{ currencyCode: 'NGN', totalAmount: changed?.totalAmount ?? '' }],
  };
}

/** A return as far as it is taken. */
async function openReturn(tx: Tx, until: 'requested' | 'approved' | 'in_transit' | 'received') {
  const { id: orderId, version } = await first(tx, 'orders', `status = 'shipped'`);
  await tx.run(queries.deliverOrder, { orderId, expectedVersion: version });
  const itemId = await idOf(tx, 'order_items', `order_id = '${orderId}'`);
  let reached = await tx.run(queries.requestReturn, {
    orderId,
    lines: [{ orderItemId: itemId, quantity: 1, reason: 'defective' }],
    reason: 'defective',
    idempotencyKey: 'a return',
  });
  const named = () => ({ returnId: reached.id, expectedVersion: reached.version });
  const steps = [
    ['approved', () => tx.run(queries.approveReturn, named())],
    ['in_transit', () => tx.run(queries.shipReturn, { ...named(), trackingNumber: 'T-1' })],
    ['received', () => tx.run(queries.receiveReturn, { ...named(), lines: received(itemId) })],
  ] as const;
  for (const [status, step] of steps) {
    if (reached.status === until) break;
    reached = { ...reached, ...only<{ id: string; version: number }>(await step()), status };
  }
  return { ...named(), orderId, itemId };
}

const received = (itemId: string) => [
  { orderItemId: itemId, acceptedQuantity: 1, restockedQuantity: 1, condition: 'opened' } as const,
];

async function manualPayment(tx: Tx) {
  const orderId = await idOf(tx, 'orders', `status = 'confirmed'`);
  return await tx.run(queries.createPayment, {
    orderId,
    paymentType: 'bank_transfer',
    provider: 'manual',
    amount: '10',
    idempotencyKey: 'by hand',
  });
}

const uploadKey = async (tx: Tx, purpose: 'kyc' | 'payment_proof'): Promise<string> =>
  (
    await tx.run(queries.requestUpload, {
      purpose,
      fileName: 'a.png',
      mimeType: 'image/png',
      sizeBytes: '10',
    })
  ).storageKey;

async function ownOnboarding(tx: Tx) {
  return await tx.run(queries.startOnboarding, {});
}

/** The parameters of every query on demo data, with rows to show for it. */
export function makeCases({ scene, ...stage }: Stage): Cases {
  const {
    tenantId,
    sellerId,
    ownerId,
    buyerId,
    memberId,
    queueId,
    openRefund,
    failedRefund,
    invite,
    tenantVersion,
  } = stage;
  const named = async <K extends string>(tx: Tx, key: K, view: string, condition?: string) => {
    const { id, version } = await first(tx, view, condition);
    return { [key]: id, expectedVersion: version } as { [_ in K]: string } & { expectedVersion: number };
  };
  const order = (tx: Tx, status: OrderStatus) => named(tx, 'orderId', 'orders', `status = '${status}'`);
  const thread = (tx: Tx) => named(tx, 'threadId', 'conversation_thread', `status = 'open'`);
  const complaint = (tx: Tx) => named(tx, 'complaintId', 'complaints', `status = 'pending'`);
  const onboarding = (tx: Tx) =>
    named(tx, 'onboardingId', 'seller_onboarding', `onboarding_status = 'submitted'`);
  const member = (tx: Tx, role: TeamRole) => named(tx, 'memberId', 'team_members', `role = '${role}'`);
  const openInvite = async (tx: Tx) => ({ inviteId: await idOf(tx, 'team_invites', `status = 'pending'`) });
  const ownStorefront = (tx: Tx) => named(tx, 'storefrontId', 'storefront');
  const storefront = async (tx: Tx) => ({ ...page, storefrontId: await idOf(tx, 'storefront') });
  const newProduct = async (tx: Tx, name: string) =>
    await tx.run(queries.createProduct, { sellerId, name, price: '1500.5', currencyCode: 'NGN' });
  const newCustomer = async (tx: Tx) => await tx.run(queries.createCustomer, { displayName: 'Bisi' });
  /** A worker has no tenant before its function finds one, so the installer looks. */
  const look = async (sql: string, ...values: unknown[]): Promise<string> =>
    only((await scene.installer.query<{ id: string }>(sql, values)).rows).id;
  const newMessage = () =>
    look(
      `insert into commerce.conversation_history (tenant_id, thread_id, channel_id, customer_id, identity_id, message,
                                                  direction, sender_type, delivery_status, template_name, language)
       select t.tenant_id, t.id, t.channel_id, t.customer_id, i.id, 'Hello', 'outbound', 'bot', 'queued', 'hello', 'en'
         from commerce.conversation_thread as t
         join commerce.customer_identity as i on i.tenant_id = t.tenant_id and i.customer_id = t.customer_id
        where t.tenant_id = $1 order by t.id limit 1
       returning id`,
      tenantId,
    );

  return {
    listAddresses: ['buyer', () => ({ ...page, userId: buyerId })],
    saveAddress: ['buyer', () => ({ ...address, addressType: 'billing' })],
    setDefaultAddress: [
      'buyer',
      async (tx) => {
        const added = await tx.run(queries.saveAddress, { ...address, addressType: 'shipping' });
        return { addressId: added?.id ?? '' };
      },
    ],
    removeAddress: ['buyer', async (tx) => ({ addressId: await idOf(tx, 'address_book') })],

    registerBuyer: ['shopper', () => ({ fullName: 'Bisi Ade', phoneNumber: '+2348030000001' })],
    getBuyerProfile: [['owner', 'buyer'], async (tx) => ({ customerId: await idOf(tx, 'buyer_profile') })],
    updateBuyerProfile: [
      'buyer',
      async (tx) => ({ ...(await named(tx, 'customerId', 'buyer_profile')), fullName: 'Adaeze O.' }),
    ],
    getCustomerValue: ['owner', async (tx) => ({ customerId: await idOf(tx, 'customer_value') })],

    listChannels: ['owner', () => page],
    getChannel: ['owner', async (tx) => ({ channelId: await idOf(tx, 'channel') })],
    connectChannel: [
      'owner',
      () => ({ channelType: 'instagram', name: 'Insta', externalAccountId: 'insta-1' }),
    ],
    updateChannel: [
      'owner',
      async (tx) => ({ ...(await named(tx, 'channelId', 'channel')), config: { greeting: 'Hello' } }),
    ],
    disconnectChannel: ['owner', (tx) => named(tx, 'channelId', 'channel')],

    listComplaints: [
      'owner',
      () => [
        { ...page, statuses: ['pending'] },
        { ...page, statuses: ['resolved'], tiers: ['tier1', 'tier2', 'tier3'] },
      ],
    ],
    countComplaints: ['owner', () => ({})],
    listUserComplaints: [
      ['owner', 'buyer'],
      async (tx) => {
        const { user_id: userId } = only(
          await tx.sql<{ user_id: string }>('select user_id from api.complaints order by id limit 1'),
        );
        return { ...page, userId };
      },
    ],
    fileComplaint: ['buyer', () => ({ type: 'other', description: 'Nobody answers' })],
    reviewComplaint: ['owner', complaint],
    escalateComplaint: ['owner', async (tx) => ({ ...(await complaint(tx)), reason: 'Grave' })],
    resolveComplaint: [
      'owner',
      async (tx) => {
        const { complaintId, expectedVersion } = await complaint(tx);
        const taken = await tx.run(queries.reviewComplaint, { complaintId, expectedVersion });
        return { complaintId, expectedVersion: taken.version, resolution: 'Sorted out' };
      },
    ],

    listThreadEvents: [
      'owner',
      async (tx) => {
        const { thread_id: threadId } = only(
          await tx.sql<{ thread_id: string }>(
            `select thread_id from api.conversation_event where order_id is not null limit 1`,
          ),
        );
        return { ...page, threadId };
      },
    ],
    addNote: ['owner', async (tx) => ({ ...(await thread(tx)), note: 'Likes blue' })],
    recordEvent: [
      'owner',
      async (tx) => ({ ...(await thread(tx)), eventType: 'consent_changed', metadata: { isGiven: true } }),
    ],

    listMessages: [
      'owner',
      async (tx) => {
        const { thread_id: threadId } = only(
          await tx.sql<{ thread_id: string }>(
            'select thread_id from api.conversation_history where edited_at is not null limit 1',
          ),
        );
        return { ...page, threadId };
      },
    ],
    listOwnMessages: ['buyer', async (tx) => ({ ...page, threadId: await idOf(tx, 'conversation_thread') })],
    listMessageRevisions: [
      'owner',
      async (tx) => {
        const { message_id: messageId } = only(
          await tx.sql<{ message_id: string }>('select message_id from api.message_revision limit 1'),
        );
        return { messageId };
      },
    ],
    recordMessageChange: [
      'worker',
      () => ({
        channelType: 'whatsapp',
        externalAccountId: 'demo-account-1',
        externalMessageId: 'wamid.demo.1.1',
        kind: 'reaction',
        content: '👍',
        authorExternalId: '2348030000002',
      }),
    ],
    beginConversation: [
      'owner',
      async (tx) => ({
        customerId: await customerOf(tx, 'customer_identity'),
        channelId: await idOf(tx, 'channel'),
        templateName: 'hello',
        metadata: { variables: ['Ngozi'] },
        idempotencyKey: 'a beginning',
      }),
    ],
    startConversation: [['buyer', 'visitor'], () => ({ idempotencyKey: 'a start', message: 'Hello' })],
    sendMessage: [
      ['buyer', 'visitor'],
      async (tx) => ({ threadId: await ownThread(tx), idempotencyKey: 'a word', message: 'Hello?' }),
    ],
    markConversationRead: [['buyer', 'visitor'], async (tx) => ({ threadId: await ownThread(tx) })],
    createVisitorCode: ['visitor', () => ({})],
    redeemVisitorCode: ['buyer', () => ({ code: stage.visitorCode })],
    eraseMessage: [
      'owner',
      async (tx) => ({ messageId: await idOf(tx, 'conversation_history', `direction = 'inbound'`) }),
    ],
    cancelMessage: ['owner', async () => ({ messageId: await newMessage() })],
    retryMessage: [
      'owner',
      async () => {
        const messageId = await newMessage();
        await scene.installer.query(
          `update commerce.conversation_history set delivery_status = 'failed', failed_at = now() where id = $1`,
          [messageId],
        );
        return { messageId };
      },
    ],
    listCustomerMessages: [
      'owner',
      async (tx) => ({ ...page, customerId: await customerOf(tx, 'customer_identity') }),
    ],
    listUndelivered: [
      'owner',
      async () => {
        await newMessage();
        return page;
      },
    ],
    findMessageByExternalId: [
      'owner',
      async (tx) => ({ channelId: await idOf(tx, 'channel'), externalMessageId: 'wamid.demo.1.1' }),
    ],
    receiveMessage: [
      'worker',
      () => ({
        channelType: 'whatsapp',
        externalAccountId: 'demo-account-1',
        externalUserId: '2348030000002',
        externalMessageId: 'wamid.new',
        message: 'Hello',
        metadata: { referral: 'an advertisement' },
      }),
    ],
    searchMessages: [
      'owner',
      async (tx) => ({ ...page, customerId: await customerOf(tx, 'customer_identity') }),
    ],
    queueMessage: [
      'owner',
      async (tx) => {
        const { threadId } = await thread(tx);
        const metadata = { variables: ['ORD-1'] };
        return {
          threadId,
          templateName: 'order_shipped',
          language: 'en',
          idempotencyKey: 'a template',
          metadata,
        };
      },
    ],
    requestUpload: [
      ['owner', 'buyer'],
      () => ({ purpose: 'chat', fileName: 'a.png', mimeType: 'image/png', sizeBytes: '10' }),
    ],
    claimUnusedFiles: ['worker', () => ({ batch: 10 })],
    confirmDeletedFiles: ['worker', () => ({ storageKeys: [stage.uploadKey] })],
    claimMedia: ['worker', () => ({ batch: 10 })],
    recordMedia: [
      'worker',
      async (tx) => {
        const [media] = await tx.run(queries.claimMedia, { batch: 1 });
        const { storageKey } = await tx.run(queries.requestUpload, {
          purpose: 'chat',
          fileName: 'a.png',
          mimeType: 'image/png',
          sizeBytes: '10',
        });
        return { attachmentId: media?.attachmentId ?? '', storageKey };
      },
    ],
    claimMessages: [
      'worker',
      async () => {
        await newMessage();
        return { worker: 'sender-1', batch: 10 };
      },
    ],
    markSent: ['worker', async () => ({ messageId: await newMessage(), externalMessageId: 'wamid.out.1' })],
    markFailed: ['worker', async () => ({ messageId: await newMessage(), errorCode: '131026' })],
    recordReceipts: [
      'worker',
      async (tx) => {
        const messageId = await newMessage();
        await tx.run(queries.markSent, { messageId, externalMessageId: 'wamid.out.3' });
        const { rows } = await scene.installer.query<{ id: string }>(
          'select i.external_user_id as id from commerce.customer_identity i join commerce.conversation_history h on h.identity_id = i.id where h.id = $1',
          [messageId],
        );
        const account = { channelType: 'whatsapp', externalAccountId: 'demo-account-1' } as const;
        return {
          ...account,
          externalUserId: String(rows[0]?.id),
          status: 'read',
          sentUntil: new Date(),
        };
      },
    ],
    recordReceipt: [
      'worker',
      async (tx) => {
        await tx.run(queries.markSent, { messageId: await newMessage(), externalMessageId: 'wamid.out.2' });
        const account = { channelType: 'whatsapp', externalAccountId: 'demo-account-1' } as const;
        return [
          { ...account, externalMessageId: 'wamid.out.2', status: 'delivered' },
          { ...account, externalMessageId: 'not known yet', status: 'read' },
        ];
      },
    ],

    listThreads: [
      'owner',
      () => [
        page,
        { ...page, statuses: ['open', 'closed'], priorities: ['normal'] },
        { ...page, assignedMemberId: memberId },
      ],
    ],
    countThreads: ['owner', () => ({ isUnassigned: true })],
    listCustomerThreads: [
      ['owner', 'buyer'],
      async (tx) => {
        const { customer_id: customerId } = only(
          await tx.sql<{ customer_id: string }>('select customer_id from api.conversation_thread limit 1'),
        );
        return { ...page, customerId };
      },
    ],
    getThread: ['owner', thread],
    findLiveThread: [
      'owner',
      async (tx) => {
        const { channel_id: channelId, customer_id: customerId } = only(
          await tx.sql<{ channel_id: string; customer_id: string }>(
            'select channel_id, customer_id from api.conversation_thread limit 1',
          ),
        );
        return { channelId, customerId };
      },
    ],
    updateThread: ['owner', async (tx) => ({ ...(await thread(tx)), priority: 'high', tags: ['vip'] })],
    assignThread: ['owner', async (tx) => [{ ...(await thread(tx)), memberId }]],
    setThreadStatus: ['owner', async (tx) => ({ ...(await thread(tx)), status: 'resolved' })],
    snoozeThread: ['owner', async (tx) => ({ ...(await thread(tx)), until: nextMonth() })],
    markThreadRead: ['owner', thread],
    markThreadUnread: ['owner', thread],
    listTemplates: ['owner', async (tx) => ({ ...page, channelId: await idOf(tx, 'channel') })],
    recordTemplate: [
      'worker',
      () => ({
        channelType: 'whatsapp',
        externalAccountId: 'demo-account-1',
        name: 'sale',
        language: 'en',
        status: 'rejected',
        category: 'marketing',
        rejectionReason: 'INVALID_FORMAT',
      }),
    ],

    listCustomers: ['owner', () => page],
    searchCustomers: ['owner', () => ({ ...page, term: '+234' })],
    getCustomer: ['owner', async (tx) => ({ customerId: await idOf(tx, 'customer') })],
    findCustomerByPhone: ['owner', () => ({ phoneNumber: '+2347000000001' })],
    createCustomer: ['owner', () => ({ displayName: 'Bisi', tags: ['vip'], metadata: { size: 'L' } })],
    updateCustomer: [
      'owner',
      async (tx) => {
        const { id, version } = await newCustomer(tx);
        return { customerId: id, expectedVersion: version, isBlocked: true, tags: ['spam'] };
      },
    ],
    mergeCustomers: [
      'owner',
      async (tx) => {
        const [kept, merged] = [await newCustomer(tx), await newCustomer(tx)];
        return {
          customerId: kept.id,
          mergedCustomerId: merged.id,
          expectedVersion: kept.version,
          expectedMergedVersion: merged.version,
        };
      },
    ],
    deleteCustomer: [
      'owner',
      async (tx) => {
        const { id, version } = await newCustomer(tx);
        return { customerId: id, expectedVersion: version };
      },
    ],
    findCustomerByIdentity: [
      'owner',
      async (tx) => {
        const { channel_id: channelId, external_user_id: externalUserId } = only(
          await tx.sql<{ channel_id: string; external_user_id: string }>(
            'select channel_id, external_user_id from api.customer_identity limit 1',
          ),
        );
        return { channelId, externalUserId };
      },
    ],
    listCustomerIdentities: [
      'owner',
      async (tx) => ({ ...page, customerId: await customerOf(tx, 'customer_identity') }),
    ],

    adjustInventory: [
      'owner',
      async (tx) => ({
        productId: (await newProduct(tx, 'Stocked')).id,
        delta: 5,
        reason: 'restock',
        idempotencyKey: 'five more',
      }),
    ],
    countInventory: [
      'owner',
      async (tx) => ({
        productId: (await newProduct(tx, 'Counted')).id,
        onHand: 7,
        note: 'a count',
        idempotencyKey: 'counted',
      }),
    ],
    // Right data has no row to show: someone with all rights breaks it.
    checkInventory: [
      'owner',
      async () => {
        await scene.installer.query(
          `update commerce.products set inventory_count = inventory_count + 1
            where tenant_id = $1 and sku = 'ADU-104'`,
          [tenantId],
        );
        return {};
      },
    ],
    listInventoryMovements: [
      'owner',
      async (tx) => ({ ...page, productId: await idOf(tx, 'products', `sku = 'ADU-101'`) }),
    ],

    listTenantsWithWork: ['worker', () => ({ ...page, kind: 'purge_deleted' })],
    expireUnpaidOrders: ['worker', () => ({ olderThanMinutes: 60, batch: 10 })],
    expirePayments: job,
    expireStoreCredit: job,
    expireTeamInvites: job,
    expireKycDocuments: job,
    expireViolations: job,
    wakeSnoozedThreads: job,
    expireDomainClaims: job,
    purgeSessions: job,
    purgeIdempotencyKeys: job,
    purgePendingReceipts: job,
    purgeDeleted: ['worker', () => ({ olderThanDays: 30 })],
    ensurePartitions: job,
    sealAuditLog: job,
    verifyAuditLog: job,
    redactAuditLog: ['worker', () => ({ table: 'customer', key: queueId, reason: 'asked for erasure' })],

    listKycDocuments: [
      'owner',
      async (tx) => ({ ...page, onboardingId: (await onboarding(tx)).onboardingId }),
    ],
    addKycDocument: [
      'seller',
      async (tx) => {
        await ownOnboarding(tx);
        return {
          documentType: 'passport',
          documentUrl: await uploadKey(tx, 'kyc'),
          sha256: bytes(32),
          issuedOn: '2025-01-31',
          expiresOn: '2035-01-31',
        };
      },
    ],
    openKycDocument: [
      'owner',
      async (tx) => ({ documentId: await idOf(tx, 'kyc_document', `seller_onboarding_id = '${queueId}'`) }),
    ],
    reviewDocument: [
      'owner',
      async (tx) => ({
        documentId: await idOf(tx, 'kyc_document', `verification_status = 'pending'`),
        decision: 'verified',
      }),
    ],
    getKycInfo: [
      'owner',
      async (tx) => {
        const { seller_id: seller } = only(
          await tx.sql<{ seller_id: string }>('select seller_id from api.kyc_info limit 1'),
        );
        return { sellerId: seller };
      },
    ],
    saveKycInfo: [
      'seller',
      async (tx) => {
        await ownOnboarding(tx);
        return {
          countryCode: 'NG',
          idType: 'passport',
          taxId: sealKycValue(kycKeys, '12345678-0001', 'tax_id'),
          taxIdHash: bytes(32),
          taxIdLastFour: '0001',
        };
      },
    ],
    requestKycReveal: ['owner', () => ({ onboardingId: queueId, reason: 'The numbers are compared' })],
    revealKycInfo: ['owner', () => ({ onboardingId: queueId })],

    listAuditLog: ['owner', () => [page, { ...page, tables: ['orders'], actions: ['insert'] }]],
    recordHistory: [
      'owner',
      async (tx) => ({ table: 'products', id: (await newProduct(tx, 'With a history')).id }),
    ],
    recordAsOf: [
      'owner',
      async (tx) => ({ table: 'products', id: await idOf(tx, 'products'), at: new Date() }),
    ],
    undoChange: [
      'owner',
      async (tx) => {
        const { id, version } = await newProduct(tx, 'Right');
        const wrong = { productId: id, expectedVersion: version, name: 'Wrong' };
        const changed = await tx.run(queries.updateProduct, wrong);
        const [latest] = await tx.run(queries.recordHistory, { table: 'products', id });
        return { logId: latest?.logId ?? '', expectedVersion: changed?.version };
      },
    ],
    redactRecord: [
      'owner',
      async (tx) => ({
        table: 'products',
        id: (await newProduct(tx, 'To forget')).id,
        reason: 'asked for erasure',
      }),
    ],
    announceRead: ['platform', () => ({ subject: 'the orders of yesterday' })],

    listNotificationPreferences: ['owner', () => ({ ...page, userId: ownerId })],
    setNotificationPreference: [
      ['owner', 'buyer'],
      () => [
        { notificationType: 'marketing', emailEnabled: false },
        { notificationType: 'marketing', smsEnabled: true },
      ],
    ],

    listFulfillments: [
      ['owner', 'buyer'],
      async (tx) => ({ ...page, orderId: await orderOf(tx, 'fulfillment') }),
    ],
    getFulfillmentWithItems: [
      ['owner', 'buyer'],
      async (tx) => ({ fulfillmentId: await idOf(tx, 'fulfillment') }),
    ],
    packOrder: ['owner', (tx) => inWork(tx)],
    shipFulfillment: [
      'owner',
      async (tx) => ({ ...(await packed(tx)), carrier: 'GIG', trackingNumber: 'T-3' }),
    ],
    readyFulfillment: ['owner', (tx) => packed(tx, 'pickup')],
    collectFulfillment: [
      'owner',
      async (tx) => {
        const { fulfillmentId, ...read } = await packed(tx, 'pickup');
        const { version } = await tx.run(queries.readyFulfillment, { fulfillmentId, ...read });
        return { fulfillmentId, expectedVersion: version };
      },
    ],
    deliverFulfillment: ['owner', sent],
    failFulfillment: ['owner', async (tx) => ({ ...(await sent(tx)), status: 'refused' as const })],
    cancelFulfillment: ['owner', (tx) => packed(tx)],
    correctTracking: [
      'owner',
      async (tx) => ({ ...(await sent(tx)), carrier: 'GIG', trackingNumber: 'T-4' }),
    ],

    listReturns: [['owner', 'buyer'], () => [page, { ...page, statuses: ['refunded'] }]],
    countReturns: [['owner', 'buyer'], () => ({})],
    getReturnWithItems: ['owner', async (tx) => ({ returnId: await idOf(tx, 'order_returns') })],
    requestReturn: [
      'owner',
      async (tx) => {
        const { orderId, itemId } = await openReturn(tx, 'requested');
        return {
          orderId,
          lines: [{ orderItemId: itemId, quantity: 1, reason: 'defective' }],
          reason: 'defective',
          idempotencyKey: 'a return',
        };
      },
    ],
    approveReturn: ['owner', (tx) => openReturn(tx, 'requested')],
    rejectReturn: [
      'owner',
      async (tx) => ({ ...(await openReturn(tx, 'requested')), rejectionReason: 'Worn' }),
    ],
    shipReturn: ['owner', async (tx) => ({ ...(await openReturn(tx, 'approved')), trackingNumber: 'T-1' })],
    receiveReturn: [
      'owner',
      async (tx) => {
        const reached = await openReturn(tx, 'in_transit');
        return { ...reached, lines: received(reached.itemId) };
      },
    ],
    closeReturn: ['owner', (tx) => openReturn(tx, 'received')],
    exchangeReturn: [
      'owner',
      async (tx) => {
        const { returnId, expectedVersion } = await openReturn(tx, 'requested');
        const [row] = await tx.sql<{ id: string }>(
          `select n.id from api.order_returns as r join api.orders as o on o.id = r.order_id
            cross join lateral api.place_order('instead', p_customer_id => o.customer_id, p_channel => 'whatsapp',
              p_lines => json_build_array(json_build_object(
                'product_id', (select id from api.products where is_active and inventory_count > 0 limit 1),
                'quantity', 1))::jsonb) as n
            where r.id = $1`,
          [returnId],
        );
        return { returnId, expectedVersion, orderId: row?.id ?? '' };
      },
    ],
    cancelReturn: ['owner', (tx) => openReturn(tx, 'requested')],

    listOrders: [
      ['owner', 'buyer'],
      () => [
        page,
        { ...page, statuses: orderStatuses, paymentStatus: 'paid', from: '2020-01-01', to: '2030-01-01' },
        { ...page, term: 'ORD-', channel: 'whatsapp' },
      ],
    ],
    countOrders: [['owner', 'buyer'], () => [{}, { statuses: ['pending', 'confirmed'] }]],
    listCustomerOrders: [
      ['owner', 'buyer'],
      async (tx) => ({ ...page, customerId: await customerOf(tx, 'orders') }),
    ],
    findOrdersByPhone: [
      'owner',
      async (tx) => {
        const { phone } = only(
          await tx.sql<{ phone: string }>(
            'select buyer_phone as phone from api.orders where buyer_phone is not null limit 1',
          ),
        );
        return { ...page, phoneNumber: phone };
      },
    ],
    getOrderByNumber: [
      ['owner', 'buyer'],
      async (tx) => {
        const { number } = only(
          await tx.sql<{ number: string }>(
            'select order_number as number from api.orders where order_number is not null limit 1',
          ),
        );
        return { orderNumber: number };
      },
    ],
    getOrder: ['owner', (tx) => order(tx, 'shipped')],
    getOrderWithItems: [
      ['owner', 'buyer'],
      async (tx) => {
        const orderId = await idOf(tx, 'orders', `status <> 'draft'`);
        const [{ customer_id: customerId }] = (await tx.sql<{ customer_id: string }>(
          'select customer_id from api.orders where id = $1',
          [orderId],
        )) as [{ customer_id: string }];
        const empty = { sellerId, channel: 'storefront', customerId } as const;
        return [{ orderId }, { orderId: (await tx.run(queries.startOrder, empty)).id }];
      },
    ],
    listOrderAddresses: [['owner', 'buyer'], async (tx) => ({ orderId: await orderOf(tx, 'order_address') })],
    getOrderChannelMeta: ['owner', async (tx) => ({ orderId: await orderOf(tx, 'order_channel_meta') })],
    getOrderTimeline: [['owner', 'buyer'], async (tx) => ({ orderId: await orderOf(tx, 'order_address') })],
    findBasket: [
      'owner',
      async (tx) => {
        const { customer_id: customerId, channel } = only(
          await tx.sql<{ customer_id: string; channel: ChannelType }>(
            `select customer_id, channel from api.orders where status = 'draft' limit 1`,
          ),
        );
        return { customerId, channel, sellerId };
      },
    ],
    startOrder: ['owner', async (tx) => ({ sellerId, threadId: (await thread(tx)).threadId })],
    setOrderLine: [
      'owner',
      async (tx) => ({
        ...(await order(tx, 'draft')),
        productId: await idOf(tx, 'products', `sku = 'ADU-105'`),
        quantity: 2,
        metadata: { size: 'L' },
      }),
    ],
    removeOrderLine: [
      'owner',
      async (tx) => {
        const { orderId, expectedVersion, productId } = await basket(tx);
        return { orderId, expectedVersion, productId, metadata: {} };
      },
    ],
    listOrderFees: [['owner', 'buyer'], async (tx) => ({ orderId: await orderOf(tx, 'order_charge') })],
    setOrderFee: [
      'owner',
      async (tx) => ({ ...(await order(tx, 'draft')), kind: 'packaging', amount: '150', taxRate: '0.075' }),
    ],
    setDiscountCode: [
      'owner',
      async (tx) => {
        const { orderId, expectedVersion } = await basket(tx);
        await tx.run(queries.createDiscount, { code: 'MARCH', rate: '0.05' });
        return [
          { orderId, expectedVersion, code: 'march' },
          { orderId, expectedVersion: expectedVersion + 1 },
        ];
      },
    ],
    listDiscounts: ['owner', () => page],
    getDiscount: ['owner', () => ({ code: 'WELCOME10' })],
    createDiscount: [
      'owner',
      () => ({ code: 'APRIL', amount: '500', currencyCode: 'NGN', minimumAmount: '2000', maxUses: 10 }),
    ],
    updateDiscount: [
      'owner',
      async (tx) => ({
        ...(await named(tx, 'discountId', 'discount')),
        isActive: false,
        maxUsesPerCustomer: 2,
      }),
    ],
    deleteDiscount: ['owner', (tx) => named(tx, 'discountId', 'discount')],
    refreshBasket: [
      'owner',
      async (tx) => {
        const { orderId, expectedVersion } = await basket(tx);
        return { orderId, expectedVersion };
      },
    ],
    setOrderCharges: [
      'owner',
      async (tx) => ({
        ...(await order(tx, 'draft')),
        shippingAmount: '500',
        discountRate: '0.05',
        reason: 'A regular',
      }),
    ],
    placeOrder: [
      'owner',
      async (tx) => ({
        ...(await basket(tx)),
        idempotencyKey: 'a draft',
        addresses: [orderAddress],
        channelData: { campaign: 'ankara' },
        buyerNote: 'Call first',
      }),
    ],
    placeOrderOfLines: [
      ['owner', 'buyer'],
      async (tx) => ({
        idempotencyKey: 'lines',
        lines: [
          { productId: await idOf(tx, 'products', `sku = 'ADU-105'`), quantity: 1, metadata: { size: 'L' } },
        ],
        channel: 'storefront',
        customerId: await customerOf(tx, 'orders'),
        expectedTotals: await tx.sql<{ currencyCode: string; totalAmount: string }>(
          `select currency_code as "currencyCode", round(price * (1 + tax_rate), 2) as "totalAmount"
             from api.products where sku = 'ADU-105'`,
        ),
      }),
    ],
    confirmOrder: ['owner', (tx) => order(tx, 'pending')],
    startProcessing: ['owner', (tx) => order(tx, 'confirmed')],
    shipOrder: [
      'owner',
      async (tx) => {
        const { orderId, expectedVersion } = await order(tx, 'confirmed');
        const begun = await tx.run(queries.startProcessing, { orderId, expectedVersion });
        return { orderId, expectedVersion: begun.version, carrier: 'GIG', trackingNumber: 'T-2' };
      },
    ],
    deliverOrder: ['owner', (tx) => order(tx, 'shipped')],
    correctOrderLines: [
      'owner',
      async (tx) => {
        const { orderId, expectedVersion } = await order(tx, 'pending');
        return {
          orderId,
          expectedVersion,
          reason: 'One more of each',
          lines: [{ orderItemId: await idOf(tx, 'order_items', `order_id = '${orderId}'`), quantity: 3 }],
          newLines: [{ productId: await idOf(tx, 'products', `sku = 'ADU-105'`), quantity: 1 }],
        };
      },
    ],
    correctOrderAddress: [
      'owner',
      async (tx) => ({
        ...(await order(tx, 'pending')),
        addresses: [{ ...orderAddress, streetAddress: '2 Allen Avenue' }],
        reason: 'The house number was wrong',
      }),
    ],
    cancelOrder: ['owner', async (tx) => ({ ...(await order(tx, 'pending')), reason: 'Sold out' })],
    setOrderMetadata: [
      'owner',
      async (tx) => ({ ...(await order(tx, 'pending')), metadata: { gift: true } }),
    ],
    deleteOrder: ['owner', (tx) => order(tx, 'draft')],
    listSalesDaily: ['owner', () => ({ from: day(-7), to: day(1) })],

    listPayments: [['owner', 'buyer'], () => [page, { ...page, statuses: ['succeeded'], order: 'oldest' }]],
    countPayments: [['owner', 'buyer'], () => ({})],
    findPaymentByReference: ['owner', () => ({ provider: 'paystack', providerReference: 'reference-1' })],
    adjustOrder: [
      'owner',
      async (tx) => ({
        orderId: await idOf(tx, 'orders', `status = 'confirmed'`),
        amount: '-1',
        part: 'goods' as const,
        reason: 'a scratch',
        idempotencyKey: 'adjusted',
      }),
    ],
    createPayment: [
      'owner',
      async (tx) => ({
        orderId: (await order(tx, 'confirmed')).orderId,
        paymentType: 'card',
        provider: 'paystack',
        amount: '10.50',
        idempotencyKey: 'paid by card',
      }),
    ],
    attachPaymentProof: [
      'owner',
      async (tx) => {
        const { id, version } = await manualPayment(tx);
        return {
          paymentId: id,
          expectedVersion: version,
          fileName: 'slip.jpg',
          url: await uploadKey(tx, 'payment_proof'),
        };
      },
    ],
    verifyManualPayment: [
      'owner',
      async (tx) => {
        const { id, version } = await manualPayment(tx);
        return { paymentId: id, expectedVersion: version, isReceived: true };
      },
    ],
    recordPaymentResult: [
      'worker',
      () => ({ provider: 'paystack', providerReference: 'reference-1', status: 'succeeded' }),
    ],

    setPaymentReference: [
      'owner',
      async (tx) => ({ paymentId: (await manualPayment(tx)).id, providerReference: 'set later' }),
    ],
    payOrders: [
      'owner',
      async (tx) => ({
        orderIds: [await idOf(tx, 'orders', `status = 'confirmed' and due_amount > 0`)],
        paymentType: 'card',
        provider: 'paystack',
        idempotencyKey: 'several',
      }),
    ],
    leavePayment: [
      'owner',
      async (tx) => {
        const { id, version } = await manualPayment(tx);
        return { paymentId: id, expectedVersion: version };
      },
    ],
    listPaymentsToCancel: [
      'owner',
      async (tx) => {
        const { id, version } = await manualPayment(tx);
        await tx.run(queries.leavePayment, { paymentId: id, expectedVersion: version });
        return page;
      },
    ],
    correctPayment: [
      'owner',
      async (tx) => {
        const { id, version } = await first(tx, 'payment', 'captured_amount > 0');
        return { paymentId: id, expectedVersion: version, capturedAmount: '100000', reason: 'typed wrong' };
      },
    ],
    reportPayment: [
      'owner',
      async (tx) => {
        const { id, version } = await first(
          tx,
          'payment',
          `captured_amount > 10 and payment_type <> 'store_credit'`,
        );
        return {
          paymentId: id,
          expectedVersion: version,
          kind: 'disputed',
          amount: '10',
          reason: 'read there',
        };
      },
    ],
    writeOffLoss: [
      'owner',
      async (tx) => {
        const isIt = `provider_reference = 'PAY-ORD-000009'`;
        const [row] = await tx.sql<{ id: string; order_id: string; kept: string }>(
          `select id, order_id, (captured_amount - refunded_amount)::text as kept from api.payment where ${isIt}`,
        );
        const { id = '', order_id: orderId = '', kept = '' } = row ?? {};
        await tx.run(queries.requestRefund, {
          paymentId: id,
          amount: '10',
          idempotencyKey: 'to credit',
          method: 'store_credit',
        });
        const { version } = await first(tx, 'payment', isIt);
        await tx.run(queries.reportPayment, {
          paymentId: id,
          expectedVersion: version,
          kind: 'dispute_lost',
          amount: kept,
          reason: 'read there',
        });
        return { orderId, amount: '10', reason: 'written off', idempotencyKey: 'lost' };
      },
    ],
    allocateMoney: [
      'owner',
      async (tx) => {
        const [row] = await tx.sql<{ id: string; to: string }>(
          `select p.id, o.id as to from api.payment as p join api.orders as f on f.id = p.order_id
             join api.orders as o on o.customer_id = f.customer_id and o.id <> f.id and o.currency_code = f.currency_code
              and o.status <> 'draft'
            where p.captured_amount - p.refunded_amount > 20 limit 1`,
        );
        return {
          paymentId: row?.id ?? '',
          orderId: row?.to ?? '',
          amount: '10',
          reason: 'paid twice',
          idempotencyKey: 'allocated',
        };
      },
    ],
    listPaymentEvents: [
      'owner',
      async (tx) => ({ ...page, paymentId: await idOf(tx, 'payment', 'captured_amount > 0') }),
    ],
    listMoneyToSettle: ['owner', () => ({})],
    assignInboundEvent: [
      'owner',
      async (tx) => ({
        inboundEventId: await idOf(tx, 'inbound_event', `status = 'received'`),
        orderId: await idOf(tx, 'orders', `status = 'confirmed'`),
        paymentType: 'bank_transfer',
      }),
    ],
    returnInboundEvent: [
      'owner',
      async (tx) => ({
        inboundEventId: await idOf(tx, 'inbound_event', `status = 'received'`),
        note: 'sent back',
      }),
    ],
    spendCredit: [
      'owner',
      async (tx) => {
        const [row] = await tx.sql<{ id: string; customer_id: string; currency_code: string }>(
          `select id, customer_id, currency_code from api.orders where due_amount > 10 limit 1`,
        );
        await tx.run(queries.grantCredit, {
          customerId: row?.customer_id ?? '',
          amount: '10',
          currencyCode: row?.currency_code ?? '',
          reason: 'sorry',
          idempotencyKey: 'granted first',
        });
        return { orderId: row?.id ?? '', amount: '10', idempotencyKey: 'spent' };
      },
    ],
    grantCredit: [
      'owner',
      async (tx) => ({
        customerId: await customerOf(tx, 'orders'),
        amount: '10',
        currencyCode: 'NGN',
        reason: 'sorry',
        idempotencyKey: 'granted',
      }),
    ],
    withdrawCredit: [
      'owner',
      async (tx) => {
        const { id } = await tx.run(queries.grantCredit, {
          customerId: await customerOf(tx, 'orders'),
          amount: '10',
          currencyCode: 'NGN',
          reason: 'sorry',
          idempotencyKey: 'granted in error',
        });
        return { creditId: id, reason: 'granted in error' };
      },
    ],
    listCustomerCredit: [
      'owner',
      async (tx) => ({ ...page, customerId: await customerOf(tx, 'customer_credit') }),
    ],

    listProducts: ['owner', () => [page, { ...page, isActive: true, productTypes: ['physical'] }]],
    countProducts: ['owner', () => ({})],
    getProduct: ['owner', async (tx) => ({ productId: await idOf(tx, 'products') })],
    getProductForSale: [['visitor', 'buyer'], async (tx) => ({ productId: await idOf(tx, 'products') })],
    searchProducts: [
      ['owner', 'buyer', 'visitor'],
      () => [page, { ...page, query: 'ankara' }, { ...page, query: 'ankarra' }],
    ],
    listLowStock: [
      'owner',
      async (tx) => {
        await tx.sql(
          'update api.products set low_stock_threshold = 1000, version = version where track_inventory',
        );
        return page;
      },
    ],
    getProductSales: ['owner', async (tx) => ({ productId: await idOf(tx, 'sales_by_product') })],
    createProduct: [
      'owner',
      () => ({ sellerId, name: 'Scarf', sku: 'SCARF', price: '10.50', currencyCode: 'NGN' }),
    ],
    createProducts: [
      'owner',
      () => ({
        products: [
          { sellerId, name: 'Scarf', price: '10.50', currencyCode: 'NGN' },
          {
            sellerId,
            name: 'Download',
            sku: 'PDF',
            price: '5',
            currencyCode: 'NGN',
            productType: 'digital',
            trackInventory: false,
            visibleChannels: ['storefront'],
            metadata: { pages: 12 },
          },
        ],
      }),
    ],
    importProducts: [
      'owner',
      () => ({
        sellerId,
        products: [
          { sku: 'NEW-1', name: 'Scarf', price: '10.50', inventoryCount: 3 },
          { sku: 'ADU-101', price: '99' },
          { sku: 'NEW-2', price: '-1' },
        ],
      }),
    ],
    updateProduct: [
      'owner',
      async (tx) => {
        const { id, version } = await newProduct(tx, 'Old name');
        return {
          productId: id,
          expectedVersion: version,
          name: 'New name',
          visibleChannels: ['whatsapp'],
          metadata: { season: 'harmattan' },
        };
      },
    ],
    deleteProduct: [
      'owner',
      async (tx) => {
        const { id, version } = await newProduct(tx, 'Short-lived');
        return { productId: id, expectedVersion: version };
      },
    ],

    listCurrencies: [['owner', 'buyer', 'visitor', 'worker'], () => page],
    listPlans: ['owner', () => page],
    listPermissions: ['owner', () => page],

    listRefunds: ['owner', () => [page, { ...page, statuses: ['succeeded'], methods: ['original_payment'] }]],
    countRefunds: [['owner', 'buyer'], () => ({})],
    requestRefund: [
      'owner',
      async (tx) => ({
        paymentId: await idOf(tx, 'payment', `provider_reference = 'PAY-ORD-000009'`),
        amount: '10',
        idempotencyKey: 'a refund',
      }),
    ],
    listRefundableParts: [
      'owner',
      async (tx) => ({ orderId: await idOf(tx, 'orders', `status = 'confirmed'`) }),
    ],
    recordRefundResult: ['worker', () => ({ refundId: openRefund.id, status: 'succeeded' })],
    retryRefund: ['owner', () => ({ refundId: failedRefund.id })],
    cancelRefund: ['owner', () => ({ refundId: openRefund.id })],
    completeRefund: [
      'owner',
      async (tx) => {
        const { id } = await tx.run(queries.requestRefund, {
          paymentId: await idOf(tx, 'payment', `provider_reference = 'PAY-ORD-000009'`),
          amount: '10',
          idempotencyKey: 'in cash',
          method: 'manual',
        });
        return { refundId: id };
      },
    ],

    listPaymentMethods: ['buyer', () => ({ ...page, userId: buyerId })],
    savePaymentMethod: [
      'buyer',
      () => ({
        paymentType: 'card',
        provider: 'paystack',
        providerToken: bytes(64),
        cardBrand: 'visa',
        cardLastFour: '4242',
        expiryMonth: 12,
        expiryYear: 2035,
      }),
    ],
    setDefaultPaymentMethod: [
      'buyer',
      async (tx) => ({ savedPaymentMethodId: await idOf(tx, 'saved_payment_method') }),
    ],
    removePaymentMethod: [
      'buyer',
      async (tx) => ({ savedPaymentMethodId: await idOf(tx, 'saved_payment_method') }),
    ],

    getOnboarding: ['owner', () => ({ sellerId })],
    listOnboardingQueue: ['owner', () => page],
    startOnboarding: ['seller', () => ({})],
    saveOnboardingStep: [
      'seller',
      async (tx) => ({ step: 'banking', expectedVersion: (await ownOnboarding(tx)).version }),
    ],
    submitOnboarding: [
      'seller',
      async (tx) => {
        const { version } = await ownOnboarding(tx);
        await tx.run(queries.addKycDocument, {
          documentType: 'passport',
          documentUrl: await uploadKey(tx, 'kyc'),
        });
        return { expectedVersion: version };
      },
    ],
    reviewOnboarding: ['owner', async (tx) => ({ ...(await onboarding(tx)), decision: 'in_review' })],

    listSellers: [['owner', 'buyer', 'visitor'], () => page],
    getSeller: ['owner', () => ({ sellerId })],
    createService: ['owner', () => ({ name: 'Order bot', subject: 'client-of-the-bot' })],
    createSeller: ['owner', () => ({ businessName: 'Adaeze Crafts', slug: 'adaeze-crafts' })],
    updateSeller: [
      'owner',
      async (tx) => ({ ...(await named(tx, 'sellerId', 'seller_profile')), bio: 'Since 1999' }),
    ],

    hasPermission: [['owner', 'buyer', 'visitor'], () => ({ permission: 'orders.read' })],
    me: [['owner', 'buyer', 'visitor'], () => ({})],
    myTenants: [['owner', 'buyer'], () => ({})],
    restoreRecord: [
      'owner',
      async (tx) => {
        const { id, version } = await newProduct(tx, 'Lazarus');
        await tx.run(queries.deleteProduct, { productId: id, expectedVersion: version });
        return { table: 'products', id };
      },
    ],

    getStorefront: [['owner', 'buyer', 'visitor'], () => ({})],
    listBanners: [
      ['owner', 'buyer', 'visitor'],
      async (tx) => ({ ...(await storefront(tx)), placement: 'homepage' }),
    ],
    listThemes: [['owner', 'visitor'], () => page],
    listStorefrontVersions: ['owner', storefront],
    getStorefrontVersion: [
      ['owner', 'visitor'],
      async (tx) => ({ versionId: await idOf(tx, 'storefront_versions') }),
    ],
    listStorefrontDrafts: ['owner', storefront],
    listAssets: [['owner', 'visitor'], () => ({ ...page, fileType: 'image' })],
    createAsset: [
      'owner',
      () => ({
        fileName: 'logo.png',
        fileType: 'image',
        url: 'https://files.example/logo.png',
        sizeBytes: '2048',
        sha256: bytes(32),
      }),
    ],
    getStorefrontForStaff: ['owner', () => ({})],
    saveDraft: ['owner', () => ({ config: { hero: 'Harmattan' }, name: 'Season' })],
    publishStorefront: ['owner', async (tx) => ({ ...(await ownStorefront(tx)), changeSummary: 'Season' })],
    rollbackStorefront: [
      'owner',
      async (tx) => ({ ...(await ownStorefront(tx)), versionId: await idOf(tx, 'storefront_versions') }),
    ],
    unpublishStorefront: ['owner', ownStorefront],
    setCustomDomain: [
      'owner',
      async (tx) => ({ ...(await ownStorefront(tx)), customDomain: 'new.example.org' }),
    ],

    listTeamMembers: ['owner', () => [page, { ...page, roles: ['owner'], isActive: true }]],
    countTeamMembers: ['owner', () => ({})],
    changeMemberRole: ['owner', async (tx) => ({ ...(await member(tx, 'editor')), role: 'viewer' })],
    setMemberPermissions: [
      'owner',
      async (tx) => ({ ...(await member(tx, 'editor')), permissions: ['orders.read'] }),
    ],
    deactivateMember: ['owner', (tx) => member(tx, 'editor')],
    transferOwnership: ['owner', (tx) => member(tx, 'admin')],
    listTeamInvites: ['owner', () => page],
    createTeamInvite: ['owner', () => ({ role: 'viewer', email: 'ada@example.org', validForHours: 24 })],
    resendTeamInvite: ['owner', openInvite],
    revokeTeamInvite: ['owner', openInvite],
    acceptTeamInvite: ['shopper', () => ({ token: invite.token })],
    declineTeamInvite: ['shopper', () => ({ token: invite.token })],

    getShop: [['owner', 'buyer', 'visitor'], () => ({})],
    getTenant: ['owner', () => ({})],
    updateTenant: [
      'owner',
      async (tx) => ({ ...(await named(tx, 'tenant', 'tenant')), settings: { theme: 'dark' } }),
    ],
    setNumberPrefix: ['owner', () => ({ series: 'orders', prefix: 'LAG-' })],
    provisionTenant: [
      'worker',
      () => ({
        name: 'New shop',
        domain: 'new-shop.example',
        ownerEmail: 'owner@new-shop.example',
        authSubject: 'new-shop-owner',
        country: 'NG',
        currency: 'NGN',
        language: 'en',
        tier: 'enterprise',
        idempotencyKey: 'a new shop',
      }),
    ],
    suspendTenant: ['worker', () => ({ reason: 'Unpaid', expectedVersion: tenantVersion })],
    reactivateTenant: [
      'worker',
      async (tx) => {
        const shut = await tx.run(queries.suspendTenant, {
          reason: 'Unpaid',
          expectedVersion: tenantVersion,
        });
        return { reason: 'Paid', expectedVersion: shut?.version ?? 0 };
      },
    ],
    beginClosing: ['worker', () => ({ reason: 'Moves out', expectedVersion: tenantVersion })],
    closeTenant: [
      'worker',
      async (tx) => {
        const leaving = await tx.run(queries.beginClosing, {
          reason: 'Moves out',
          expectedVersion: tenantVersion,
        });
        return { reason: 'Has moved out', expectedVersion: leaving?.version ?? 0 };
      },
    ],
    verifyCustomDomain: ['worker', () => ({ host: 'shop.example.org' })],
    resolveTenant: ['worker', () => ({ host: 'demo-1.example:443' })],

    getUser: ['owner', () => ({ userId: ownerId })],
    updateUser: [
      'owner',
      async (tx) => ({ ...(await named(tx, 'userId', 'users', `id = '${ownerId}'`)), displayName: 'Adunni' }),
    ],
    updateMyProfile: [
      'buyer',
      async (tx) => {
        const me = await tx.run(queries.getUser, { userId: buyerId });
        return { displayName: 'Adaeze', preferredLanguage: 'en', expectedVersion: me?.version ?? 0 };
      },
    ],

    listUserViolations: [
      'owner',
      async (tx) => {
        const { user_id: userId } = only(
          await tx.sql<{ user_id: string }>('select user_id from api.violations limit 1'),
        );
        return { ...page, userId };
      },
    ],
    issueViolation: [
      'owner',
      () => ({
        userId: buyerId,
        type: 'behavior',
        severity: 'low',
        action: 'warning',
        reason: 'Insults',
        details: { messages: 3 },
      }),
    ],
    resolveViolation: [
      'owner',
      async (tx) => ({
        violationId: await idOf(tx, 'violations', `status = 'active'`),
        reason: 'A misunderstanding',
      }),
    ],
  };
}
