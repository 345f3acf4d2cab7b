import pg from 'pg';
import { CommerceError } from './errors.ts';

/** A statement that has run: what to make a span, a line of the log or a histogram of. */
export type QueryEvent = {
  /** The query's name in `sql/`; null for a statement of your own. */
  name: string | null;
  /** Of the transaction, as in audit.log. */
  requestId: string;
  startedAt: Date;
  /** In milliseconds, with what it waited for a connection's other statements. */
  duration: number;
  /** Rows that were returned or changed; null when it failed. */
  rowCount: number | null;
  /** The typed error; null when it succeeded. */
  error: unknown;
  /**
   * OpenTelemetry's attributes for database clients (semantic conventions 1.33). The text holds
   * placeholders; values are in no event.
   */
  attributes: Record<string, string | number>;
};

/** Nobody waits for it. What it throws becomes a warning of the process, and fails no query. */
export type OnQuery = (event: QueryEvent) => void;

type Traced = {
  text: string;
  name?: string | undefined;
  requestId: string;
  database: string | undefined;
  onQuery: OnQuery;
};

/** Runs a statement and reports it to the hook. An error that the hook throws changes nothing. */
export async function traced<R extends { rowCount: number | null }>(
  { text, name, requestId, database, onQuery }: Traced,
  run: () => Promise<R>,
): Promise<R> {
  const startedAt = new Date();
  const began = performance.now();
  const tell = async (rowCount: number | null, error: unknown): Promise<void> => {
    const [operation = ''] = text.trimStart().split(/\s/, 1);
    const attributes: QueryEvent['attributes'] = {
      'db.system.name': 'postgresql',
      'db.operation.name': operation.toUpperCase(),
      'db.query.text': text,
      'db.query.summary': name ?? operation.toUpperCase(),
    };
    if (database !== undefined) attributes['db.namespace'] = database;
    if (rowCount !== null) attributes['db.response.returned_rows'] = rowCount;
    if (error !== null) {
      const sqlState = sqlStateOf(error);
      if (sqlState !== undefined) attributes['db.response.status_code'] = sqlState;
      attributes['error.type'] = sqlState ?? (error instanceof Error ? error.name : 'unknown');
    }
    try {
      await onQuery({
        name: name ?? null,
        requestId,
        startedAt,
        duration: performance.now() - began,
        rowCount,
        error,
        attributes,
      });
    } catch (failure) {
      process.emitWarning(failure instanceof Error ? failure : String(failure));
    }
  };
  try {
    const result = await run();
    tell(result.rowCount, null);
    return result;
  } catch (error) {
    tell(null, error);
    throw error;
  }
}

function sqlStateOf(error: unknown): string | undefined {
  if (error instanceof CommerceError) return error.sqlState;
  return error instanceof pg.DatabaseError ? error.code : undefined;
}
