import type { AttachmentType, MessageType } from '../model/closed-sets.ts';
import type { Json, JsonObject, MessageAttachment } from '../model/json.ts';
import { listIn, objectIn, textIn, timeIn } from './body.ts';
import type { ProviderEvent } from './event.ts';

const fileTypes: Record<string, AttachmentType> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  file: 'document',
};

function attachmentOf(attachment: JsonObject): MessageAttachment[] {
  const payload = objectIn(attachment.payload);
  const fileType = payload.sticker_id === undefined ? fileTypes[textIn(attachment.type) ?? ''] : 'sticker';
  const url = textIn(payload.url);
  return fileType === undefined || url === null ? [] : [{ fileType, url }];
}

/** A message, or what became of one. `own` is the id of the application that sends for us: its echoes are ours already. */
function messagingEvent(
  event: JsonObject,
  channelType: 'facebook_messenger' | 'instagram',
  own: string,
): ProviderEvent[] {
  const message = objectIn(event.message);
  const isEcho = message.is_echo === true;
  const [from, to] = [textIn(objectIn(event.sender).id) ?? '', textIn(objectIn(event.recipient).id) ?? ''];
  const account = { channelType, externalAccountId: isEcho ? from : to } as const;
  const occurredAt = timeIn(event.timestamp, 'milliseconds');
  const reaction = objectIn(event.reaction);
  const edit = objectIn(event.message_edit);
  if (textIn(reaction.mid) !== null) {
    return [
      {
        kind: 'change',
        values: {
          ...account,
          kind: 'reaction',
          externalMessageId: textIn(reaction.mid) ?? '',
          content: reaction.action === 'unreact' ? '' : (textIn(reaction.emoji) ?? textIn(reaction.reaction)),
          authorExternalId: from,
          occurredAt,
        },
      },
    ];
  }
  if (textIn(edit.mid) !== null) {
    const values = { ...account, kind: 'edit', externalMessageId: textIn(edit.mid) ?? '' } as const;
    return [{ kind: 'change', values: { ...values, content: textIn(edit.text), occurredAt } }];
  }
  const mid = textIn(message.mid);
  if (mid === null || (isEcho && textIn(message.app_id) === own)) return [];
  if (message.is_deleted === true) {
    return [{ kind: 'change', values: { ...account, kind: 'deletion', externalMessageId: mid, occurredAt } }];
  }
  const attachments = listIn(message.attachments).flatMap(attachmentOf);
  const text = textIn(message.text) ?? '';
  const answer = objectIn(message.quick_reply);
  const messageType: MessageType =
    attachments[0]?.fileType ??
    (text === '' ? 'unsupported' : answer.payload === undefined ? 'text' : 'interactive');
  return [
    {
      kind: 'message',
      values: {
        ...account,
        externalUserId: isEcho ? to : from,
        externalMessageId: mid,
        message: text,
        messageType,
        metadata: answer.payload === undefined ? {} : { quickReply: answer.payload },
        attachments,
        replyToExternalId: textIn(objectIn(message.reply_to).mid),
        direction: isEcho ? 'outbound' : 'inbound',
        occurredAt,
      },
    },
  ];
}

/** Messenger names the messages that were delivered, and Instagram the one that was read. */
function receiptEvents(event: JsonObject, channelType: 'facebook_messenger' | 'instagram'): ProviderEvent[] {
  const delivered = objectIn(event.delivery).mids;
  const read = textIn(objectIn(event.read).mid);
  const receipt = (externalMessageId: string, status: 'delivered' | 'read'): ProviderEvent => ({
    kind: 'receipt',
    values: {
      channelType,
      externalAccountId: textIn(objectIn(event.recipient).id) ?? '',
      externalMessageId,
      status,
      occurredAt: timeIn(event.timestamp, 'milliseconds'),
    },
  });
  return [
    ...(Array.isArray(delivered) ? delivered.flatMap((mid: Json) => textIn(mid) ?? []) : []).map((mid) =>
      receipt(mid, 'delivered'),
    ),
    ...(read === null ? [] : [receipt(read, 'read')]),
  ];
}

/**
 * What a webhook of Messenger or Instagram reports (Meta's reference of `messages`, `message_echoes`,
 * `message_reactions`, `message_edits`, `message_deliveries`, `messaging_seen`): verify its signature first
 * (`isSigned`). `ownAppId` is the id of the application that sends for us. Messenger's read marks name a time and no
 * message, and are left out, as is what else the webhook reports.
 */
export function readMessenger(body: Json, ownAppId: string): ProviderEvent[] {
  const root = objectIn(body);
  const channelType = root.object === 'instagram' ? 'instagram' : 'facebook_messenger';
  return listIn(root.entry).flatMap((entry) =>
    listIn(entry.messaging).flatMap((event) => [
      ...messagingEvent(event, channelType, ownAppId),
      ...receiptEvents(event, channelType),
    ]),
  );
}
