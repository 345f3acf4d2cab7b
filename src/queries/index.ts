// Generated from sql/ by "npm run generate"; do not edit.
export * from './buyer_profile.ts';
export * from './channel.ts';
export * from './conversation_history.ts';
export * from './conversation_thread.ts';
export * from './orders.ts';
export * from './products.ts';
export * from './session.ts';
