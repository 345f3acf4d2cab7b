import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { type JobRun, runWorker, type WorkerState } from '../../src/operations/worker.ts';
import { ccdb, startCcdb } from '../support/ccdb.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { startFaultyServer } from '../support/faulty-server.ts';
import { skipPooler, startPooler } from '../support/pooler.ts';
import { startProxy } from '../support/proxy.ts';

/** What production does to a worker's connection, and to two workers at once. */
const db = await createTestDatabase(t);
const url = db.urls.DATABASE_WORKER_URL;
const every = ['--every', '1'];

type Line = JobRun | WorkerState;

/** A worker in this process, on this connection, whose lines can be waited for. */
function start(t: Test, connectionString: string) {
  const stop = new AbortController();
  const lines: Line[] = [];
  const ended = runWorker({
    connectionString,
    signal: stop.signal,
    every: 200,
    statementTimeout: 1_000,
    log: (line) => lines.push(line),
  });
  t.teardown(async () => {
    stop.abort();
    await ended;
  });
  const states = (): string[] => lines.flatMap((line) => ('worker' in line ? [line.worker] : []));
  const worksAfter = (count: number): Promise<boolean> =>
    eventually(
      () => lines.slice(count).some((line) => 'job' in line && line.job === 'seal_audit_log' && !line.error),
      30_000,
    );
  return { lines, states, worksAfter };
}

/** As if the time of the lease had passed. */
const endLease = () => db.installer.query(`update internal.worker_lease set expires_at = '-infinity'`);

t.test('a backend that is terminated is replaced', async (t) => {
  const worker = start(t, url);
  t.ok(await worker.worksAfter(0));
  for (let round = 0; round < 5; round++) {
    const { rowCount } = await db.installer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'ccdb worker'`,
    );
    t.equal(rowCount, 1);
    t.ok(await worker.worksAfter(worker.lines.length));
  }
  t.strictSame(new Set(worker.states()), new Set(['working', 'disconnected']));
  const { error } = worker.lines.find(
    (line) => 'worker' in line && line.worker === 'disconnected',
  ) as WorkerState;
  t.ok(error?.message, 'and says why');
});

t.test('a connection that falls silent is given up, and SIGTERM does not wait for it', async (t) => {
  const proxy = await startProxy(url);
  t.teardown(() => proxy.close());
  const worker = start(t, proxy.through(url));
  t.ok(await worker.worksAfter(0));
  proxy.silence();
  await sleep(500);
  proxy.pass();
  const { length } = worker.lines;
  t.ok(await worker.worksAfter(length), 'the silent connection is replaced');

  proxy.refuse();
  t.ok(
    await eventually(() => worker.states().at(-1) === 'disconnected', 20_000),
    'a refused one is reported once',
  );
  const { length: quiet } = worker.lines;
  await sleep(1_200);
  t.equal(worker.lines.length, quiet);
  proxy.pass();
  t.ok(await worker.worksAfter(quiet));
});

t.test('two workers work one at a time, also where leases run out too early', async (t) => {
  const workers = [start(t, url), start(t, url), start(t, url)];
  for (let round = 0; round < 60; round++) {
    await endLease();
    await sleep(20);
  }
  t.ok(await Promise.race(workers.map((worker) => worker.worksAfter(0))));
  const failed = workers.flatMap(({ lines }) => lines).filter((line) => 'job' in line && line.error);
  t.strictSame(failed, []);
  t.ok(
    workers.some(({ states }) => states().includes('waiting')),
    'a worker that waits says so',
  );
});

t.test(
  'through a pooler in transaction mode a killed worker is replaced',
  { skip: skipPooler },
  async (t) => {
    const pooled = await startPooler(t, { DATABASE_WORKER_URL: url });
    const first = startCcdb(['worker', ...every], pooled);
    await first.seen(/seal_audit_log/);
    const second = startCcdb(['worker', ...every], pooled);
    await second.seen(/"waiting"/);
    first.child.kill('SIGKILL');
    await first.ended;
    await endLease();
    await second.seen(/"working"[\s\S]*seal_audit_log/);
    second.child.kill('SIGTERM');
    t.match(await second.ended, { code: 0, stderr: '' });
    const third = await ccdb(['worker', '--once'], pooled);
    t.match(third, { code: 0, stderr: '' });
    t.notMatch(third.stdout, 'waiting', 'a worker that ends gives the lease back');
  },
);

t.test('a server that is stopped, killed or paused is worked for again as soon as it is back', async (t) => {
  const server = await startFaultyServer();
  t.teardown(() => server.close());
  const made = { url: server.url, prefix: '', close: async () => {} };
  const { DATABASE_WORKER_URL } = await createMigratedDatabase(made, 'shop', {});
  const worker = start(t, DATABASE_WORKER_URL);
  t.ok(await worker.worksAfter(0));
  for (const [name, fail, mend] of [
    ['stopped', server.stop, server.start],
    ['killed', server.kill, server.start],
    ['paused', server.pause, server.resume],
  ] as const) {
    await fail();
    t.ok(await eventually(() => worker.states().at(-1) === 'disconnected', 30_000), `${name}: it says so`);
    const lines = worker.lines.length;
    await mend();
    t.ok(await worker.worksAfter(lines), `${name}: it works again`);
  }
});

t.test('--once fails when a job fails, after the others, and the failure is kept', async (t) => {
  await db.installer.query(
    'revoke execute on function internal.purge_sessions(integer) from commerce_worker',
  );
  const ended = await ccdb(['worker', '--once'], { DATABASE_WORKER_URL: url });
  t.match(ended, { code: 1, stderr: 'ccdb: failed: purge_sessions\n', stdout: /seal_audit_log/ });
  const state = async () =>
    (
      await db.installer.query(
        `select failures, last_error, last_success_at is not null as succeeded
           from internal.job_run where job = 'purge_sessions'`,
      )
    ).rows;
  t.strictSame(await state(), [{ failures: 1, last_error: '42501', succeeded: true }]);
  await db.installer.query('grant execute on function internal.purge_sessions(integer) to commerce_worker');
  t.match(await ccdb(['worker', '--once'], { DATABASE_WORKER_URL: url }), { code: 0 });
  t.strictSame(await state(), [{ failures: 0, last_error: null, succeeded: true }]);
});

t.test("a login that is not the worker's ends it at once, with the reason", async (t) => {
  const ended = await ccdb(['worker'], { DATABASE_WORKER_URL: db.urls.DATABASE_API_URL });
  t.match(ended, { code: 1, stderr: /^ccdb: the worker cannot use its database: .*commerce_worker/ });
});
