import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, type Who } from '../support/session.ts';
import { addProduct, addShopper, asRead, one, openShop, type Row, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);
const ada = await addShopper(db, shop, 'ada');
const bola = await addShopper(db, shop, 'bola');
const product = await addProduct(db, shop, { stock: 9 });

const staff = (sql: string, values: unknown[] = [], who: Who = shop.owner): Promise<Row> =>
  asMember(db, who, (client) => one(client, `select * from api.${sql}`, values));

const file = (who: Who, type: string, subject: { order?: string; product?: string; thread?: string } = {}) =>
  asBuyer(db, who, (client) =>
    one(client, `select * from api.file_complaint($1, 'It is torn', $2, $3, $4)`, [
      type,
      subject.order,
      subject.product,
      subject.thread,
    ]),
  );

const order = await asBuyer(db, ada, (client) =>
  one(
    client,
    `select * from api.place_order('order', p_lines => $1, p_expected_totals => ${asRead('$1')}, p_channel => 'storefront')`,
    [JSON.stringify([{ product_id: product, quantity: 1 }])],
  ),
);

t.test('a buyer complains about what is his own', async (t) => {
  const filed = await file(ada, 'order', { order: order.id });
  t.match(filed, { status: 'pending', order_id: order.id, tier: null, assigned_member_id: null });
  await refused(t, file(bola, 'order', { order: order.id }), 'SCNTF', { field: 'order_id' });
  await refused(t, file(ada, 'order'), 'SCVAL', { field: 'order_id' });
  await refused(t, file(ada, 'product'), 'SCVAL', { field: 'product_id' });
  await refused(t, file(ada, 'noise'), 'SCVAL', { field: 'type' });
  await refused(t, file({ tenantId: shop.tenantId, subject: 'stranger' }, 'other'), 'SCPRM');
  t.match(await file(bola, 'product', { product }), { status: 'pending' });
  await refused(t, file(bola, 'product', { product: await addProduct(db, other) }), 'SCNTF');
});

t.test('a complaint goes up its tiers and ends', async (t) => {
  const { id } = await file(ada, 'other');
  await refused(t, staff('resolve_complaint($1, $2, 1)', [id, 'x'], other.owner), 'SCNTF');
  await refused(t, staff('resolve_complaint($1, $2, 1)', [id, ' ']), 'SCVAL', { field: 'resolution' });
  await refused(t, staff('review_complaint($1, null)', [id]), 'SCVRQ');
  const { id: memberId } = await one(
    db.installer,
    'select id from commerce.team_members where tenant_id = $1',
    [shop.tenantId],
  );
  t.match(await staff('review_complaint($1, 1)', [id]), {
    status: 'in_review',
    assigned_member_id: memberId,
  });
  await refused(t, staff('review_complaint($1, 2)', [id]), 'SCTRN');
  await refused(t, staff('escalate_complaint($1, $2, 2)', [id, null]), 'SCVAL', { field: 'reason' });
  await refused(t, staff('escalate_complaint($1, $2, 1)', [id, 'stale']), 'SCVER');
  t.match(await staff('escalate_complaint($1, $2, 2)', [id, 'Second time']), {
    status: 'escalated',
    tier: 'tier2',
  });
  t.match(await staff('escalate_complaint($1, $2, 3)', [id, 'Third time']), {
    status: 'escalated',
    tier: 'tier3',
  });
  await refused(t, staff('escalate_complaint($1, $2, 4)', [id, 'Fourth time']), 'SCTRN');
  t.match(await staff('resolve_complaint($1, $2, 4)', [id, 'Money back']), {
    status: 'resolved',
    resolved_at: Date,
  });
  await refused(t, staff('resolve_complaint($1, $2, 5)', [id, 'again']), 'SCTRN');
  t.match(await staff('review_complaint($1, 5)', [id]), { status: 'in_review', resolved_at: null });
});

const issue = (userId: unknown, action: string, endAt: unknown = null, who: Who = shop.owner) =>
  staff(`issue_violation($1, 'fraud', 'high', $2, 'Chargebacks', $3)`, [userId, action, endAt], who);

t.test('a violation, and its end', async (t) => {
  const { id: userId } = await one(
    db.installer,
    `select id from commerce.users where tenant_id = $1 and auth_subject = 'ada'`,
    [shop.tenantId],
  );
  await refused(t, issue(userId, 'temp_ban'), 'SCVAL', { field: 'end_at' });
  await refused(t, issue(userId, 'temp_ban', '2020-01-01'), 'SCVAL', { field: 'end_at' });
  await refused(t, issue(userId, 'temp_ban', 'infinity'), 'SCVAL', { field: 'end_at' });
  await refused(t, issue(userId, 'perm_ban', '2999-01-01'), 'SCVAL', { field: 'end_at' });
  await refused(t, issue(userId, 'stoning'), 'SCVAL', { field: 'action' });
  await refused(t, issue(userId, 'warning', null, other.owner), 'SCNTF', { field: 'user_id' });
  const violation = await issue(userId, 'temp_ban', '2999-01-01');
  t.match(violation, { status: 'active', action: 'temp_ban', severity: 'high' });
  await refused(t, staff('resolve_violation($1, null)', [violation.id]), 'SCVAL', { field: 'reason' });
  t.match(await staff('resolve_violation($1, $2)', [violation.id, 'A mistake']), {
    status: 'resolved',
    details: { resolution: 'A mistake' },
  });
  await refused(t, staff('resolve_violation($1, $2)', [violation.id, 'again']), 'SCTRN');
  await refused(
    t,
    asBuyer(db, ada, (client) =>
      client.query(`select api.issue_violation($1, 'fraud', 'low', 'warning', 'x')`, [userId]),
    ),
    '42501',
  );
});
