import type { TestDatabase } from './database.ts';
import { asMember, asWorker, type Who } from './session.ts';

/** A small tenant with its owner, who also sells. */
export type TestTenant = { tenantId: string; sellerId: string; owner: Who };

/** A tenant with nothing but what provision_tenant makes; the label tells it from others. */
export async function provisionTenant(db: TestDatabase, label: string): Promise<TestTenant> {
  const subject = `${label}-owner`;
  const tenantId = await asWorker(db, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select internal.provision_tenant($1, $2, $3, $4, 'GB', 'GBP', 'en', 'enterprise', $1) as id`,
      [label, `${label}.example`, `owner@${label}.example`, subject],
    );
    return rows[0]?.id ?? '';
  });
  return asMember(db, { tenantId, subject }, async (client) => {
    const { rows } = await client.query<{ user_id: string; seller_id: string }>(
      `select m.user_id, s.id as seller_id
         from api.my_tenants() as m, api.seller_profile as s
        where m.tenant_id = $1 and s.tenant_id = $1`,
      [tenantId],
    );
    const [found] = rows;
    if (found === undefined) throw new Error(`tenant ${label} has no owner who sells`);
    return { tenantId, sellerId: found.seller_id, owner: { tenantId, userId: found.user_id, subject } };
  });
}

/** Two of them: ours, and the one that must not be touched. */
export async function demoTenants(db: TestDatabase): Promise<[ours: TestTenant, theirs: TestTenant]> {
  return [await provisionTenant(db, 'ours'), await provisionTenant(db, 'theirs')];
}
