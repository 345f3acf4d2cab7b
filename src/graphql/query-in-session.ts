import pg from 'pg';

/** A statement under a name, which a connection reads once. */
export type Named = { name: string; text: string; values: unknown[] };

/** A connection as the driver's queries use it. */
type Wire = {
  parsedStatements: Record<string, string>;
  bind(message: { statement: string; values: unknown[] }): void;
  execute(message: { portal: string; rows: number }): void;
};

/** What the driver's query does when it is sent, and is told of the answer; the package's version of pg is fixed. */
type DriverQuery = {
  prepare(wire: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
};
type Answered = (error: Error | null, result: pg.QueryResult) => void;
const DriverQuery = pg.Query as unknown as new (query: pg.QueryConfig, answered: Answered) => DriverQuery;

/** A statement that goes out with the one before it, whose answer is of no interest. */
class FollowingQuery extends DriverQuery {
  readonly #before: Named;
  #isReached = false;

  constructor(before: Named, query: pg.QueryConfig, answered: Answered) {
    super({ ...query, queryMode: 'extended' } as pg.QueryConfig, answered);
    this.#before = before;
  }

  override prepare(wire: Wire): void {
    wire.bind({ statement: this.#before.name, values: this.#before.values });
    wire.execute({ portal: '', rows: 0 });
    super.prepare(wire);
  }

  override handleDataRow(message: unknown): void {
    if (this.#isReached) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#isReached) super.handleCommandComplete(message, wire);
    this.#isReached = true;
  }
}

/** Whether the connection has read the statement, so that only its values are sent. */
export function hasRead(client: pg.ClientBase, { name, text }: Named): boolean {
  return (client as unknown as { connection: Wire }).connection.parsedStatements[name] === text;
}

/**
 * Runs a statement after one that enters a session, in one message and without BEGIN and COMMIT: PostgreSQL takes what
 * comes before a Sync as one transaction, and so what was set holds for the statement and ends with it.
 */
export function askInSession(
  client: pg.ClientBase,
  entering: Named,
  query: pg.QueryConfig,
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const answered: Answered = (error, result) => (error ? reject(error) : resolve(result));
    client.query(new FollowingQuery(entering, query, answered) as unknown as pg.Submittable);
  });
}
