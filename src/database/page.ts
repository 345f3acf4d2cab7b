import type { PagedQuery, PageParams, PageRow } from './paged-query.ts';
import type { TenantTransaction } from './tenant-transaction.ts';
import type { Transaction } from './transaction.ts';

/** One page of a list. */
export type Page<R> = {
  rows: R[];
  /** What to pass as `after` for the next page; null when this one was not full. */
  nextCursor: string | null;
  /** What to pass as `before` for the page before, where the list takes it; null when there is none. */
  previousCursor: string | null;
};

/** Reads one page of a list. Throws a CommerceError; INVALID_INPUT for a cursor of another list. */
export async function readPage<P extends PageParams, R extends PageRow>(
  tx: TenantTransaction,
  query: PagedQuery<P, R>,
  params: Omit<P, 'tenantId'>,
): Promise<Page<R>>;
export async function readPage<P extends PageParams, R extends PageRow>(
  tx: Transaction,
  query: PagedQuery<P, R>,
  params: P,
): Promise<Page<R>>;
export async function readPage<P extends PageParams, R extends PageRow>(
  tx: Transaction,
  query: PagedQuery<P, R>,
  params: P,
): Promise<Page<R>> {
  const rows = await tx.run(query, params);
  const isFull = rows.length === params.first;
  const isBackwards = params.before != null;
  const cursorIf = (isThere: boolean, row: R | undefined) => (isThere && row?.cursor) || null;
  return {
    rows,
    nextCursor: cursorIf(isFull || isBackwards, rows.at(-1)),
    previousCursor: cursorIf(isBackwards ? isFull : params.after != null, rows[0]),
  };
}
