import type { TestDatabase } from '../support/database.ts';
import { asMember } from '../support/session.ts';

/** A demo merchant with one open session for every request role. */
export type Person = {
  readonly name: string;
  readonly tenantId: string;
  readonly sessions: Readonly<Record<string, string>>;
};

/**
 * Two demo merchants. Sessions are opened as users get them; only the worker's, which lives for one
 * transaction, is written by the installer, with a life long enough to attack with.
 */
export async function demoPeople(db: TestDatabase): Promise<[Person, Person]> {
  const { rows } = await db.installer.query<{ id: string }>(
    `insert into commerce.users (tenant_id, is_system_admin, email) values (null, true, 'admin@platform.example') returning id`,
  );
  const adminId = rows[0]?.id;
  return [await person(db, 1, adminId), await person(db, 2, adminId)];
}

async function person(db: TestDatabase, number: number, adminId: string | undefined): Promise<Person> {
  const { rows } = await db.installer.query(
    `select t.id, t.name,
            (select m.user_id from commerce.team_members m where m.tenant_id = t.id and m.role = 'owner' limit 1) as owner_id,
            (select b.user_id
               from commerce.buyer_profile b
               join commerce.orders o on o.tenant_id = b.tenant_id and o.customer_id = b.id
               join commerce.conversation_thread c on c.tenant_id = o.tenant_id and c.id = o.thread_id
               join commerce.order_address a on a.tenant_id = o.tenant_id and a.order_id = o.id
              where b.tenant_id = t.id limit 1) as buyer_id
       from commerce.tenant t
      where t.domain = $1`,
    [`demo-${number}.example`],
  );
  const [tenant] = rows;
  const open = async (role: string, userId: string | null) =>
    (
      await db.auth.query('select session_id from internal.open_session($1, $2, $3)', [
        tenant.id,
        role,
        userId,
      ])
    ).rows[0].session_id;
  const platform = await db.auth.query(
    'select session_id from internal.open_platform_session($1, $2, $3, 30)',
    [adminId, tenant.id, 'isolation test of the policies'],
  );
  const worker = await db.installer.query(
    `insert into internal.session (tenant_id, role, permissions, expires_at)
     select $1, 'commerce_worker', array_agg(code), now() + interval '1 hour' from commerce.permission returning id`,
    [tenant.id],
  );
  // What the demo shops have none of: a theme and a file of their own.
  await asMember(db, { tenantId: tenant.id, userId: tenant.owner_id }, async (client) => {
    await client.query(`insert into api.storefront_theme (name) values ('Own')`);
    await client.query(
      `insert into api.storefront_asset (file_name, file_type, url) values ('logo.png', 'image', 'https://files.example/logo.png')`,
    );
  });
  return {
    name: tenant.name,
    tenantId: tenant.id,
    sessions: {
      commerce_member: await open('member', tenant.owner_id),
      commerce_buyer: await open('buyer', tenant.buyer_id),
      commerce_anonymous: await open('anonymous', null),
      commerce_platform: platform.rows[0].session_id,
      commerce_worker: worker.rows[0].id,
    },
  };
}
