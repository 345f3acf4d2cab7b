export { type ProviderEvent, recordEvents } from './event.ts';
export { readMessenger } from './messenger.ts';
export { isSigned } from './signature.ts';
export { readWhatsApp } from './whatsapp.ts';
