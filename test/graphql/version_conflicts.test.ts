import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'postgraphile/graphql';
import t from 'tap';
import { signToken } from '../../src/operations/token.ts';
import { bearer, client, jwtSecret, setStage } from './support.ts';

/** Whoever comes with a version that is no longer the row's is shown the row as it is, whichever mutation it was. */
const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const { db, server, ours } = await setStage(t);
const { tenantId } = ours;

/** The mutations by the table of the row that the version is of. */
const mutations: Record<string, string[]> = {
  address_book: ['saveAddress', 'updateAddress'],
  buyer_profile: ['updateBuyerProfile', 'deleteBuyerProfile'],
  channel: ['disconnectChannel', 'updateChannel', 'deleteChannel'],
  complaints: ['escalateComplaint', 'resolveComplaint', 'reviewComplaint'],
  conversation_thread: ['assignThread', 'setThreadStatus', 'snoozeThread', 'updateConversationThread'],
  customer: ['updateCustomer', 'deleteCustomer', 'mergeCustomers'],
  discount: ['updateDiscount', 'deleteDiscount'],
  fulfillment: [
    'cancelFulfillment',
    'collectFulfillment',
    'correctTracking',
    'deliverFulfillment',
    'failFulfillment',
    'readyFulfillment',
    'shipFulfillment',
  ],
  order_returns: [
    'approveReturn',
    'cancelReturn',
    'closeReturn',
    'exchangeReturn',
    'receiveReturn',
    'rejectReturn',
    'shipReturn',
  ],
  orders: [
    'cancelOrder',
    'confirmOrder',
    'correctOrderAddress',
    'correctOrderLines',
    'deliverOrder',
    'packOrder',
    'placeOrder',
    'refreshBasket',
    'removeOrderLine',
    'setDiscountCode',
    'setOrderCharges',
    'setOrderFee',
    'setOrderLine',
    'shipOrder',
    'startProcessing',
    'updateOrder',
    'deleteOrder',
  ],
  payment: ['attachPaymentProof', 'correctPayment', 'leavePayment', 'reportPayment', 'verifyManualPayment'],
  products: ['undoChange', 'updateProduct', 'deleteProduct'],
  saved_payment_method: ['updateSavedPaymentMethod'],
  seller_onboarding: ['reviewOnboarding', 'saveOnboardingStep', 'startOnboarding', 'submitOnboarding'],
  seller_profile: ['updateSellerProfile', 'deleteSellerProfile'],
  storefront: [
    'publishStorefront',
    'rollbackStorefront',
    'setCustomDomain',
    'unpublishStorefront',
    'updateStorefront',
  ],
  storefront_asset: ['updateStorefrontAsset', 'deleteStorefrontAsset'],
  storefront_banner: ['updateStorefrontBanner', 'deleteStorefrontBanner'],
  storefront_drafts: ['saveDraft', 'updateStorefrontDraft'],
  storefront_theme: ['updateStorefrontTheme', 'deleteStorefrontTheme'],
  team_members: ['changeMemberRole', 'deactivateMember', 'setMemberPermissions', 'transferOwnership'],
  tenant: ['updateTenant'],
  users: ['updateMyProfile', 'updateUser'],
};
/** The argument that names the row; `rowId` where it is not here, and none where the row is the caller's own. */
const idOf: Record<string, string> = {
  address_book: 'addressId',
  channel: 'channelId',
  complaints: 'complaintId',
  conversation_thread: 'threadId',
  customer: 'customerId',
  fulfillment: 'fulfillmentId',
  order_returns: 'returnId',
  orders: 'orderId',
  payment: 'paymentId',
  seller_onboarding: 'onboardingId',
  storefront_drafts: 'draftId',
  team_members: 'memberId',
};
const byBuyers = /^(saveAddress|update(Address|BuyerProfile|SavedPaymentMethod))$/;

const fieldsOf = (mutation: string) => {
  const [input] = schema.getMutationType()?.getFields()[mutation]?.args ?? [];
  const type = input && getNamedType(input.type);
  if (!isInputObjectType(type)) throw new Error(mutation);
  return type.getFields();
};
const versionOf = (mutation: string) => {
  const fields = fieldsOf(mutation);
  const patch = fields.patch && getNamedType(fields.patch.type);
  return ['expectedVersion', 'version'].some((name) => fields[name]) ||
    (isInputObjectType(patch) && patch.getFields().version)
    ? [mutation]
    : [];
};

