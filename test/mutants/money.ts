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
    'internal.record_payment_event',
    `then 'order' else 'unallocated' end`,
    `then 'order' else 'order' end`,
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
    `if p_source = 'webhook' and v_left > 0 then`,
    `if p_source = 'nobody' and v_left > 0 then`,
  ],
  ['an exchange pays out of nothing', 'internal.pay_exchange', '(p_return.order_id, -1), ', ''],
  [
    'a part is refunded beyond what was paid of it',
    'api.request_refund',
    'least(v_limit, r.amount)',
    'v_limit',
  ],
];

/** The histories and invariants that fail in some file of tests. */
function tripped(test: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [test], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('exit', (code) => {
      const names = [
        ...output.matchAll(/"sequence \d+(?:, settled)?: ([^{:]+)/g),
        ...output.matchAll(/^ {4}not ok \d+ - (\d+: .*|.*)$/gm),
      ].map(([, name = '']) => name.replace(/\s+/g, ' ').trim());
      const found = [...new Set(names)].filter(
        (name) => !/^(every invariant held|the sequences go far|most operations did something)/.test(name),
      );
      resolve(code === 0 ? [] : found.length > 0 ? found : [`${test} fails`]);
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
