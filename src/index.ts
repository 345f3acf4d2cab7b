/** What a backend imports: the database, its typed queries, its errors and its closed sets. */

export { cleanConnection } from './database/clean-connection.ts';
export {
  createDatabase,
  Database,
  type DatabaseOptions,
  type PersonIdentity,
  type PlatformIdentity,
  type TenantIdentity,
} from './database/database.ts';
export * from './database/errors.ts';
export * from './database/kyc-envelope.ts';
export { type Page, readPage } from './database/page.ts';
export type { PagedQuery } from './database/paged-query.ts';
export type {
  Connection,
  ManyQuery,
  MaybeOneQuery,
  OneQuery,
  PreparedQuery,
} from './database/prepared-query.ts';
export type { Identity, Session } from './database/session.ts';
export type { TenantTransaction } from './database/tenant-transaction.ts';
export type { OnQuery, QueryEvent } from './database/tracing.ts';
export type { StreamOptions, Transaction, TransactionOptions } from './database/transaction.ts';
export * from './model/closed-sets.ts';
export { type ErrorCode, errorCodes } from './model/error-codes.ts';
export * from './model/finders.ts';
export * from './model/json.ts';
export type * from './model/rows.ts';
export * from './providers/index.ts';
export * from './queries/index.ts';
export * from './storage/sign.ts';
