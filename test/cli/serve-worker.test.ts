import t from 'tap';
import { addChatCustomer, openShop } from '../functions/shop.ts';
import { jwtSecret } from '../graphql/support.ts';
import { startCcdb } from '../support/ccdb.ts';
import { createTestDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';
import { asMember } from '../support/session.ts';

/** An endpoint that runs the worker as well, and what it reports of it. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const { threadId } = await addChatCustomer(db, shop, '+2348030000001');
for (const n of [1, 2]) {
  await asMember(db, shop.owner, (client) =>
    client.query('select api.queue_message($1, $2, $3)', [threadId, `key ${n}`, `message ${n}`]),
  );
}
await db.installer.query('revoke execute on function internal.purge_sessions(integer) from commerce_worker');

t.test('serve --worker does both, and /metrics reports the worker', async (t) => {
  const serve = startCcdb(['serve', '--worker', '--port', String(await freePort())], {
    DATABASE_API_URL: db.urls.DATABASE_API_URL,
    DATABASE_AUTH_URL: db.urls.DATABASE_AUTH_URL,
    DATABASE_WORKER_URL: db.urls.DATABASE_WORKER_URL,
    JWT_SECRET: jwtSecret,
  });
  const url = await serve.seen(/"url":"([^"]+)"/);
  await serve.seen(/"job":"seal_audit_log"/);
  t.equal((await fetch(new URL('/readyz', url))).status, 200);
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  for (const series of [
    /^ccdb_worker_working 1$/m,
    /^ccdb_job_success_age_seconds\{job="seal_audit_log"\} \d+(\.\d+)?(e-\d+)?$/m,
    /^ccdb_job_failures\{job="seal_audit_log"\} 0$/m,
    /^ccdb_job_failures\{job="purge_sessions"\} [1-9]/m,
    /^ccdb_queued_messages 2$/m,
    /^ccdb_queued_message_age_seconds \d/m,
    // The shop itself was just made: its rows are younger than what a seal covers.
    /^ccdb_audit_unsealed_rows [1-9]/m,
    /^ccdb_audit_unsealed_age_seconds \d/m,
  ]) {
    t.match(metrics, series);
  }
  t.notMatch(metrics, /ccdb_job_success_age_seconds\{job="purge_sessions"\}/, 'it never succeeded');
  serve.child.kill('SIGTERM');
  t.match(await serve.ended, { code: 0 });
});

t.test("without the worker's login it says which one it lacks", async (t) => {
  const ended = await startCcdb(['serve', '--worker', '--port', String(await freePort())], {
    DATABASE_API_URL: db.urls.DATABASE_API_URL,
    DATABASE_AUTH_URL: db.urls.DATABASE_AUTH_URL,
    JWT_SECRET: jwtSecret,
  }).ended;
  t.match(ended, { code: 1, stderr: /DATABASE_WORKER_URL/ });
});
