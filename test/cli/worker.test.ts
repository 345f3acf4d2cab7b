import t from 'tap';
import { startCcdb } from '../support/ccdb.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asWorker } from '../support/session.ts';

const db = await createTestDatabase(t);
const env = { DATABASE_WORKER_URL: db.urls.DATABASE_WORKER_URL };
const names = [
  'ensure_partitions',
  'purge_sessions',
  'purge_idempotency_keys',
  'purge_pending_receipts',
  'wake_snoozed_threads',
  'expire_unpaid_orders',
  'expire_payments',
  'expire_store_credit',
  'expire_team_invites',
  'expire_violations',
  'expire_kyc_documents',
  'expire_domain_claims',
  'purge_deleted',
  'seal_audit_log',
];

type Run = { at: string; job: string; ms: number; count: number; error?: { code?: string; message: string } };
const runs = (stdout: string): Run[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

t.test('every job once, one line of JSON each', async (t) => {
  await db.installer.query(
    `insert into internal.session (tenant_id, role, expires_at)
     select id, 'commerce_member', now() - interval '1 second' from commerce.tenant, generate_series(1, 1200)`,
  );
  const ended = await startCcdb(['worker', '--once'], env).ended;
  t.match(ended, { code: 0, stderr: '' });
  const lines = runs(ended.stdout);
  t.strictSame(
    lines.map(({ job }) => job),
    names,
  );
  t.notOk(
    lines.find(({ error }) => error),
    'no job fails',
  );
  t.ok((lines.find(({ job }) => job === 'purge_sessions')?.count ?? 0) >= 2400, 'batch after batch');
});

t.test(
  'a merchant that begins to move after it was offered is no failure, and its jobs are left alone',
  async (t) => {
    const { rows } = await db.installer.query<{ id: string }>('select id from commerce.tenant order by id');
    const moving = rows.map(({ id }) => id);
    const turn = (door: 'begin_move' | 'end_move') =>
      asWorker(db, async (worker) => {
        for (const id of moving) {
          const { rows } = await db.installer.query('select version from commerce.tenant where id = $1', [
            id,
          ]);
          await worker.query(`select set_config('commerce.session', '', true)`);
          await worker.query(`select internal.${door}($1, $2)`, [id, rows[0].version]);
        }
      });
    const definition = await db.installer.query<{ sql: string }>(
      `select pg_get_functiondef('internal.tenants_with_work'::regproc) as sql`,
    );
    await turn('begin_move');
    await db.installer.query(definition.rows[0]?.sql.replace(`'moving', `, '') ?? '');
    const ended = await startCcdb(['worker', '--once'], env).ended;
    t.match(ended, { code: 0, stderr: '' });
    const lines = runs(ended.stdout);
    t.strictSame(
      lines.map(({ job }) => job),
      names,
    );
    t.strictSame(
      lines.filter(({ error }) => error),
      [],
      'no job fails',
    );
    await db.installer.query(definition.rows[0]?.sql ?? '');
    await turn('end_move');
  },
);

t.test('of two workers one works; stopped, it ends well, and the other takes its place', async (t) => {
  const first = startCcdb(['worker', '--every', '1'], env);
  await first.seen(/seal_audit_log[\s\S]*seal_audit_log/);
  const second = startCcdb(['worker', '--every', '1'], env);
  await second.seen(/"worker":"waiting","for":"[^"]+"/);
  first.child.kill('SIGTERM');
  t.match(await first.ended, { code: 0, stderr: '' });
  await second.seen(/seal_audit_log/);
  second.child.kill('SIGTERM');
  const { code, stdout } = await second.ended;
  t.equal(code, 0);
  t.ok(runs(stdout).every(({ error }) => error === undefined));
  const { rows } = await db.installer.query('select reason from audit.verify()');
  t.strictSame(rows, [{ reason: null }]);
});

t.test('a query that fails costs its job one run, and nothing else', async (t) => {
  const worker = startCcdb(['worker', '--every', '1'], env);
  await worker.seen(/seal_audit_log/);
  const blocker = await db.installer.connect();
  await blocker.query('begin; lock table commerce.orders');
  t.ok(
    await eventually(async () => {
      const { rows } = await db.installer.query(
        `select pg_cancel_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%tenants_with_work%'`,
      );
      return rows.length > 0;
    }),
  );
  await worker.seen(/"expire_unpaid_orders".*57014/);
  await blocker.query('rollback');
  blocker.release();
  await worker.seen(/57014.*"expire_unpaid_orders"[^\n]*"count":0\}.*seal_audit_log/s);
  worker.child.kill('SIGTERM');
  const { code, stdout } = await worker.ended;
  t.equal(code, 0);
  const failed = runs(stdout).filter(({ error }) => error !== undefined);
  t.strictSame(
    failed.map(({ job, error }) => [job, error?.code]),
    [['expire_unpaid_orders', '57014']],
  );
});

t.test('a waiting worker stops as well', async (t) => {
  const first = startCcdb(['worker'], env);
  await first.seen(/seal_audit_log/);
  const second = startCcdb(['worker'], env);
  await second.seen(/"waiting"/);
  second.child.kill('SIGTERM');
  t.match(await second.ended, { code: 0, stderr: '' });
  first.child.kill('SIGTERM');
  t.match(await first.ended, { code: 0 });
});
