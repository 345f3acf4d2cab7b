import type { Json, JsonObject } from '../model/json.ts';
import { listIn, objectIn, textIn } from './body.ts';
import type { ProviderEvent } from './event.ts';

const kinds = ['message', 'change', 'receipt', 'receipts', 'template'] as const;

/** Times are written as ISO 8601, or as milliseconds since 1970; what is neither is refused when it is recorded. */
function withTimes(values: JsonObject): JsonObject & { occurredAt?: Date | null; sentUntil?: Date | null } {
  const { occurredAt = null, sentUntil = null } = values;
  const [time, until] = [occurredAt, sentUntil].map((each) =>
    each === null ? null : new Date(each as string | number),
  );
  return { ...values, occurredAt: time, ...(until != null && { sentUntil: until }) } as never;
}

/**
 * What a webhook of any other tool reports, in a form of our own, for channels that have no adapter (Telegram, SMS, an
 * own gateway): `{ "events": [{ "kind": "message", "channelType": "telegram", … }] }`, each event with the parameters of
 * `receiveMessage`, `recordMessageChange` (whose `kind` is called `change` here), `recordReceipt`, `recordReceipts` (of
 * all messages up to `sentUntil`) or `recordTemplate`, and times in ISO 8601. Verify its signature first (`isSigned`).
 * Events of another kind, and those that name no account, are left out; what is wrong in the others, `recordEvents`
 * refuses (INVALID_INPUT with the field).
 */
export function readGeneric(body: Json): ProviderEvent[] {
  return listIn(objectIn(body).events).flatMap(({ kind, ...values }): ProviderEvent[] => {
    const known = kinds.find((each) => each === kind);
    if (known === undefined || textIn(values.externalAccountId) === null) return [];
    // What happens to a message is named by "change", as "kind" says that it is a change.
    const { change, ...rest } = values;
    const named = known === 'change' ? { ...rest, kind: change } : values;
    return [{ kind: known, values: withTimes(named) } as unknown as ProviderEvent];
  });
}
