import type { AttachmentType, MessageType, TemplateCategory, TemplateStatus } from '../model/closed-sets.ts';
import type { Json, JsonObject, MessageAttachment } from '../model/json.ts';
import { listIn, objectIn, textIn, timeIn } from './body.ts';
import type { ProviderEvent } from './event.ts';

const isNumber = (id: string) => /^[+]?[0-9]+$/.test(id);

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
    return {
      type: 'interactive',
      // A form that was filled in has a body where a choice has a title.
      text: textIn(choice.title) ?? textIn(choice.body),
      metadata: { interactive: answer },
    };
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

/** WhatsApp writes digests in base64. */
function digestIn(value: Json | undefined): string | null {
  const digest = Buffer.from(textIn(value) ?? '', 'base64');
  return digest.length === 32 ? digest.toString('hex') : null;
}

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
        sha256: digestIn(file.sha256),
      },
    ];
  }
  if (type !== 'location') return [];
  const [latitude, longitude] = [Number(file.latitude), Number(file.longitude)];
  return [
    { fileType: 'location', latitude, longitude, fileName: textIn(file.name), caption: textIn(file.address) },
  ];
}

/** What a message was changed to: its text or, of a file, the words below it. */
function editedText(changed: JsonObject): string | null {
  const message = objectIn(changed.message);
  return textIn(objectIn(message.text).body) ?? textIn(objectIn(message[textIn(message.type) ?? '']).caption);
}

/** What a customer came from: an advertisement, or a product of the catalogue. */
function originOf(message: JsonObject): JsonObject {
  const { referral } = message;
  const { referred_product: referredProduct } = objectIn(message.context);
  return {
    ...(referral !== undefined && { referral }),
    ...(referredProduct !== undefined && { referredProduct }),
  };
}

/** Who writes, as the webhook lists them: by number, by user id, or by both. */
type Contacts = readonly { readonly ids: readonly string[]; readonly name: string | null }[];

function contactsIn(value: JsonObject): Contacts {
  return listIn(value.contacts).map((contact) => ({
    ids: [textIn(contact.wa_id), textIn(contact.user_id)].filter((id) => id !== null),
    name: textIn(objectIn(contact.profile).name),
  }));
}

type MessageSource = {
  readonly account: string;
  readonly contacts: Contacts;
  readonly direction: 'inbound' | 'outbound';
  readonly isHistory?: boolean;
};

/** The ids of a person in a message, the number first: those that it names, and those of its contact. */
function idsOf(message: JsonObject, side: 'from' | 'to', contacts: Contacts): string[] {
  const number = textIn(message[side]);
  const userId = textIn(message[`${side}_user_id`]);
  const contact = contacts.find(({ ids }) => [number, userId].some((id) => id !== null && ids.includes(id)));
  const known = [number, userId, ...(contact?.ids ?? [])].filter((id) => id !== null);
  return [...new Set(known)].sort((a, b) => Number(isNumber(b)) - Number(isNumber(a)));
}

/** Of a number's webhook: one message of a customer or, of the phone app, of the merchant. */
function messageEvent(
  message: JsonObject,
  { account, contacts, direction, isHistory = false }: MessageSource,
): ProviderEvent {
  const type = textIn(message.type) ?? 'unsupported';
  // Who hides the number has only a user id. Where both are known, the number comes first.
  const [author = '', ...authorIds] = idsOf(message, 'from', contacts);
  const group = textIn(message.group_id);
  const [person = '', ...otherUserIds] =
    direction === 'inbound' ? [author, ...authorIds] : idsOf(message, 'to', contacts);
  const nameOf = (id: string) => contacts.find(({ ids }) => ids.includes(id))?.name ?? null;
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
        authorExternalId: author,
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
        content: editedText(changed),
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
      externalUserId: group ?? person,
      externalMessageId: textIn(message.id) ?? '',
      message: content.text ?? '',
      messageType: content.type,
      metadata: JSON.parse(JSON.stringify({ ...content.metadata, ...originOf(message) })),
      attachments,
      replyToExternalId: textIn(objectIn(message.context).id),
      ...(group === null
        ? { profileName: nameOf(person), otherUserIds }
        : { profileName: null, authorExternalId: author, authorName: nameOf(author) }),
      direction,
      isHistory,
      occurredAt,
    },
  };
}

const receiptStates = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  // A recording that was listened to.
  played: 'read',
  failed: 'failed',
} as const;

function receiptEvent(status: JsonObject, account: string): ProviderEvent | null {
  const name = textIn(status.status)?.toLowerCase() ?? '';
  if (!Object.hasOwn(receiptStates, name)) return null;
  const [error] = listIn(status.errors);
  return {
    kind: 'receipt',
    values: {
      channelType: 'whatsapp',
      externalAccountId: account,
      externalMessageId: textIn(status.id) ?? '',
      status: receiptStates[name as keyof typeof receiptStates],
      occurredAt: timeIn(status.timestamp, 'seconds'),
      errorCode: textIn(error?.code),
      errorMessage: textIn(objectIn(error?.error_data).details) ?? textIn(error?.title),
    },
  };
}

