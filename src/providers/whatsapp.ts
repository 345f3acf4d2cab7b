import type { AttachmentType, MessageType, TemplateStatus } from '../model/closed-sets.ts';
import type { Json, JsonObject, MessageAttachment } from '../model/json.ts';
import { listIn, objectIn, textIn, timeIn } from './body.ts';
import type { ProviderEvent } from './event.ts';

const media = new Set(['image', 'video', 'audio', 'document', 'sticker']);

/** What a message of each type says, beside its files. */
const contents: Record<
  string,
  (message: JsonObject) => { type: MessageType; text?: string | null; metadata?: JsonObject }
> = {
  text: (message) => ({ type: 'text', text: textIn(objectIn(message.text).body) }),
  contacts: (message) => ({ type: 'contact', metadata: { contacts: message.contacts } }),
  location: () => ({ type: 'location' }),
  button: (message) => ({
    type: 'interactive',
    text: textIn(objectIn(message.button).text),
    metadata: { button: message.button },
  }),
  interactive(message) {
    const answer = objectIn(message.interactive);
    const choice = objectIn(answer[textIn(answer.type) ?? '']);
    return { type: 'interactive', text: textIn(choice.title), metadata: { interactive: answer } };
  },
  order: (message) => ({
    type: 'order',
    text: textIn(objectIn(message.order).text),
    metadata: { order: message.order },
  }),
  system: (message) => ({
    type: 'system',
    text: textIn(objectIn(message.system).body),
    metadata: { system: message.system },
  }),
};

function attachmentsOf(message: JsonObject, type: string): MessageAttachment[] {
  const file = objectIn(message[type]);
  if (media.has(type)) {
    return [
      {
        fileType: type as AttachmentType,
        externalMediaId: textIn(file.id),
        mimeType: textIn(file.mime_type),
        fileName: textIn(file.filename),
        caption: textIn(file.caption),
      },
    ];
  }
  if (type !== 'location') return [];
  const [latitude, longitude] = [Number(file.latitude), Number(file.longitude)];
  return [
    { fileType: 'location', latitude, longitude, fileName: textIn(file.name), caption: textIn(file.address) },
  ];
}

/** Of a number's webhook: one message of a customer or, of the phone app, of the merchant. */
function messageEvent(
  message: JsonObject,
  account: string,
  names: ReadonlyMap<string, string | null>,
  direction: 'inbound' | 'outbound',
  isHistory = false,
): ProviderEvent {
  const type = textIn(message.type) ?? 'unsupported';
  const customer = textIn(direction === 'inbound' ? message.from : message.to) ?? '';
  const common = { channelType: 'whatsapp', externalAccountId: account } as const;
  const occurredAt = timeIn(message.timestamp, 'seconds');
  if (type === 'reaction') {
    const reaction = objectIn(message.reaction);
    return {
      kind: 'change',
      values: {
        ...common,
        kind: 'reaction',
        externalMessageId: textIn(reaction.message_id) ?? '',
        content: textIn(reaction.emoji),
        authorExternalId: textIn(message.from) ?? '',
        senderType: direction === 'inbound' ? 'customer' : 'merchant',
        occurredAt,
      },
    };
  }
  if (type === 'edit' || type === 'revoke') {
    const changed = objectIn(message[type]);
    return {
      kind: 'change',
      values: {
        ...common,
        kind: type === 'edit' ? 'edit' : 'deletion',
        externalMessageId: textIn(changed.original_message_id) ?? '',
        content: textIn(objectIn(objectIn(changed.message).text).body),
        occurredAt,
      },
    };
  }
  const attachments = attachmentsOf(message, type);
  const content = contents[type]?.(message) ?? {
    type: media.has(type) ? (type as MessageType) : 'unsupported',
    metadata: media.has(type) ? {} : { kind: type, errors: message.errors },
  };
  return {
    kind: 'message',
    values: {
      ...common,
      externalUserId: customer,
      externalMessageId: textIn(message.id) ?? '',
      message: content.text ?? '',
      messageType: content.type,
      metadata: JSON.parse(JSON.stringify(content.metadata ?? {})),
      attachments,
      replyToExternalId: textIn(objectIn(message.context).id),
      profileName: names.get(customer) ?? null,
      direction,
      isHistory,
      occurredAt,
    },
  };
}

function receiptEvent(status: JsonObject, account: string): ProviderEvent | null {
  const name = textIn(status.status);
  if (name !== 'sent' && name !== 'delivered' && name !== 'read' && name !== 'failed') return null;
  const [error] = listIn(status.errors);
  return {
    kind: 'receipt',
    values: {
      channelType: 'whatsapp',
      externalAccountId: account,
      externalMessageId: textIn(status.id) ?? '',
      status: name,
      occurredAt: timeIn(status.timestamp, 'seconds'),
      errorCode: textIn(error?.code),
      errorMessage: textIn(objectIn(error?.error_data).details) ?? textIn(error?.title),
    },
  };
}

const templateStates: Record<string, TemplateStatus> = {
  APPROVED: 'approved',
  REJECTED: 'rejected',
  PENDING: 'pending',
  PAUSED: 'paused',
  FLAGGED: 'approved',
  DISABLED: 'disabled',
  PENDING_DELETION: 'disabled',
  DELETED: 'disabled',
};

/**
 * What a webhook of the WhatsApp Cloud API reports (Meta's reference of the fields `messages`, `smb_message_echoes`
 * and `message_template_status_update`): messages of every type, reactions, edits, deletions, receipts, what was sent
 * from the phone app, and decisions about templates. Verify its signature first (`isSigned`). A template belongs to a
 * business account, which the body names by its id, and not to a number: `numbersOf` gives the `phone_number_id` of
 * each number of it that is connected. What the webhook reports besides is left out.
 */
export function readWhatsApp(
  body: Json,
  numbersOf: (businessAccountId: string) => readonly string[] = () => [],
): ProviderEvent[] {
  return listIn(objectIn(body).entry).flatMap((entry) =>
    listIn(entry.changes).flatMap((change): ProviderEvent[] => {
      const value = objectIn(change.value);
      const account = textIn(objectIn(value.metadata).phone_number_id) ?? '';
      const names = new Map(
        listIn(value.contacts).map((contact) => [
          textIn(contact.wa_id) ?? '',
          textIn(objectIn(contact.profile).name),
        ]),
      );
      switch (change.field) {
        case 'messages':
          return [
            ...listIn(value.messages).map((message) => messageEvent(message, account, names, 'inbound')),
            ...listIn(value.statuses).flatMap((status) => receiptEvent(status, account) ?? []),
          ];
        case 'smb_message_echoes':
          return listIn(value.message_echoes).map((message) =>
            messageEvent(message, account, names, 'outbound'),
          );
        case 'message_template_status_update':
          return numbersOf(textIn(entry.id) ?? '').map((number) => ({
            kind: 'template',
            values: {
              channelType: 'whatsapp',
              externalAccountId: number,
              name: textIn(value.message_template_name) ?? '',
              language: textIn(value.message_template_language) ?? '',
              externalTemplateId: textIn(value.message_template_id),
              status: templateStates[textIn(value.event) ?? ''] ?? null,
              rejectionReason: value.reason === 'NONE' ? null : textIn(value.reason),
              occurredAt: timeIn(entry.time, 'seconds'),
            },
          }));
        default:
          return [];
      }
    }),
  );
}