/** Something of the type; most are refused for their version before it is looked at. */
function fill(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return fill(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  const name = getNamedType(type).name;
  if (name === 'UUID') return tenantId;
  if (name === 'Int') return 1;
  if (name === 'Boolean') return true;
  if (name === 'Decimal') return '1.00';
  if (name === 'Datetime') return new Date(Date.now() + 86_400_000).toISOString();
  return name === 'JSON' ? {} : 'x';
}
/** Where the owner's own onboarding has to stand. */
const stages: Record<string, string> = {
  startOnboarding: 'not_started',
  saveOnboardingStep: 'in_progress',
  submitOnboarding: 'in_progress',
};
const words: Record<string, unknown> = { country: 'NG', preferredLanguage: 'en' };

t.test('every mutation that takes a version is here', async (t) => {
  const all = Object.keys(schema.getMutationType()?.getFields() ?? {}).flatMap(versionOf);
  t.ok(all.length > 60);
  t.same(Object.values(mutations).flat().sort(), all.sort());
});

const one = async (text: string, ...values: unknown[]) =>
  (await db.installer.query<{ id: string; version: number }>(text, [tenantId, ...values])).rows[0];

t.test('a conflict shows the row', async (t) => {
  const shopper = await one(
    `select u.id, u.auth_subject as subject from commerce.users as u
      where u.tenant_id = $1 and u.auth_subject = 'demo-buyer-1'`,
  );
  const seller = await one(
    `select s.id from commerce.users as u
       join commerce.seller_profile as s on s.tenant_id = u.tenant_id and s.user_id = u.id
      where u.tenant_id = $1 and u.auth_subject = $2`,
    ours.ownerSubject,
  );
  const token = await signToken({ role: 'buyer', tenantId, subject: 'demo-buyer-1' }, jwtSecret, '1h');
  const buyer = client(server.url, bearer(token));
  await ours.ask('mutation { saveDraft(input: { config: {} }) { storefrontDraft { id } } }');

  /** A row that the caller of the mutation may see. */
  const target = (table: string, mutation: string) => {
    const [condition, ...values]: [string, ...unknown[]] =
      mutation === 'updateMyProfile'
        ? ['auth_subject = $2', ours.ownerSubject]
        : byBuyers.test(mutation)
          ? ['user_id = $2', shopper?.id]
          : table === 'seller_onboarding'
            ? [`(seller_id = $2) = ${mutation in stages}`, seller?.id]
            : ['true'];
    const tenant = table === 'tenant' ? 'id' : 'tenant_id';
    return one(
      `select * from commerce.${table} where ${tenant} = $1 and ${condition} order by id limit 1`,
      ...values,
    );
  };

  const wrong: unknown[] = [];
  for (const [table, names] of Object.entries(mutations)) {
    for (const mutation of names) {
      const stage = stages[mutation];
      if (stage) {
        await db.installer.query(`
          begin;
          alter table commerce.seller_onboarding disable trigger user;
          update commerce.seller_onboarding set onboarding_status = '${stage}', verification_status = 'unverified'
           where seller_id = '${seller?.id}';
          alter table commerce.seller_onboarding enable trigger user;
          commit`);
      }
      const row = await target(table, mutation);
      if (row === undefined) {
        wrong.push([mutation, 'there is no row']);
        continue;
      }
      const stale = row.version + 7;
      const fields = fieldsOf(mutation);
      const input: Record<string, unknown> = {};
      for (const { name, type } of Object.values(fields)) {
        if (isNonNullType(type)) input[name] = words[name] ?? fill(type);
        if (name === 'patch') input[name] = { version: stale };
        if (name === 'expectedVersion' || name === 'version') input[name] = stale;
        if (name === 'rowId' || name === idOf[table]) input[name] = row.id;
      }
      if (mutation === 'saveAddress')
        input.addressType = (row as unknown as Record<string, unknown>).address_type;
      if (mutation === 'undoChange') {
        await ours.ask(
          `mutation ($id: UUID!, $version: Int!) {
            updateProduct(input: { rowId: $id, patch: { version: $version, name: "Renamed" } }) { product { id } }
          }`,
          { id: row.id, version: row.version },
        );
        row.version += 1;
        const log = await one(
          `select id from audit.log
            where tenant_id = $1 and table_name = 'products' and action = 'update' and record_key = $2
            order by id desc
            limit 1`,
          row.id,
        );
        input.logId = log?.id;
      }
      const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
      const { errors } = await (byBuyers.test(mutation) ? buyer : ours.ask)(
        `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename } }`,
        { input },
      );
      const { code, expected, actual, present, hint } = (errors?.[0]?.extensions ?? {}) as Record<
        string,
        unknown
      >;
      const { rowId, version } = (present ?? {}) as Record<string, unknown>;
      const seen = { code, expected, actual, rowId, version, hint: typeof hint };
      const wanted = {
        code: 'VERSION_CONFLICT',
        expected: stale,
        actual: row.version,
        rowId: row.id,
        version: row.version,
        hint: 'string',
      };
      if (JSON.stringify(seen) !== JSON.stringify(wanted)) wrong.push([mutation, seen, errors?.[0]?.message]);
    }
  }
  t.same(wrong, []);
});
