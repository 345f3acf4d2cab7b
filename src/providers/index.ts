export { type ProviderEvent, recordEvents } from './event.ts';
export { readGeneric } from './generic.ts';
export { isSignedByMailgun, readMailgun } from './mailgun.ts';
export { readMessenger } from './messenger.ts';
export {
  type LinkOf,
  type OutgoingRequest,
  sentIdIn,
  toMailgun,
  toMessenger,
  toWhatsApp,
} from './outgoing.ts';
export { isSigned } from './signature.ts';
export { readWhatsApp } from './whatsapp.ts';
