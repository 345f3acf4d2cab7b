import '../../src/graphql/environment.ts';
import t from 'tap';
import { graphqlSchema } from '../../src/generate/graphql-schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { asInstaller } from '../support/session.ts';

/** A table and functions that no code knows appear as their catalogue entries and comments say. */
const db = await createTestDatabase(t, { template: 'empty' });

await asInstaller(db, async (client) => {
  await client.query(`
    set local role commerce_owner;
    create table commerce.gift_cards (
      id uuid constraint gift_cards_pkey primary key default internal.uuid_v7(),
      tenant_id uuid not null default internal.tenant_id(),
      product_id uuid not null,
      code text not null,
      state text not null default 'fresh',
      places text[],
      currency_code text not null,
      amount numeric(19, 4) not null,
      note text,
      is_deleted boolean not null default false,
      version integer not null default 1,
      constraint gift_cards_state_set check (state in ('fresh', 'used')),
      constraint gift_cards_places_set check (places <@ array['shop', 'chat']::text[]),
      constraint gift_cards_tenant_id_code_key unique (tenant_id, code),
      constraint gift_cards_product_id_fkey foreign key (tenant_id, product_id)
        references commerce.products (tenant_id, id),
      constraint gift_cards_currency_code_fkey foreign key (currency_code) references commerce.currency (code)
    );
    create index gift_cards_tenant_id_product_id_idx on commerce.gift_cards (tenant_id, product_id);
    create index gift_cards_tenant_id_state_idx on commerce.gift_cards (tenant_id, state) where not is_deleted;
    create index gift_cards_tenant_id_note_idx on commerce.gift_cards (tenant_id, note) where note is not null;
    create view api.gift_cards with (security_invoker = true) as
      select id, tenant_id, product_id, code, state, places, currency_code, amount, note, is_deleted, version
        from commerce.gift_cards
       where not is_deleted;
    comment on view api.gift_cards is 'Money that is spent later.';
    comment on column api.gift_cards.code is 'What the bearer types in.';
    grant select on api.gift_cards to commerce_member;
    grant insert (product_id, code, currency_code, amount) on api.gift_cards to commerce_member;
    grant update (note, version) on api.gift_cards to commerce_member;

    create function api.spend_gift_card(p_gift_card_id uuid, p_state text, p_parts jsonb, p_note text, p_expected_version integer)
      returns api.gift_cards language plpgsql volatile as $$
      begin
        perform internal.require_in_set('state', p_state, 'gift_cards', 'state');
        return null;
      end $$;
    comment on function api.spend_gift_card(uuid, text, jsonb, text, integer) is 'Spends it. SCNTF.
@param note?
@param parts {order_items[]: product_id! quantity! left_note=sku} What it pays for.';
    create function api.gift_card_uses(p_gift_card_id uuid)
      returns table (order_id uuid, kind text, label text) language sql stable as
      $$ select p_gift_card_id, 'whole', 'x' $$;
    comment on function api.gift_card_uses(uuid) is 'What it was spent on.
@rowName gift_card_use
@field gift_cards.uses
@returns order_id! {orders.id} The order.
@returns kind! {whole|part} How much of it.';
    grant execute on function api.spend_gift_card, api.gift_card_uses to commerce_member;
  `);
});

const { 'schema.graphql': schema = '' } = await graphqlSchema.generate({ urls: db.urls, root: '' });

/** The fields of a type, an input or an enum, without descriptions and arguments. */
function fieldsOf(name: string): string[] {
  const body =
    new RegExp(`^(?:type|input|enum) ${name}(?: implements Node)? {\\n(.*?)^}`, 'ms').exec(schema)?.[1] ?? '';
  return body
    .replace(/"""[\s\S]*?"""/g, '')
    .replace(/\([\s\S]*?\)/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

t.test('its columns, with their closed sets, and what it refers to', async (t) => {
  t.same(fieldsOf('GiftCard'), [
    'amount: Decimal!',
    'code: String!',
    'currency: Currency',
    'currencyCode: String!',
    'id: ID!',
    'money: Money!',
    'note: String',
    'places: [Places!]',
    'product: Product',
    'productId: UUID!',
    'rowId: UUID!',
    'state: State!',
    'uses: [GiftCardUse!]!',
    'version: Int!',
  ]);
  t.same(fieldsOf('State'), ['fresh', 'used']);
  t.match(schema, '"""Money that is spent later."""\ntype GiftCard implements Node {');
  t.match(schema, '  """What the bearer types in."""\n  code: String!');
  t.ok(fieldsOf('Product').includes('giftCards: GiftCardConnection'));
});

t.test('filters and orders where an index of the tenant serves them', async (t) => {
  t.same(fieldsOf('GiftCardCondition'), [
    'code: String',
    'note: String',
    'productId: UUID',
    'rowId: UUID',
    'state: State',
  ]);
  const orders = fieldsOf('GiftCardOrderBy').filter((order) => order.endsWith('_ASC'));
  t.same(orders, ['CODE_ASC', 'ID_ASC']);
});

t.test('reads by key, and the writes that somebody is granted', async (t) => {
  const queries = fieldsOf('Query').filter((field) => field.includes('GiftCard'));
  t.same(queries, ['giftCard: GiftCard', 'giftCardByCode: GiftCard', 'giftCards: GiftCardConnection']);
  const mutations = fieldsOf('Mutation').filter((field) => /^(create|update|delete)GiftCard/.test(field));
  t.same(mutations, ['createGiftCard: CreateGiftCardPayload', 'updateGiftCard: UpdateGiftCardPayload']);
  t.same(fieldsOf('GiftCardInput'), [
    'amount: Decimal!',
    'code: String!',
    'currencyCode: String!',
    'productId: UUID!',
  ]);
  t.same(fieldsOf('GiftCardPatch'), ['note: String', 'version: Int!']);
});

t.test('a function whose text tells its closed set, and its comment the rest', async (t) => {
  t.same(fieldsOf('SpendGiftCardInput'), [
    'expectedVersion: Int!',
    'giftCardId: UUID!',
    'note: String',
    'parts: [SpendGiftCardPartInput!]!',
    'state: State!',
  ]);
  t.same(fieldsOf('SpendGiftCardPartInput'), ['leftNote: String', 'productId: UUID!', 'quantity: Int!']);
  t.same(fieldsOf('SpendGiftCardPayload'), ['giftCard: GiftCard!']);
  t.match(schema, '  """Spends it. NOT_FOUND."""\n  spendGiftCard(');
  t.match(schema, '  """What it pays for."""\n  parts: [');
  t.match(schema, '  """The gift card."""\n  giftCardId: UUID!');
});

t.test('a function that is a field of a row', async (t) => {
  t.ok(fieldsOf('GiftCard').includes('uses: [GiftCardUse!]!'));
  t.notOk(fieldsOf('Query').some((field) => /uses/i.test(field)));
  t.same(fieldsOf('GiftCardUse'), [
    'kind: GiftCardUseKind!',
    'label: String',
    'order: Order',
    'orderId: UUID!',
  ]);
  t.same(fieldsOf('GiftCardUseKind'), ['part', 'whole']);
});
