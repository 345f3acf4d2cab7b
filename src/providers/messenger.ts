import type { AttachmentType, MessageType } from '../model/closed-sets.ts';
import type { Json, JsonObject, MessageAttachment } from '../model/json.ts';
import { listIn, objectIn, textIn, timeIn } from './body.ts';
import type { ProviderEvent } from './event.ts';

const fileTypes: Record<string, AttachmentType> = {
  image: 'image',
  video: 'video',
  reel: 'video',
  ig_reel: 'video',
  audio: 'audio',
  file: 'document',
  sticker: 'sticker',
};

function attachmentOf(attachment: JsonObject): MessageAttachment[] {
  const payload = objectIn(attachment.payload);
  const fileType = payload.sticker_id === undefined ? fileTypes[textIn(attachment.type) ?? ''] : 'sticker';
  const url = textIn(payload.url);
  return fileType === undefined || url === null ? [] : [{ fileType, url }];
}

/** Files, each once: a sticker may be listed as a picture as well. */
function attachmentsOf(attachments: readonly JsonObject[]): MessageAttachment[] {
  return [...new Map(attachments.flatMap(attachmentOf).map((file) => [file.url, file])).values()];
}

/** What a message is and carries besides its text. */
function contentOf(message: JsonObject): {
  messageType: MessageType;
  metadata: JsonObject;
  attachments: MessageAttachment[];
} {
  const parts = listIn(message.attachments);
  const attachments = attachmentsOf(parts);
  // Links and posts that were shared have no file of their own.
  const shared = parts.filter((part) => attachmentOf(part).length === 0);
  const answer = objectIn(message.quick_reply).payload;
  const { story } = objectIn(message.reply_to);
  const hasText = textIn(message.text) !== null;
  const isKnown = attachments.length > 0 || hasText;
  return {
    attachments,
    messageType:
      attachments[0]?.fileType ?? (!hasText ? 'unsupported' : answer === undefined ? 'text' : 'interactive'),
    metadata: {
      ...(!isKnown && { kind: textIn(shared[0]?.type) ?? 'unsupported' }),
      ...(answer !== undefined && { quickReply: answer }),
      ...(shared.length > 0 && { shared }),
      ...(story !== undefined && { story }),
      ...(message.referral !== undefined && { referral: message.referral }),
    },
  };
}

/** A message, or what became of one. `own` is the id of the application that sends for us: its echoes are ours already. */
function messagingEvent(
  event: JsonObject,
  page: string,
  channelType: 'facebook_messenger' | 'instagram',
  own: string,
): ProviderEvent[] {
  const message = objectIn(event.message);
  const [from, to] = [textIn(objectIn(event.sender).id) ?? '', textIn(objectIn(event.recipient).id) ?? ''];
  const isOurs = message.is_echo === true || (page !== '' && from === page);
  const account = { channelType, externalAccountId: isOurs ? from : to } as const;
  const occurredAt = timeIn(event.timestamp, 'milliseconds');
  const reaction = objectIn(event.reaction);
  const edit = objectIn(event.message_edit);
  const postback = objectIn(event.postback);
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
          senderType: isOurs ? 'merchant' : 'customer',
          occurredAt,
        },
      },
    ];
  }
  if (textIn(edit.mid) !== null) {
    const values = { ...account, kind: 'edit', externalMessageId: textIn(edit.mid) ?? '' } as const;
    return [{ kind: 'change', values: { ...values, content: textIn(edit.text), occurredAt } }];
  }
  const common = {
    ...account,
    externalUserId: isOurs ? to : from,
    direction: isOurs ? 'outbound' : 'inbound',
    occurredAt,
  } as const;
  if (textIn(postback.mid) !== null) {
    return [
      {
        kind: 'message',
        values: {
          ...common,
          externalMessageId: textIn(postback.mid) ?? '',
          message: textIn(postback.title) ?? '',
          messageType: 'interactive',
          metadata: { postback },
        },
      },
    ];
  }
  const mid = textIn(message.mid);
  if (mid === null) return [];
  if (isOurs && textIn(message.app_id) === own) {
    // It is in our queue; the echo says when the provider took it, by the clock of its read marks.
    return [{ kind: 'receipt', values: { ...account, externalMessageId: mid, status: 'sent', occurredAt } }];
  }
  if (message.is_deleted === true) {
    return [{ kind: 'change', values: { ...account, kind: 'deletion', externalMessageId: mid, occurredAt } }];
  }
  return [
    {
      kind: 'message',
      values: {
        ...common,
        externalMessageId: mid,
        message: textIn(message.text) ?? '',
        ...contentOf(message),
        replyToExternalId: textIn(objectIn(message.reply_to).mid),
      },
    },
  ];
}

/** Instagram names the message that was read; Messenger the time up to which all were, and some that were delivered. */
function receiptEvents(event: JsonObject, channelType: 'facebook_messenger' | 'instagram'): ProviderEvent[] {
  const account = { channelType, externalAccountId: textIn(objectIn(event.recipient).id) ?? '' } as const;
  const person = textIn(objectIn(event.sender).id) ?? '';
  const of = (status: 'delivered' | 'read', mids: Json[], watermark: Json | undefined): ProviderEvent[] => {
    const sentUntil = textIn(watermark) === '0' ? null : timeIn(watermark, 'milliseconds');
    const occurredAt = timeIn(event.timestamp, 'milliseconds') ?? sentUntil;
    return [
      ...mids
        .flatMap((mid) => textIn(mid) ?? [])
        .map((mid): ProviderEvent => {
          const values = { ...account, externalMessageId: mid, status, occurredAt };
          return { kind: 'receipt', values };
        }),
      ...(sentUntil === null
        ? []
        : [
            {
              kind: 'receipts' as const,
              values: { ...account, externalUserId: person, status, sentUntil, occurredAt },
            },
          ]),
    ];
  };
  const [delivery, read] = [objectIn(event.delivery), objectIn(event.read)];
  return [
    ...of('delivered', Array.isArray(delivery.mids) ? [...delivery.mids] : [], delivery.watermark),
    ...of('read', [read.mid ?? null], read.watermark),
  ];
}

/**
 * What a webhook of Messenger or Instagram reports (Meta's reference of `messages`, `message_echoes`,
 * `message_reactions`, `message_edits`, `messaging_postbacks`, `message_deliveries`, `message_reads`, `messaging_seen`): verify
 * its signature first (`isSigned`). `ownAppId` is the id of the application that sends for us: its echoes tell when a
 * message of the queue was sent. What else the webhook reports is left out.
 */
export function readMessenger(body: Json, ownAppId: string): ProviderEvent[] {
  const root = objectIn(body);
  const channelType = root.object === 'instagram' ? 'instagram' : 'facebook_messenger';
  return listIn(root.entry).flatMap((entry) =>
    // What comes while another application answers stands under standby.
    [...listIn(entry.messaging), ...listIn(entry.standby)].flatMap((event) => [
      ...messagingEvent(event, textIn(entry.id) ?? '', channelType, ownAppId),
      ...receiptEvents(event, channelType),
    ]),
  );
}
