import { spawn } from 'node:child_process';
import { withTemplates } from '../support/templates.ts';

/**
 * `npm run test:mutants:money [N…]`: plants a bug at a time in the functions of money of a migrated database, and says
 * which history and which invariant trips over it. It fails when one trips nothing.
 */
type Bug = readonly [name: string, in_: string, right: string, wrong: string];

const bugs: readonly Bug[] = [
  [
    'money that comes late is not counted',
    'internal.record_payment_event',
    'p_amount <> 0 then',
    `p_amount <> 0 and not (p_kind = 'captured' and p_payment.status in ('cancelled', 'expired', 'failed')) then`,
  ],
  [
    'an open refund reserves nothing',
    'internal.refundable_amount',
    `r.status = 'pending'`,
    `r.status = 'failed'`,
  ],
  [
    'a refund to store credit counts twice',
    'internal.grant_customer_credit',
    'p_currency_code, p_amount,',
    'p_currency_code, 2 * p_amount,',
  ],
  [
    'an event that comes twice counts twice',
    'internal.record_payment_event',
    'p_source, p_provider_event_id,',
    'p_source, p_provider_event_id || gen_random_uuid(),',
  ],
  [
    'a return lowers what is due twice',
    'internal.order_money',
    'coalesce(sum(b.returned_amount), 0)',
    '2 * coalesce(sum(b.returned_amount), 0)',
  ],
  [
    'the report subtracts a refund twice',
    'internal.net_amount',
    'least(p_refunded_amount, greatest(p_due_amount, 0))',
    'p_refunded_amount',
  ],
  [
    'another currency counts as what was asked for',
    'internal.money_account',
    `'order' else 'unallocated'`,
    `'order' else 'order'`,
  ],
  ['two spend the same store credit', 'internal.lock_shopper', 'b.id = p_customer_id', 'b.id is null'],
  [
    'a lost dispute leaves its money with the order',
    'internal.record_payment_event',
    `'dispute_won', 'dispute_lost')`,
    `'dispute_won')`,
  ],
  [
    'what a refund that bounced brings back is forgotten',
    'internal.finish_refund',
    `then p_refund.amount else 0 end`,
    'then 0 else 0 end',
  ],
  [
    'a dispute that is won after all brings nothing back',
    'internal.lost_amount',
    'least(v_lost,',
    'least(0 * v_lost,',
  ],
  [
    'what staff report and the provider confirms counts twice',
    'internal.apply_payment_event',
    `if p_source = 'webhook' and v_amount is distinct from 0 then`,
    `if p_source = 'nobody' and v_amount is distinct from 0 then`,
  ],
  ['an exchange pays out of nothing', 'internal.pay_exchange', '(p_return.order_id, -1), ', ''],
  [
    'a part is refunded beyond what was paid of it',
    'api.request_refund',
    'least(v_limit, r.amount)',
    'v_limit',
  ],
  [
    'the first order of a basket gets every part that comes',
    'internal.asked_amount',
    'greatest(p_payment.amount - p_payment.captured_amount, 0)',
    'p_payment.amount',
  ],
  [
    'a refund of one order of a basket is taken from another',
    'internal.apply_payment_event',
    'v_is_refund and cardinality(v_payments) > 1',
    'v_is_refund and cardinality(v_payments) > 100',
  ],
  [
    'a refund at the provider is taken from an order that no longer has the money',
    'internal.record_provider_refund',
    'internal.held_money(p_payment, v_currency_code) as h',
    'internal.held_money(p_payment, v_currency_code) as h where false',
  ],
  [
    'an order that was paid in its own currency with foreign money gives nothing back',
    'internal.refund_overpaid',
    'refundable_amount(v_payment, p_order_id, v_currency_code)',
    'refundable_amount(v_payment, p_order_id, v_payment.currency_code)',
  ],
  [
    'foreign money that becomes credit is taken from the order',
    'internal.finish_refund',
    'internal.money_account(p_refund.tenant_id, p_refund.order_id, p_refund.currency_code)',
    `'order'`,
  ],
  [
    'money of one order is refunded of another',
    'internal.refundable_amount',
    'and l.order_id = p_order_id',
    '',
  ],
  [
    'disputed money is refunded',
    'internal.refundable_amount',
    'then p_payment.disputed_amount else 0',
    'then 0 else 0',
  ],
  [
    'one unit more than is due is asked for',
    'api.create_payment',
    'p_amount > v_limit',
    'p_amount > v_limit + 1',
  ],
  ['credit that has expired is spent', 'api.spend_credit', 'g.expires_at > now()', 'g.expires_at < now()'],
  [
    'what is promised already is promised again when an order is cancelled',
    'internal.overpaid_amount',
    `r.status = 'pending'`,
    `r.status = 'failed'`,
  ],
  ['a cancelled order is worth its price', 'internal.order_money', `('draft', 'cancelled')`, `('draft')`],
  [
    'a second piece that comes back is worth all that came back',
    'internal.receive_return_lines',
    'o.currency_code) - b.amount, 0 *',
    'o.currency_code), 0 *',
  ],
  [
    'an order that waits for cash expires',
    'internal.expire_unpaid_orders',
    `p.payment_type = 'cash_on_delivery' or`,
    '',
  ],
  [
    'a report of staff is confirmed again and again',
    'internal.staff_reports',
    'c.confirms_id = e.id',
    'c.confirms_id = e.id and false',
  ],
  [
    'a lost dispute takes from the order what another order holds',
    'internal.held_money',
    `l.account in ('order', 'unallocated')`,
    `l.order_id = p_payment.order_id`,
  ],
];

