import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { errorTable, type PreparedQuery } from '../../src/index.ts';
import * as queries from '../../src/queries/index.ts';
import { makeCases, type QueryName } from './cases.ts';
import { declared, isUndeclaredSet, lies } from './declared.ts';
import { openStage } from './stage.ts';

const stage = await openStage(t);
const cases = makeCases(stage);
const folder = new URL('../../sql/', import.meta.url);
const all = new Map(Object.entries(queries)) as ReadonlyMap<string, PreparedQuery<unknown, object, unknown>>;

t.test('every query runs as the persons that it is for, and its rows are what its type says', async (t) => {
  t.same(new Set(all.keys()), new Set(declared.keys()), 'every query is declared');
  for (const [name, query] of all) {
    await t.test(name, async (t) => {
      if (!(name in cases)) throw new Error(`test/queries/cases.ts has no parameters for ${name}`);
      const [doors, params] = cases[name as QueryName];
      for (const door of [doors].flat()) {
        await stage.enter(door, async (tx) => {
          const rows: object[] = [];
          for (const each of [await params(tx)].flat()) {
            const given = await tx.run(query, each as never);
            rows.push(...([given].flat() as object[]));
          }
          t.ok(rows.length > 0, `${door}: there are rows to look at`);
          t.same([...new Set(rows.flatMap((row) => lies(name, row as Record<string, unknown>)))], [], door);
          const open = Object.keys(rows[0] ?? {}).filter((column) => isUndeclaredSet(name, column, rows));
          t.same(open, [], `${door}: closed sets are declared`);
        });
      }
    });
  }
});

t.test('every query, parameter and column says what it is, and no type is unknown', async (t) => {
  for (const [name, { comment, columns, params }] of declared) {
    t.ok(comment.length > 0, `${name} has a comment`);
    for (const [field, { text, comment }] of [...columns, ...params]) {
      t.match(comment, /^[^@]{5,}$/, `${name}.${field}`);
      t.notMatch(text, /\b(any|unknown|Json)\b/, `${name}.${field}`);
    }
  }
});

/** Only call functions, which take the tenant from the session or find it; no column of theirs could be compared. */
const withoutTenant: ReadonlyMap<string, string> = new Map([
  ['hasPermission', 'asks about the session, not about rows'],
  ['me', 'tells whose session it is'],
  ['myTenants', 'finds the tenants that a person may choose from'],
  ['restoreRecord', 'returns no row of a table'],
  ['searchProducts', 'returns no tenant; the function states it'],
  ['searchMessages', 'returns no tenant; the function states it'],
  ['checkInventory', 'returns no tenant; the function states it'],
  ['listMoneyToSettle', 'returns no tenant; the function states it'],
  ['listRefundableParts', 'returns no tenant; the function states it'],
  ['listSalesDaily', 'returns no tenant; the function states it'],
  ['countOrders', 'returns no tenant; the function states it'],
  ['countProducts', 'returns no tenant; the function states it'],
  ['countThreads', 'returns no tenant; the function states it'],
  ['countPayments', 'returns no tenant; the function states it'],
  ['countRefunds', 'returns no tenant; the function states it'],
  ['countReturns', 'returns no tenant; the function states it'],
  ['countTeamMembers', 'returns no tenant; the function states it'],
  ['countComplaints', 'returns no tenant; the function states it'],
  ['listAuditLog', 'returns no tenant; the function states it'],
  ['requestKycReveal', 'returns no row of a table'],
  ['openKycDocument', 'returns no tenant; the function states it'],
  ['revealKycInfo', 'returns no tenant; the function states it'],
  ['markConversationRead', 'returns no row of a table'],
  ['createVisitorCode', 'returns no tenant; the function states it'],
  ['redeemVisitorCode', 'returns no row of a table'],
  ['requestUpload', 'returns no tenant; the function states it'],
  ['removeAddress', 'returns no row of a table'],
  ['removePaymentMethod', 'returns no row of a table'],
  ['disconnectChannel', 'returns no row of a table'],
  ['importProducts', 'returns no tenant; the function states it'],
  ['createTeamInvite', 'returns no tenant; the function states it'],
  ['resendTeamInvite', 'returns no tenant; the function states it'],
  ['acceptTeamInvite', 'finds the tenant by the token'],
  ['declineTeamInvite', 'finds the tenant by the token'],
  ['updateMyProfile', 'returns no tenant; the function states it'],
  ['recordHistory', 'returns no tenant; the function states it'],
  ['recordAsOf', 'returns no tenant; the function states it'],
  ['undoChange', 'returns no row of a table'],
  ['redactRecord', 'returns no row of a table'],
  ['announceRead', 'returns no row of a table'],
  ['receiveMessage', 'finds the tenant by the account'],
  ['recordMessageChange', 'finds the tenant by the account'],
  ['recordTemplate', 'finds the tenant by the account'],
  ['recordReceipt', 'finds the tenant by the account'],
  ['recordReceipts', 'finds the tenant by the account'],
  ['recordPaymentResult', 'finds the tenant by the reference'],
  ['provisionTenant', 'makes the tenant'],
  ['resolveTenant', 'finds the tenant by the host'],
  ['listTenantsWithWork', 'finds the tenants for jobs'],
  ['purgeSessions', 'looks after internal rows of every tenant'],
  ['purgeIdempotencyKeys', 'looks after internal rows of every tenant'],
  ['purgePendingReceipts', 'looks after internal rows of every tenant'],
  ['ensurePartitions', 'looks after the log of every tenant'],
  ['sealAuditLog', 'looks after the log of every tenant'],
  ['verifyAuditLog', 'looks after the log of every tenant'],
]);

