import { readFile } from 'node:fs/promises';
import t from 'tap';
import { setStage } from './support.ts';

t.test('the README leads from the demo data to a placed order', async (t) => {
  const { ours, theirs } = await setStage(t);
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [look, place, board] = [...readme.matchAll(/```graphql\n([^`]*)```/g)].map(
    ([, block]) => block ?? '',
  );
  if (look === undefined || place === undefined || board === undefined)
    throw new Error('the README has three operations');

  const { data: seen } = await ours.ask(look);
  const [product] = seen.products.nodes;
  const [{ customer }] = seen.conversationThreads.nodes;
  const variables = { lines: [{ productId: product.rowId, quantity: 1 }], customerId: customer.rowId };

  const { data: placed } = await ours.ask(place, variables);
  const [order] = placed.placeOrder.orders;
  t.match(order, {
    status: 'pending',
    orderNumber: /^ORD-/,
    items: { nodes: [{ quantity: 1, product: { name: product.name } }] },
  });

  const { data: again } = await ours.ask(place, variables);
  t.equal(again.placeOrder.orders[0].id, order.id, 'the same key returns the same order');
  const { data: staff } = await ours.ask(board);
  t.equal(staff.orders.nodes[0].orderNumber, order.orderNumber, 'it is on the board');

  const { data: foreign } = await theirs.ask(`query ($id: ID!) { order(id: $id) { id } }`, {
    id: order.id,
  });
  t.equal(foreign.order, null, 'the other merchant does not see it');
});
