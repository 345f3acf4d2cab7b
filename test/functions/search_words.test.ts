import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { diceOf, pick } from '../support/dice.ts';
import { asMember } from '../support/session.ts';
import { addChatCustomer, addProduct, openShop, refused } from './shop.ts';

/** What people type into a search box, and what nobody types, is answered wherever words are searched. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
await addProduct(db, shop, { name: 'A dress' });
await addChatCustomer(db, shop, 'dressed');

const dice = diceOf(1);
const signs = ['-', '- ', '"', 'or ', 'a ', '(', '&', '|', '!', ':*', '\\', "'"];
const oddities = [
  `${'-'.repeat(33)}dress`,
  `${'- '.repeat(99)}dress`,
  '"'.repeat(200),
  '-('.repeat(100),
  ...Array.from({ length: 500 }, () => Array.from({ length: 66 }, () => pick(dice, signs)).join('')),
];

for (const name of ['search_products', 'search_messages']) {
  const search = (query: string, after: string | null = null) =>
    asMember(db, shop.owner, (client) =>
      client.query(`select * from api.${name}(p_query => $1, p_after => $2)`, [query, after]),
    );

  t.test(`${name}: no words are too odd`, async (t) => {
    await t.resolves(Promise.all(oddities.map((query) => search(query.slice(0, 200)))));
    const endless = Buffer.from('['.repeat(60_000)).toString('base64');
    await refused(t, search('dress', endless), 'SCVAL', { field: 'after' });
    await refused(t, search('"a" or -b '.repeat(1_000_000)), 'SCVAL', { field: 'query' });
  });
}

t.test('a number is found by three of its digits, and by no fewer', async (t) => {
  const { customerId } = await addChatCustomer(db, shop, 'numbered');
  await db.installer.query(
    `update commerce.customer set phone_number = '+2348031234567', version = version where id = $1`,
    [customerId],
  );
  const found = (term: string) =>
    asMember(db, shop.owner, async (client) => {
      const { rows } = await client.query('select c.* from api.search_customers($1) as c', [term]);
      return rows.length;
    });
  t.equal(await found('312'), 1);
  t.equal(await found('3 1'), 0);
});
