import type { Test } from 'tap';
import { createDatabase, type Database, type DatabaseOptions } from '../../src/index.ts';
import { createTestDatabase, type Template, type TestDatabase } from '../support/database.ts';

/** The package as a backend uses it, on a copy of a template; `scene` is for setting the scene and looking after. */
export async function openPackage(
  t: Test,
  { template, ...options }: { template?: Template } & Partial<DatabaseOptions> = {},
): Promise<{ db: Database; scene: TestDatabase }> {
  const scene = await createTestDatabase(t, template === undefined ? {} : { template });
  const db = connect(scene, options);
  t.teardown(() => db.close());
  return { db, scene };
}

/** Another process of the same backend. */
export function connect({ urls }: TestDatabase, options: Partial<DatabaseOptions> = {}): Database {
  return createDatabase({
    connectionString: urls.DATABASE_API_URL,
    authConnectionString: urls.DATABASE_AUTH_URL,
    workerConnectionString: urls.DATABASE_WORKER_URL,
    ...options,
  });
}

/** A demo merchant of the template 'demo' and the owner's identity. */
export async function demoTenant({ installer }: TestDatabase, number: 1 | 2) {
  const { rows } = await installer.query<{ tenantId: string; sellerId: string }>(
    `select t.id as "tenantId", s.id as "sellerId"
       from commerce.tenant as t
       join commerce.team_members as m on m.tenant_id = t.id and m.role = 'owner'
       join commerce.seller_profile as s on s.tenant_id = t.id and s.user_id = m.user_id
      where t.domain = $1`,
    [`demo-${number}.example`],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`demo merchant ${number} is missing`);
  const { tenantId } = found;
  return {
    ...found,
    owner: { tenantId, subject: `demo-owner-${number}`, role: 'member' as const },
    buyer: { tenantId, subject: `demo-buyer-${number}`, role: 'buyer' as const },
  };
}

/** The only row, which is there. */
export function only<T>(rows: readonly T[]): T;
export function only<T extends object>(row: T | null): T;
export function only<T extends object>(found: readonly T[] | T | null): T {
  const rows = Array.isArray(found) ? (found as T[]) : found === null ? [] : [found as T];
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} rows instead of one`);
  return row;
}
