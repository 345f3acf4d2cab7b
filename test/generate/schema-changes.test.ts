import t from 'tap';
import { schemaChanges } from '../../src/generate/schema-changes.ts';

const released = `
  type Query { product(id: ID!): Product, oldProduct: Product @deprecated(reason: "product") }
  type Product { name: String!, sku: String, code: String @deprecated(reason: "sku"), kind: Kind }
  enum Kind { physical, digital, service @deprecated(reason: "digital") }
  input ProductInput { name: String!, code: String @deprecated(reason: "sku") }
  type Mutation { createProduct(input: ProductInput!): Product }
`;

t.test('what breaks clients of the last release is reported, unless that release deprecated it', (t) => {
  const kept = (text: string) => schemaChanges(released, text).breaking;
  t.same(kept(released), []);
  const without = released.replace(/,? ?\w+(: \w+)? @deprecated\(reason: "\w+"\)/g, '');
  t.notMatch(without, 'deprecated');
  t.same(kept(without), [], 'deprecated ones may go');
  t.same(kept(released.replace('sku: String,', '')), ['Product.sku was removed.']);
  t.same(kept(released.replace('physical,', '')), ['physical was removed from enum type Kind.']);
  t.same(kept(released.replace('product(id: ID!)', 'product(id: ID!, seller: ID!)')), [
    'A required arg seller on Query.product was added.',
  ]);
  t.same(kept(released.replace('name: String!, sku', 'name: String, sku')), [
    'Product.name changed type from String! to String.',
  ]);
  t.end();
});

t.test('what may surprise them is reported as well', (t) => {
  const added = schemaChanges(released, released.replace('physical,', 'physical, voucher,'));
  t.same(added, { breaking: [], dangerous: ['voucher was added to enum type Kind.'] });
  t.end();
});
