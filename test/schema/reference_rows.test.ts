import t from 'tap';
import { createTestDatabase } from '../support/database.ts';

/** A merchant who moves to another database refers to rows of the platform there by the same keys. */
const db = await createTestDatabase(t, { template: 'empty' });

t.test("the platform's themes have the same ids in every database", async (t) => {
  const { rows } = await db.installer.query(
    'select name, id, tenant_key from commerce.storefront_theme where tenant_id is null order by name',
  );
  const tenant_key = '00000000-0000-0000-0000-000000000000';
  t.strictSame(rows, [
    { name: 'Clarity', id: '01a22246-2b68-7087-9c29-06ac24b5e700', tenant_key },
    { name: 'Market', id: '01a22246-2b69-7d83-9e27-df4f862d44fa', tenant_key },
  ]);
});

t.test('other reference rows are known by codes, which no database makes up', async (t) => {
  const { rows } = await db.installer.query(`
    select k.conrelid::regclass::text as name,
           (select string_agg(a.attname, ', ' order by a.attnum)
              from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey)) as key
      from pg_constraint k
     where k.contype = 'p' and k.conrelid in (
       'commerce.currency'::regclass, 'commerce.permission'::regclass, 'commerce.role_permission'::regclass,
       'commerce.subscription_plan'::regclass)
     order by 1`);
  t.strictSame(rows, [
    { name: 'commerce.currency', key: 'code' },
    { name: 'commerce.permission', key: 'code' },
    { name: 'commerce.role_permission', key: 'role, permission_code' },
    { name: 'commerce.subscription_plan', key: 'code' },
  ]);
});
