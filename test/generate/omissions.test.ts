import t from 'tap';
import { findMissing, findStale, findUncarried } from '../../src/generate/omissions.ts';
import { readMigrations } from '../../src/migrations/files.ts';
import { parseLivingFile, readLivingFiles } from '../../src/migrations/living.ts';
import { createTestDatabase } from '../support/database.ts';

/** Each omission is planted in a transaction that is rolled back, and has to be named with its command; mends.test.ts runs the commands. */
const db = await createTestDatabase(t, { template: 'empty' });
const installer = await db.installer.connect();
t.teardown(() => installer.release());
const living = await readLivingFiles();
const migrations = await readMigrations();

const planted: Record<string, { sql: string; named: string; mend: string }> = {
  'the tenant policy': {
    sql: 'drop policy tenant on commerce.products',
    named: 'commerce.products: row-level security with its tenant policy is missing',
    mend: 'attach_products_again --again policies/products.sql',
  },
  'the optimistic lock': {
    sql: 'drop trigger _110_version_required on commerce.products',
    named: 'commerce.products: the optimistic lock of its version is missing',
    mend: 'attach_products_again --again policies/products.sql',
  },
  'soft delete': {
    sql: 'drop trigger _200_soft_delete on commerce.products',
    named: 'commerce.products: soft delete is missing',
    mend: 'attach_products_again --again policies/products.sql',
  },
  'the right to purge': {
    sql: 'revoke delete on commerce.products from commerce_purge',
    named: 'commerce.products: the right to purge what was deleted is missing',
    mend: 'attach_products_again --again policies/products.sql',
  },
  'the audit trigger': {
    sql: 'drop trigger _900_audit_update on commerce.products',
    named: 'commerce.products: the log of its changes is missing',
    mend: 'attach_products_again --again policies/products.sql',
  },
  'an index': {
    sql: `create table commerce.part (id uuid primary key, product_id uuid constraint part_product_id_fkey references commerce.products (id))`,
    named: 'commerce.part.part_product_id_fkey: an index of the foreign key is missing',
    mend: '--sql "create index part_product_id_idx on commerce.part (product_id)"',
  },
  "a column's comment": {
    sql: 'comment on column commerce.products.sku is null',
    named: 'commerce.products.sku: a comment is missing',
    mend: `--sql "comment on column commerce.products.sku is 'The sku.'"`,
  },
  "a table's comment": {
    sql: 'comment on table commerce.products is null',
    named: 'commerce.products: a comment is missing',
    mend: `--sql "comment on table commerce.products is 'The products.'"`,
  },
  'a grant': {
    sql: 'revoke select (sku) on api.products from commerce_member, commerce_buyer, commerce_platform',
    named: 'commerce.products.sku: the grant by which members read the column of its view is missing',
    mend: 'grant_products_again --again policies/products.sql',
  },
};

t.test('nothing is missing, and nothing stale', async (t) => {
  await installer.query('begin');
  t.strictSame(await findMissing(installer, living), []);
  t.strictSame(await findStale(installer, living, migrations), []);
  t.strictSame(findUncarried(living, migrations), []);
  await installer.query('rollback');
});

t.test('however the planner reads the catalogue', async (t) => {
  const readings = ['nestloop', 'hashjoin', 'indexscan'];
  for (const way of readings) {
    await installer.query(
      `begin; analyze pg_attribute, pg_class, internal.audit_rule, internal.derived_column; set local enable_${way} = off`,
    );
    t.strictSame(await findStale(installer, living, migrations), [], `without ${way}`);
    await installer.query('rollback');
  }
});

for (const [name, { sql, named, mend }] of Object.entries(planted)) {
  t.test(`${name} is missed`, async (t) => {
    await installer.query(`begin; ${sql}`);
    const line = (await findMissing(installer, living)).find((found) => found.startsWith(named));
    t.match(line, `${named}; run: `);
    t.ok(line?.includes(mend), mend);
    await installer.query('rollback');
  });
}

t.test('a column of which triggers, rights and the log do not know is missed', async (t) => {
  await installer.query('begin; alter table commerce.products add column brand text');
  const found = await findStale(installer, living, migrations);
  t.match(found, [
    /^commerce\.products: its triggers, policies, rights or comments .*; run: npm run ccdb -- new make_commerce_products_again --again .*policies\/products\.sql$/,
  ]);
  t.equal(found.length, 1);
  await installer.query('rollback');
});

t.test('living text without a migration is missed, and a file that is gone', async (t) => {
  const [first, ...rest] = living;
  if (first === undefined) throw new Error('there are living files');
  const changed = [parseLivingFile(first.path, `-- changed\n${first.text}`), ...rest];
  t.match(findUncarried(changed, migrations), [
    `${first.path}: no migration carries its text; run: npm run ccdb -- new change_`,
  ]);
  t.match(findUncarried(rest, migrations), [
    `${first.path}: migrations carry it, but the file is gone; run:`,
  ]);
});
