import type { Json, JsonObject, MessageAttachment } from '../model/json.ts';
import type { ClaimMessagesResult } from '../queries/conversation_history.ts';
import { listIn, objectIn, textIn } from './body.ts';

/** What the sender asks the provider: the path below the provider's address, and the body, as JSON or, for Mailgun, as a form. */
export type OutgoingRequest = { readonly path: string; readonly body: JsonObject };

/** Gives the address under which the provider may fetch a file of the merchant's own store. */
export type LinkOf = (storageKey: string) => string;

const noLink: LinkOf = (storageKey) => {
  throw new Error(`no link for the stored file ${storageKey}`);
};

/** The values of a template, in their order or by name. */
function variablesOf(message: ClaimMessagesResult): { name?: string; text: string }[] {
  const { variables = [] } = objectIn(message.metadata);
  if (Array.isArray(variables)) return variables.map((value: Json) => ({ text: textIn(value) ?? '' }));
  return Object.entries(objectIn(variables)).map(([name, value]) => ({ name, text: textIn(value) ?? '' }));
}

const linkIn = ({ url, storageKey }: MessageAttachment, linkOf: LinkOf): string | null =>
  url ?? (storageKey == null ? null : linkOf(storageKey));

function whatsAppContent(message: ClaimMessagesResult, linkOf: LinkOf): JsonObject {
  const { messageType: type, attachments } = message;
  const metadata = objectIn(message.metadata);
  const [file] = attachments;
  if (message.templateName !== null) {
    const parameters = variablesOf(message).map(({ name, text }) => ({
      type: 'text',
      ...(name !== undefined && { parameter_name: name }),
      text,
    }));
    const template = {
      name: message.templateName,
      language: { code: (message.language ?? 'en').replace('-', '_') },
      ...(parameters.length > 0 && { components: [{ type: 'body', parameters }] }),
    };
    return { type: 'template', template };
  }
  if (type === 'location' && file !== undefined) {
    const { latitude, longitude, fileName: name, caption: address } = file;
    return { type, location: { latitude, longitude, ...(name && { name }), ...(address && { address }) } };
  }
  if (type === 'contact') return { type: 'contacts', contacts: metadata.contacts };
  if (type === 'interactive') return { type, interactive: metadata.interactive };
  if (file !== undefined) {
    const link = linkIn(file, linkOf);
    // A recording has no words under it, nor has a sticker.
    const caption = type === 'audio' || type === 'sticker' ? '' : message.message;
    const content = {
      ...(link === null ? { id: file.externalMediaId } : { link }),
      ...(caption && { caption }),
      ...(type === 'document' && file.fileName && { filename: file.fileName }),
    };
    return { type, [type]: content };
  }
  return { type: 'text', text: { body: message.message } };
}

/** A number, a person who hides the number and has a user id (with the country in front), or a group. */
function recipientOf(id: string): JsonObject {
  if (/^\+?[0-9]+$/.test(id)) return { recipient_type: 'individual', to: id };
  return /^[A-Z]{2}\./.test(id)
    ? { recipient_type: 'individual', recipient: id }
    : { recipient_type: 'group', to: id };
}

/** The request of the WhatsApp Cloud API that sends a claimed message. */
export function toWhatsApp(message: ClaimMessagesResult, linkOf: LinkOf = noLink): OutgoingRequest {
  const reply = message.replyToExternalMessageId;
  return {
    path: `${message.externalAccountId}/messages`,
    body: {
      messaging_product: 'whatsapp',
      ...recipientOf(message.externalUserId),
      ...(reply !== null && { context: { message_id: reply } }),
      ...whatsAppContent(message, linkOf),
    },
  };
}

/** The request of Messenger or Instagram that sends a claimed message; past the window it is marked as a person's. */
export function toMessenger(message: ClaimMessagesResult, linkOf: LinkOf = noLink): OutgoingRequest {
  const [file] = message.attachments;
  const link = file === undefined ? null : linkIn(file, linkOf);
  const type =
    file?.fileType === 'document' ? 'file' : file?.fileType === 'sticker' ? 'image' : file?.fileType;
  const reply = message.replyToExternalMessageId;
  return {
    path: `${message.externalAccountId}/messages`,
    body: {
      recipient: { id: message.externalUserId },
      ...(message.isPastWindow
        ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }
        : { messaging_type: 'RESPONSE' }),
      ...(reply !== null && { reply_to: { mid: reply } }),
      message:
        link === null || type === undefined
          ? { text: message.message }
          : { attachment: { type, payload: { url: link } } },
    },
  };
}

/** The form that Mailgun takes to send a claimed message as a mail; of files the links stand below the text. */
export function toMailgun(message: ClaimMessagesResult, linkOf: LinkOf = noLink): OutgoingRequest {
  const { externalAccountId: from, externalUserId: to, replyToExternalMessageId: reply } = message;
  const links = message.attachments.flatMap((file) => linkIn(file, linkOf) ?? []);
  const subject = textIn(objectIn(message.metadata).subject);
  return {
    path: `${from.split('@').at(-1)}/messages`,
    body: {
      from,
      to,
      subject: subject ?? (reply === null ? 'Message' : 'Re: your message'),
      text: [message.message, ...links].filter(Boolean).join('\n\n'),
      ...(reply !== null && { 'h:In-Reply-To': `<${reply}>`, 'h:References': `<${reply}>` }),
    },
  };
}

/** The provider's id of a message that it has taken, from its answer: what `markSent` wants. Null when it has none. */
export function sentIdIn(answer: Json): string | null {
  const root = objectIn(answer);
  const id = textIn(listIn(root.messages)[0]?.id) ?? textIn(root.message_id) ?? textIn(root.id);
  return id?.replace(/^<|>$/g, '') ?? null;
}
