import t from 'tap';
import { codeOf, setStage } from './support.ts';

/** The lists of the aggregates in GraphQL: the same frame as in the typed API. */
const { db, ours } = await setStage(t);

const payments = async (condition: string) => {
  const { rows } = await db.installer.query<{ id: string }>(
    `select id from commerce.payment as t where tenant_id = $1 and ${condition} order by id desc`,
    [ours.tenantId],
  );
  return rows.map(({ id }) => id);
};

t.test('filters, pages in both directions, and the rows themselves', async (t) => {
  const all = await payments(`status in ('succeeded', 'pending')`);
  t.ok(all.length >= 2, 'there are payments');
  const list = async (more: string) => {
    const { data, errors } = await ours.ask(
      `{ listPayments(statuses: [succeeded, pending], ${more}) { cursor paymentId payment { rowId status } } }`,
    );
    t.notOk(errors, more);
    return data.listPayments as {
      cursor: string;
      paymentId: string;
      payment: { rowId: string; status: string };
    }[];
  };
  const whole = await list('first: 100');
  t.same(
    whole.map(({ payment }) => payment.rowId),
    all,
  );
  t.ok(whole.every(({ payment }) => ['succeeded', 'pending'].includes(payment.status)));
  t.same(
    (await list('first: 100, order: oldest')).map(({ paymentId }) => paymentId),
    all.toReversed(),
  );
  t.same(
    (await list(`first: 1, after: "${whole[0]?.cursor}"`)).map(({ paymentId }) => paymentId),
    all.slice(1, 2),
  );
  t.same(
    (await list(`first: 1, before: "${whole[1]?.cursor}"`)).map(({ paymentId }) => paymentId),
    all.slice(0, 1),
  );
});

t.test('counts for the tabs of a board', async (t) => {
  const { data } = await ours.ask('{ countPayments { status rowCount isAtLeast } }');
  const succeeded = data.countPayments.find(({ status }: { status: string }) => status === 'succeeded');
  t.same(succeeded, {
    status: 'succeeded',
    rowCount: (await payments(`status = 'succeeded'`)).length,
    isAtLeast: false,
  });
});

t.test('what is refused', async (t) => {
  for (const [query, code, field] of [
    ['{ listPayments(statuses: [paid]) { paymentId } }', 'INVALID_QUERY', 'statuses[0]'],
    ['{ listThreads(priorities: [soon]) { threadId } }', 'INVALID_QUERY', 'priorities[0]'],
    ['{ listComplaints(from: "infinity") { complaintId } }', 'INVALID_QUERY', 'from'],
    ['{ listRefunds(orderId: "42") { refundId } }', 'INVALID_QUERY', 'orderId'],
    ['{ listReturns(order: latest) { orderReturnId } }', 'INVALID_QUERY', 'order'],
    ['{ listTeam(first: 0) { memberId } }', 'INVALID_INPUT', 'first'],
    ['{ listProducts(after: "nonsense") { productId } }', 'INVALID_INPUT', 'after'],
    ['{ listAuditLog(from: "2026-03-02", to: "2026-03-01") { logId } }', 'INVALID_INPUT', 'to'],
  ] as const) {
    const answer = await ours.ask(query);
    t.equal(codeOf(answer), code, query);
    t.equal((answer.errors?.[0]?.extensions as { field?: string } | undefined)?.field, field, query);
  }
});