/** What was said before the account was connected. Of what the merchant sent, how far it had come as well. */
function historyEvents(thread: JsonObject, account: string): ProviderEvent[] {
  const customer = textIn(thread.id) ?? '';
  return listIn(thread.messages).flatMap((message) => {
    const direction = textIn(message.from) === customer ? 'inbound' : 'outbound';
    const source = { account, contacts: [], direction, isHistory: true } as const;
    const { status } = objectIn(message.history_context);
    const receipt = direction === 'outbound' && receiptEvent({ ...message, status }, account);
    return [messageEvent({ ...message, to: customer }, source), ...(receipt ? [receipt] : [])];
  });
}

// Other events (an appeal, a limit that is reached) leave the decision as it is.
const templateStates: Record<string, TemplateStatus> = {
  APPROVED: 'approved',
  REINSTATED: 'approved',
  REJECTED: 'rejected',
  PENDING: 'pending',
  PAUSED: 'paused',
  FLAGGED: 'approved',
  DISABLED: 'disabled',
  ARCHIVED: 'disabled',
  PENDING_DELETION: 'disabled',
  DELETED: 'disabled',
};

const templateCategories: Record<string, TemplateCategory> = {
  MARKETING: 'marketing',
  UTILITY: 'utility',
  AUTHENTICATION: 'authentication',
};

/** The reason in a word and, where the provider gives one, the explanation. */
function rejectionReason(value: JsonObject): string | null {
  const reason = textIn(value.reason);
  const explanation =
    textIn(objectIn(value.rejection_info).reason) ?? textIn(objectIn(value.other_info).description);
  return [reason === 'NONE' ? null : reason, explanation].filter((each) => each !== null).join(': ') || null;
}

/** What a webhook says about a template, for one of the numbers that may use it. */
function templateEvent(value: JsonObject, account: string, time: Json | undefined): ProviderEvent {
  const category = textIn(value.message_template_category) ?? textIn(value.new_category);
  return {
    kind: 'template',
    values: {
      channelType: 'whatsapp',
      externalAccountId: account,
      name: textIn(value.message_template_name) ?? '',
      language: textIn(value.message_template_language) ?? '',
      externalTemplateId: textIn(value.message_template_id),
      status: templateStates[textIn(value.event) ?? ''] ?? null,
      category: templateCategories[category ?? ''] ?? null,
      body: textIn(value.message_template_element),
      rejectionReason: rejectionReason(value),
      occurredAt: timeIn(time, 'seconds'),
    },
  };
}

/**
 * What a webhook of the WhatsApp Cloud API reports (Meta's reference of the fields `messages`, `smb_message_echoes`,
 * `history` and of those about templates: `message_template_status_update`, `message_template_components_update`,
 * `template_category_update`): messages of every type, also in groups, reactions, edits, deletions, receipts, what was
 * sent from the phone app, what was said before the number was connected, and decisions about templates. Verify its
 * signature first (`isSigned`). A template belongs to a business account, which the body names by its id, and not to a
 * number: `numbersOf` gives the `phone_number_id` of each number of it that is connected. What the webhook reports
 * besides is left out.
 */
export function readWhatsApp(
  body: Json,
  numbersOf: (businessAccountId: string) => readonly string[] = () => [],
): ProviderEvent[] {
  return listIn(objectIn(body).entry).flatMap((entry) =>
    listIn(entry.changes).flatMap((change): ProviderEvent[] => {
      const value = objectIn(change.value);
      const account = textIn(objectIn(value.metadata).phone_number_id) ?? '';
      const contacts = contactsIn(value);
      switch (change.field) {
        case 'messages':
          return [
            ...listIn(value.messages).map((message) =>
              messageEvent(message, { account, contacts, direction: 'inbound' }),
            ),
            ...listIn(value.statuses).flatMap((status) => receiptEvent(status, account) ?? []),
          ];
        case 'smb_message_echoes':
          return listIn(value.message_echoes).map((message) =>
            messageEvent(message, { account, contacts, direction: 'outbound' }),
          );
        case 'history':
          return [
            ...listIn(value.history).flatMap((part) =>
              listIn(part.threads).flatMap((thread) => historyEvents(thread, account)),
            ),
            // The files of earlier messages follow by themselves; what the merchant sent names its recipient.
            ...listIn(value.messages).map((message) =>
              messageEvent(message, {
                account,
                contacts,
                direction: textIn(message.to) === null ? 'inbound' : 'outbound',
                isHistory: true,
              }),
            ),
          ];
        case 'message_template_status_update':
        case 'message_template_components_update':
        case 'template_category_update':
          return numbersOf(textIn(entry.id) ?? '').map((number) => templateEvent(value, number, entry.time));
        default:
          return [];
      }
    }),
  );
}
