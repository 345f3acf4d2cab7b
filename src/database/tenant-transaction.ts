import type { PreparedQuery } from './prepared-query.ts';
import type { Session } from './session.ts';
import type { OpenTransaction, StreamOptions, Transaction } from './transaction.ts';

/** One open transaction of a tenant. It takes no query once the work has returned. */
export type TenantTransaction = Omit<Transaction, 'run' | 'stream'> & {
  readonly tenantId: string;
  /** What the transaction was entered with. */
  readonly session: Session;
  /** Runs a generated query and returns what it gives, as `Transaction.run`; the tenant is filled in. */
  run<P, R, O>(query: PreparedQuery<P, R, O>, params: Omit<P, 'tenantId'>): Promise<O>;
  /**
   * Reads a whole list by a cursor on the server, some rows at a time (1,000 unless said), for exports: memory
   * stays flat. The rows are those of one moment. A list in pages takes no `first`. Leaving the loop early
   * ends it.
   */
  stream<P, R>(
    query: PreparedQuery<P, R, unknown>,
    params: Omit<P, 'tenantId' | 'first'>,
    options?: StreamOptions,
  ): AsyncIterable<R>;
};

/** The transaction of a tenant, whose queries need not be given the tenant. */
export function ofTenant(tenantId: string, open: OpenTransaction): TenantTransaction {
  return {
    tenantId,
    get session() {
      return open.session;
    },
    requestId: open.requestId,
    connection: open.connection,
    run: <P, R, O>(query: PreparedQuery<P, R, O>, params: Omit<P, 'tenantId'>) =>
      open.run(query, { ...params, tenantId } as P),
    stream: <P, R>(
      query: PreparedQuery<P, R, unknown>,
      params: Omit<P, 'tenantId' | 'first'>,
      options?: StreamOptions,
    ) => open.stream(query, { ...params, tenantId } as P, options),
    sql: (text, values) => open.sql(text, values),
    savepoint: (work) => open.savepoint(work),
  };
}