/** The histories and invariants that fail in some file of tests. */
function tripped(test: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [test], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('exit', (code) => {
      const names = [
        ...output.matchAll(/"sequence \d+(?:, settled)?: ([^{:]+)/g),
        ...output.matchAll(/^ {4}not ok \d+ - (\d+: .*|.*)$/gm),
      ].map(([, name = '']) => name.replace(/\s+/g, ' ').trim());
      const found = [...new Set(names)].filter(
        (name) => !/^(every invariant held|the sequences go far|most operations did something)/.test(name),
      );
      // A bug that was not planted is noticed by nothing.
      if (output.includes('the mutant cannot be applied')) resolve([]);
      else resolve(code === 0 ? [] : found.length > 0 ? found : [`${test} fails`]);
    });
  });
}

const plant = ([, name, right, wrong]: Bug) => `
  do $plant$
  declare
    v_text text := (select pg_get_functiondef(p.oid) from pg_proc as p where p.oid = '${name}'::regproc);
  begin
    if strpos(v_text, $right$${right}$right$) = 0 then
      raise exception 'nothing to alter in ${name}';
    end if;
    execute replace(v_text, $right$${right}$right$, $wrong$${wrong}$wrong$);
  end
  $plant$`;

const chosen = process.argv.slice(2).map(Number);
await withTemplates(process.env, async (env) => {
  for (const [index, bug] of bugs.entries()) {
    if (chosen.length > 0 && !chosen.includes(index + 1)) continue;
    const mutant = { ...env, TEST_MUTANT: plant(bug), PROPERTY_PIECE: '1/10', TAP_TIMEOUT: '300' };
    console.log(`${index + 1}. ${bug[0]}`);
    let total = 0;
    for (const [what, test] of [
      ['history', 'test/functions/money_histories.test.ts'],
      ['rule', 'test/functions/money_rules.test.ts'],
      ['invariant', 'test/properties/orders.test.ts'],
      ['race', 'test/concurrency/isolation_levels.test.ts'],
    ] as const) {
      // The races are of locks alone.
      if (what === 'race' && total > 0) continue;
      const found = await tripped(test, mutant);
      total += found.length;
      for (const name of found.slice(0, 3)) console.log(`   ${what}: ${name}`);
      if (found.length > 3) console.log(`   ${what}: ${found.length - 3} more`);
    }
    if (total === 0) {
      console.log('   NOTHING trips over it');
      process.exitCode = 1;
    }
  }
});
