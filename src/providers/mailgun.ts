import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AttachmentType } from '../model/closed-sets.ts';
import type { Json, JsonObject, MessageAttachment } from '../model/json.ts';
import { listIn, objectIn, textIn, timeIn } from './body.ts';
import type { ProviderEvent } from './event.ts';

/** The address in `Ann <ann@example.org>`. */
function addressIn(value: Json | undefined): string {
  const text = textIn(value) ?? '';
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
}

/** A message id without its brackets, as Mailgun's events have it. */
const idIn = (value: Json | undefined): string | null => textIn(value)?.trim().replace(/^<|>$/g, '') || null;

/** A form's field may hold JSON. */
function jsonIn(value: Json | undefined): Json {
  try {
    return typeof value === 'string' ? JSON.parse(value) : (value ?? null);
  } catch {
    return null;
  }
}

function attachmentOf(file: JsonObject): MessageAttachment[] {
  const url = textIn(file.url);
  const mimeType = textIn(file['content-type']);
  const [kind = ''] = mimeType?.split('/') ?? [];
  const fileType: AttachmentType =
    kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document';
  const size = Number(textIn(file.size) ?? Number.NaN);
  return url === null
    ? []
    : [
        {
          fileType,
          url,
          mimeType,
          fileName: textIn(file.name),
          sizeBytes: Number.isInteger(size) ? size : null,
        },
      ];
}

const mostBytes = 65_536;

/** The beginning of a text that is longer than a message may be, without a character that was cut in two. */
const beginningOf = (text: string): string =>
  Buffer.byteLength(text) <= mostBytes
    ? text
    : new TextDecoder().decode(Buffer.from(text).subarray(0, mostBytes), { stream: true });

/** A mail that a route has stored: the fields of its form. The subject is kept in metadata. */
function mailEvent(form: JsonObject): ProviderEvent[] {
  const messageId = idIn(form['Message-Id']);
  const recipient = addressIn(form.recipient);
  if (messageId === null || recipient === '') return [];
  const attachments = listIn(jsonIn(form.attachments)).flatMap(attachmentOf);
  const subject = textIn(form.subject);
  // Without what the mail quotes of the one that it answers.
  const whole = (textIn(form['stripped-text']) ?? textIn(form['body-plain']) ?? '').trim();
  const text = beginningOf(whole);
  const [, name] = /^\s*"?([^"<]*?)"?\s*</.exec(textIn(form.from) ?? '') ?? [];
  return [
    {
      kind: 'message',
      values: {
        channelType: 'email',
        externalAccountId: recipient,
        externalUserId: addressIn(form.from) || addressIn(form.sender),
        externalMessageId: messageId,
        message: text || (attachments.length > 0 ? '' : (subject ?? '')),
        messageType: attachments[0]?.fileType ?? (text === '' && subject === null ? 'unsupported' : 'text'),
        metadata: { ...(subject !== null && { subject }), ...(text !== whole && { isCut: true }) },
        attachments,
        replyToExternalId: idIn(form['In-Reply-To']),
        profileName: name || null,
        occurredAt: timeIn(form.timestamp, 'seconds'),
      },
    },
  ];
}

const states = {
  accepted: 'sent',
  delivered: 'delivered',
  opened: 'read',
  rejected: 'failed',
  failed: 'failed',
} as const;

/** What became of a mail that was sent. One that is to be tried again has not failed yet. */
function receiptEvent(event: JsonObject): ProviderEvent[] {
  const name = textIn(event.event) ?? '';
  const status = Object.hasOwn(states, name) ? states[name as keyof typeof states] : undefined;
  const headers = objectIn(objectIn(event.message).headers);
  const messageId = idIn(headers['message-id']);
  if (status === undefined || messageId === null || event.severity === 'temporary') return [];
  const outcome = objectIn(event['delivery-status']);
  return [
    {
      kind: 'receipt',
      values: {
        channelType: 'email',
        externalAccountId: addressIn(headers.from),
        externalMessageId: messageId,
        status,
        occurredAt: timeIn(event.timestamp, 'seconds'),
        ...(status === 'failed' && {
          errorCode: textIn(outcome.code) ?? textIn(event.reason),
          errorMessage: textIn(outcome.message) ?? textIn(outcome.description),
        }),
      },
    },
  ];
}

/**
 * What a webhook of Mailgun reports: a mail that a route stores (the fields of its form, as an object), or an event of a
 * mail that was sent. Verify it first (`isSignedByMailgun`). The channel's account is the address that customers write
 * to, in lower case. What the webhook reports besides is left out.
 */
export function readMailgun(body: Json): ProviderEvent[] {
  const root = objectIn(body);
  const event = root['event-data'];
  return event === undefined ? mailEvent(root) : receiptEvent(objectIn(event));
}

/**
 * Whether a webhook of Mailgun was signed with the account's webhook signing key: the HMAC-SHA256 of its timestamp and
 * token, which stand in its body. Mailgun signs no more than these, so take each token once, and none that is older than
 * `maxAgeSeconds` (15 minutes unless given).
 */
export function isSignedByMailgun(body: Json, signingKey: string, maxAgeSeconds = 900): boolean {
  const root = objectIn(body);
  // Events have an object of their own for it, and mails three fields.
  const signed = typeof root.signature === 'object' ? objectIn(root.signature) : root;
  const [timestamp, token, given] = [signed.timestamp, signed.token, signed.signature].map((each) =>
    textIn(each),
  );
  if (timestamp == null || token == null || given == null) return false;
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  const expected = Buffer.from(
    createHmac('sha256', signingKey)
      .update(timestamp + token)
      .digest('hex'),
  );
  const found = Buffer.from(given);
  return age <= maxAgeSeconds && found.length === expected.length && timingSafeEqual(found, expected);
}