/** The same for everybody. */
const referenceData = ['listCurrencies', 'listPlans', 'listPermissions'];

t.test('every query names its tenant', async (t) => {
  const statements = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .flatMap((text) => [...text.matchAll(/@name (\w+) :\w+ \*\/\n([^;]+);/g)])
    .map(([, name = '', sql = '']) => ({ name, sql }));
  t.same(new Set(statements.map(({ name }) => name)), new Set(all.keys()), 'all are looked at');
  for (const { name, sql } of statements) {
    // A relation: a qualified name that is not called.
    const tables = [...sql.matchAll(/\b(?:from|join|update|into)\s+(?:api|commerce)\.(\w+)(?!\w*\s*\()/g)];
    if (withoutTenant.has(name)) t.same(tables, [], `${name} only calls a function`);
    else if (referenceData.includes(name)) {
      for (const [, table] of tables) {
        t.match(table, /^(currency|subscription_plan|permission|role_permission)$/, name);
      }
    } else t.match(sql, /\b(tenant_id|t\.id) = :tenantId!|\(\s*:tenantId!/, `${name} names the tenant`);
  }
});

/** What a function's comment names without raising it. */
const notRaised: Record<string, string> = {
  suspend_tenant: 'TENANT_REQUIRED',
  close_tenant: 'TENANT_REQUIRED',
};

t.test('a query names the errors of the function that it calls', async (t) => {
  const { rows } = await stage.scene.installer.query<{ name: string; comment: string }>(
    `select p.proname as name, obj_description(p.oid, 'pg_proc') as comment
       from pg_proc as p
      where p.pronamespace in ('api'::regnamespace, 'internal'::regnamespace)`,
  );
  const comments = new Map(rows.map(({ name, comment }) => [name, comment]));
  let count = 0;
  for (const [name, query] of all) {
    const { text } = query.statement({ first: 1 });
    const [, called = ''] = /\b(?:from|select) (?:api|internal)\.(\w+)\(/.exec(text) ?? [];
    const told = comments.get(called) ?? '';
    const codes = [...told.matchAll(/\bSC[A-Z]{3}\b/g)].map(([state]) => errorTable[state]?.code ?? state);
    if (/\bNeeds \w+\.\w+/.test(told)) codes.push('FORBIDDEN');
    for (const code of new Set(codes)) {
      // Where the version is a parameter it is always named.
      if (code === 'VERSION_REQUIRED' || code === notRaised[called]) continue;
      count += 1;
      t.match(declared.get(name)?.comment, new RegExp(`\\b${code}\\b`), `${name}: ${code}`);
    }
  }
  t.ok(count > 250, `${count} errors are named`);
});

t.test('every function that a backend calls has its query', async (t) => {
  const { rows } = await stage.scene.installer.query<{ name: string }>(
    `select n.nspname || '.' || p.proname as name
       from pg_proc as p
       join pg_namespace as n on n.oid = p.pronamespace
      where n.nspname = 'api'
         or (n.nspname = 'internal'
             and has_function_privilege('commerce_worker', p.oid, 'execute')
             and not has_function_privilege('commerce_member', p.oid, 'execute'))`,
  );
  const without = new Map([
    ['api.message_changes', 'called by subscriptions of ccdb serve'],
    ['api.values_before', 'part of undo_change'],
    ['internal.check_money', 'for the people who look after the database'],
    ['internal.begin_move', 'a step of a move, which no backend makes'],
    ['internal.end_move', 'a step of a move, which no backend makes'],
    ['internal.hold_worker_lease', 'called by ccdb worker'],
    ['internal.end_worker_lease', 'called by ccdb worker'],
    ['internal.record_job_run', 'called by ccdb worker'],
    ['internal.operational_state', 'called by ccdb serve and ccdb status'],
    ['internal.seed_demo', 'called by ccdb seed'],
    ['internal.seed_demo_batch', 'called by ccdb seed'],
  ]);
  const sql = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('');
  t.ok(rows.length > 90, 'there are functions');
  for (const { name } of rows) {
    if (!without.has(name)) t.ok(new RegExp(`\\b${name.replace('.', '\\.')}\\(`).test(sql), name);
  }
});
