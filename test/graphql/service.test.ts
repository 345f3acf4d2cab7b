import t from 'tap';
import { signToken } from '../../src/operations/token.ts';
import { bearer, client, codeOf, jwtSecret, setStage } from './support.ts';

/** A bot with a token of its own. */
const { db, server, ours } = await setStage(t);

t.test('a service writes as itself, and stands back where a person answers', async (t) => {
  const made = await ours.ask(`mutation {
    createService(input: { name: "Order bot", subject: "bot" }) { teamMember { role user { rowId displayName } } }
  }`);
  t.match(made, {
    errors: undefined,
    data: { createService: { teamMember: { role: 'service', user: { displayName: 'Order bot' } } } },
  });
  const ask = client(
    server.url,
    bearer(await signToken({ role: 'member', tenantId: ours.tenantId, subject: 'bot' }, jwtSecret, '1h')),
  );
  const { rows } = await db.installer.query<{ id: string; version: number }>(
    `select id, version from commerce.conversation_thread
      where tenant_id = $1 and status = 'open' and assigned_member_id is null limit 1`,
    [ours.tenantId],
  );
  const [{ id: thread, version }] = rows as [(typeof rows)[number]];
  await db.installer.query(
    `update commerce.conversation_thread set last_inbound_at = now(), reply_window_ends_at = now() + interval '1 day'
      where id = $1`,
    [thread],
  );
  const write = (key: string) =>
    ask(
      `mutation ($thread: UUID!, $key: String!) {
         queueMessage(input: { threadId: $thread, text: "Hello", idempotencyKey: $key }) {
           message { senderType sender { displayName } }
         }
       }`,
      { thread, key },
    );
  t.match(await write('one'), {
    errors: undefined,
    data: { queueMessage: { message: { senderType: 'bot' } } },
  });
  const assigned = await ours.ask(
    `mutation ($thread: UUID!, $version: Int!, $member: UUID!) {
       assignThread(input: { threadId: $thread, expectedVersion: $version, memberId: $member }) {
         conversationThread { status }
       }
     }`,
    {
      thread,
      version,
      member: (
        await db.installer.query(
          `select id from commerce.team_members where tenant_id = $1 and role = 'owner' and is_active limit 1`,
          [ours.tenantId],
        )
      ).rows[0].id,
    },
  );
  t.match(assigned, { errors: undefined });
  const held = await write('two');
  t.equal(codeOf(held), 'FORBIDDEN');
  t.match(held.errors?.[0], {
    message: 'a person answers in this thread',
    extensions: { field: 'threadId' },
  });
});
