import type { TestDatabase } from './database.ts';

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
            (select u.id from commerce.users u where u.tenant_id = t.id and u.auth_subject = $2) as buyer_id
       from commerce.tenant t
      where t.domain = $1`,
    [`demo-${number}.example`, `demo-buyer-${number}`],
  );
  const [tenant] = rows;
  const open = async (role: string, userId: string | null, subject: string | null = null) =>
    (
      await db.auth.query('select session_id from internal.open_session($1, $2, $3, $4)', [
        tenant.id,
        role,
        userId,
        subject,
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
  return {
    name: tenant.name,
    tenantId: tenant.id,
    sessions: {
      commerce_member: await open('member', tenant.owner_id),
      commerce_buyer: await open('buyer', tenant.buyer_id),
      commerce_anonymous: await open('anonymous', null, 'visitor'),
      commerce_platform: platform.rows[0].session_id,
      commerce_worker: worker.rows[0].id,
    },
  };
}
