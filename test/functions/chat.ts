import type pg from 'pg';
import type { TestDatabase } from '../support/database.ts';
import { asMember, asRole, asWorker, type Who } from '../support/session.ts';
import { one, type Row, type Shop } from './shop.ts';

type Outgoing = { key: string; [argument: string]: unknown };

/** `p_name => $n` for each argument, and the values. */
export function named(args: Record<string, unknown>): [list: string, values: unknown[]] {
  return [
    Object.keys(args)
      .map((name, i) => `p_${name} => $${i + 1}`)
      .join(', '),
    Object.values(args),
  ];
}

/** Queues a message as a member; arguments by name, without `p_`. */
export function queue(
  db: TestDatabase,
  who: Who,
  threadId: string | null,
  { key, ...rest }: Outgoing,
): Promise<Row> {
  const [list, values] = named({ thread_id: threadId, idempotency_key: key, message: 'Good day', ...rest });
  return asMember(db, who, (client) => one(client, `select * from api.queue_message(${list})`, values));
}

export type Claimed = { message_id: string; message: string; attempt: number; [column: string]: unknown };

/** What a sender gets, on one of its own connections if it has some. */
export async function claim(
  db: TestDatabase,
  tenantId: string,
  {
    worker = 'sender',
    batch = 100,
    pool = db.worker,
  }: { worker?: string; batch?: number; pool?: pg.Pool } = {},
): Promise<Claimed[]> {
  return asRole(pool, 'commerce_worker', '', async (client) => {
    const { rows } = await client.query<Claimed>('select * from internal.claim_messages($1, $2, $3)', [
      tenantId,
      worker,
      batch,
    ]);
    return rows;
  });
}

/** Whose message it is; null for one that there is not. */
export async function tenantOf(db: TestDatabase, messageId: unknown): Promise<string | null> {
  const { rows } = await db.installer.query<{ id: string }>(
    'select tenant_id as id from commerce.conversation_history where id = $1',
    [messageId],
  );
  return rows[0]?.id ?? null;
}

export const markSent = (db: TestDatabase, messageId: string | null, externalId: string | null) =>
  asWorker(
    db,
    async (client) =>
      (
        await one<{ status: string }>(client, 'select internal.mark_sent($1, $2, $3) as status', [
          await tenantOf(db, messageId),
          messageId,
          externalId,
        ])
      ).status,
  );

/** A member of the team with this role, who logs in by the role's name. */
export async function addMember(db: TestDatabase, { tenantId }: Shop, role: string): Promise<Who & Row> {
  const member = await one(
    db.installer,
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id)
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, $2 from person returning *`,
    [tenantId, role],
  );
  return { ...member, tenantId, subject: role };
}

/** A template that the shop's provider has approved. */
export const approve = (db: TestDatabase, shop: Shop, name: string, language = 'en', status = 'approved') =>
  asWorker(db, (client) =>
    one(client, `select * from internal.record_template('whatsapp', $1, $2, $3, $4)`, [
      shop.account,
      name,
      language,
      status,
    ]),
  );
