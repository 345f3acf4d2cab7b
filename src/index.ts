/** What a backend imports: the database, its typed queries, its errors and its closed sets. */
export * from './closed-sets.ts';
export {
  createDatabase,
  Database,
  type DatabaseOptions,
  type PersonIdentity,
  type TenantIdentity,
  type TenantTransaction,
  type Transaction,
  type TransactionOptions,
} from './database.ts';
export * from './errors.ts';
export * from './kyc-envelope.ts';
export type { PreparedQuery } from './prepared-query.ts';
export * from './queries/index.ts';
export type { Identity, Session } from './session.ts';
