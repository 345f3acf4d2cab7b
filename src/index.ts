/** What a backend imports: the database, its typed queries, its errors and its closed sets. */
export { cleanConnection } from './clean-connection.ts';
export * from './closed-sets.ts';
export {
  createDatabase,
  Database,
  type DatabaseOptions,
  type PersonIdentity,
  type PlatformIdentity,
  type TenantIdentity,
  type TenantTransaction,
} from './database.ts';
export * from './errors.ts';
export * from './json.ts';
export * from './kyc-envelope.ts';
export { type Page, type PagedQuery, readPage } from './page.ts';
export type { Connection, PreparedQuery } from './prepared-query.ts';
export * from './queries/index.ts';
export type { Identity, Session } from './session.ts';
export type { OnQuery, QueryEvent } from './tracing.ts';
export type { StreamOptions, Transaction, TransactionOptions } from './transaction.ts';
