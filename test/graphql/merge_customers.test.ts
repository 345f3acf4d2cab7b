import t from 'tap';
import { setStage } from './support.ts';

/** Two customers become one, as a page of the shop's staff does it. */
const { ours } = await setStage(t);
const add = `mutation ($name: String!) {
  createCustomer(input: { customer: { displayName: $name } }) { customer { rowId version } }
}`;
const merge = `mutation ($kept: UUID!, $merged: UUID!, $version: Int!, $mergedVersion: Int!) {
  mergeCustomers(input: {
    customerId: $kept, mergedCustomerId: $merged, expectedVersion: $version, expectedMergedVersion: $mergedVersion
  }) { customer { rowId displayName version } }
}`;
const addCustomer = async (name: string): Promise<{ rowId: string; version: number }> =>
  (await ours.ask(add, { name })).data.createCustomer.customer;

t.test('the customer who stays is returned, and the other one is not found any more', async (t) => {
  const [kept, merged] = [await addCustomer('Ngozi'), await addCustomer('N.')];
  const variables = {
    kept: kept.rowId,
    merged: merged.rowId,
    version: kept.version,
    mergedVersion: merged.version,
  };
  const done = await ours.ask(merge, variables);
  t.match(done, { data: { mergeCustomers: { customer: { rowId: kept.rowId, displayName: 'Ngozi' } } } });
  t.strictSame(await ours.ask(merge, variables), done, 'a repeat says the same');
  t.match(await ours.ask('query ($id: ID!) { customer(id: $id) { rowId } }', { id: merged.rowId }), {
    data: { customer: null },
  });
});

t.test(
  'an edit of either in the meantime is a conflict that names the row; a customer alone is refused',
  async (t) => {
    const [kept, merged] = [await addCustomer('Ngozi'), await addCustomer('N.')];
    const versions = { version: kept.version, mergedVersion: merged.version };
    t.match(
      await ours.ask(merge, { kept: kept.rowId, merged: merged.rowId, ...versions, mergedVersion: 99 }),
      { errors: [{ extensions: { code: 'VERSION_CONFLICT' } }] },
    );
    t.match(await ours.ask(merge, { kept: kept.rowId, merged: kept.rowId, ...versions }), {
      errors: [{ extensions: { code: 'INVALID_INPUT', field: 'mergedCustomerId' } }],
    });
  },
);
