import type pg from 'pg';
import { ofLogin } from './errors.ts';
import { ask } from './pool.ts';

/** The tenant whose storefront is at the host. Throws a CommerceError: NOT_FOUND when no tenant has it. */
export async function resolveTenant(auth: pg.Pool, host: string): Promise<string> {
  type Row = { tenant_id: string };
  const asked = ask<Row>(auth, 'select tenant_id from internal.resolve_tenant($1)', [host]);
  const [row] = (await asked.catch((error: unknown) => {
    throw ofLogin(error);
  })) as [Row];
  return row.tenant_id;
}
