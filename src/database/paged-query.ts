import { createHash } from 'node:crypto';
import { commerceError } from './errors.ts';
import { ManyQuery, type QueryOptions, type Statement } from './prepared-query.ts';

/** What every list takes: how many rows, and the cursor of the row behind which they begin. */
export type PageParams = {
  first: number;
  after?: string | null | undefined;
  /** Of a list that is read in both directions: the cursor of the row before which the page ends. */
  before?: string | null | undefined;
};

/** What every row of a list has: where it stands. */
export type PageRow = { cursor: string };

/**
 * A list that is read page by page. A cursor says behind which row the next page begins, not how many
 * rows to skip: what is inserted or deleted meanwhile neither repeats nor hides a row. It belongs to one
 * query, tenant and filter, and any other is refused (INVALID_INPUT), as is a `first` that is no whole number from 1.
 * It grants nothing: a made-up one begins elsewhere in the same rows.
 */
export class PagedQuery<P extends PageParams, R extends PageRow> extends ManyQuery<P, R> {
  readonly #filters: readonly string[];

  constructor(name: string, text: string, params: readonly string[], options: QueryOptions = {}) {
    super(name, text, params, options);
    const names = params.map((each) => each.replace('!', ''));
    this.#filters = ['tenantId', ...names.filter((each) => !places.has(each))];
  }

  override statement(params: P): Statement {
    const { first } = params;
    if (!Number.isSafeInteger(first) || first < 1) {
      throw commerceError('SCVAL', 'first must be a whole number from 1', { field: 'first' });
    }
    const [after, before] = (['after', 'before'] as const).map((end) => {
      const cursor = params[end];
      return cursor == null ? null : readCursor(this.#list(params), cursor, end);
    });
    return super.statement({ ...params, after, before });
  }

  override rows(rows: readonly unknown[], params: P): R[] {
    const list = this.#list(params);
    const page = super.rows(rows, params);
    for (const row of page) row.cursor = writeCursor(list, JSON.stringify(row.cursor));
    return page;
  }

  /** What a cursor belongs to. */
  #list(params: P): string {
    const given: Record<string, unknown> = { ...params };
    return JSON.stringify([this.name, ...this.#filters.map((filter) => given[filter] ?? null)]);
  }
}

/** The parameters that say where a page is, and not what is in the list. */
const places: ReadonlySet<string> = new Set(['first', 'after', 'before']);

const checksumLength = 12;

/** The row's position in the list, as the query gave it, behind a checksum that ties it to the list. */
function writeCursor(list: string, position: string): string {
  const checksum = createHash('sha256').update(list).update(position).digest('base64url');
  return checksum.slice(0, checksumLength) + Buffer.from(position).toString('base64url');
}

function readCursor(list: string, cursor: string, end: string): unknown {
  const position = Buffer.from(String(cursor).slice(checksumLength), 'base64url').toString();
  if (writeCursor(list, position) !== cursor) {
    throw commerceError('SCVAL', `${end} must be a cursor of the same list`, { field: end });
  }
  return JSON.parse(position);
}
