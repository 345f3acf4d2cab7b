import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { AwsClient } from 'aws4fetch';
import type { Test } from 'tap';
import { named } from '../functions/chat.ts';
import { addShopper, one, openShop, type Row, type Shop } from '../functions/shop.ts';
import type { TestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asVisitor, type Who } from '../support/session.ts';

/** An object storage, and the people of a shop who upload to it. */

export async function openStore(t: Test): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'files-'));
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'merchants' }],
  });
  const { port } = await server.run();
  t.teardown(async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });
  return `http://127.0.0.1:${port}/merchants`;
}

export const signer = (secretAccessKey = 'S3RVER') =>
  new AwsClient({ accessKeyId: 'S3RVER', secretAccessKey, service: 's3', region: 'us-east-1' });

export type As = typeof asBuyer;

export async function shopWithChat(db: TestDatabase): Promise<Shop & { chat: string }> {
  const shop = await openShop(db);
  const { id: chat } = await asMember(db, shop.owner, (tx) =>
    one(tx, `select id from api.connect_channel('web_chat', 'Chat', $1)`, [`chat of ${shop.account}`]),
  );
  return { ...shop, chat };
}

let calls = 0;
/** Calls a function of api that wants a key of its own; arguments by name, without `p_`. */
export const call = (
  db: TestDatabase,
  as: As,
  who: Who,
  name: string,
  args: Record<string, unknown>,
): Promise<Row> => {
  calls += 1;
  const [list, values] = named({ idempotency_key: `call ${calls}`, ...args });
  return as(db, who, (tx) => one(tx, `select * from api.${name}(${list})`, values));
};

export const write = (db: TestDatabase, as: As, who: Who, attachments: unknown, message = '') =>
  call(db, as, who, 'start_conversation', { message, attachments: JSON.stringify(attachments) });

export type Writer = Who & { as: As; threadId: string; customerId: string };

/** A shopper and a visitor who have written. */
export async function addWriters(
  db: TestDatabase,
  shop: Shop,
): Promise<{ shopper: Writer; visitor: Writer }> {
  calls += 1;
  const name = `writer ${calls}`;
  const begin = async (as: As, who: Who): Promise<Writer> => {
    const { thread_id: threadId, customer_id: customerId } = await write(db, as, who, [], 'Hello');
    return { ...who, as, threadId: String(threadId), customerId: String(customerId) };
  };
  return {
    shopper: await begin(asBuyer, await addShopper(db, shop, name)),
    visitor: await begin(asVisitor, { tenantId: shop.tenantId, subject: name }),
  };
}
