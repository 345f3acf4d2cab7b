import pg from 'pg';

/** A statement under a name, which a connection reads once. */
export type Named = { name: string; text: string; values: unknown[] };

/** A statement of a request; without a name it is read each time. */
export type Statement = { name?: string; text: string; values: unknown[]; rowMode?: 'array' };

export type Rows = { rows: unknown[]; rowCount: number | null };

/** A column of an answer: its name, and how its text is read. */
type Column = { name: string; read: (text: string) => unknown };
type Description = { fields: readonly { name: string; dataTypeID: number }[] };

/** A connection as the driver's queries use it. */
type Wire = {
  parsedStatements: Record<string, string>;
  bind(message: { statement: string; values: unknown[] }): void;
  execute(message: { portal: string; rows: number }): void;
  sync(): void;
};

/** What the driver's query does when it is sent, and is told of the answer; the package's version of pg is fixed. */
type DriverQuery = {
  name: string | undefined;
  queryMode: string;
  /** An error after which the rest of the answer is passed over. */
  _canceledDueToError: unknown;
  prepare(wire: Wire): void;
  handleRowDescription(message: Description): void;
  handleDataRow(message: { fields: (string | null)[] }): void;
  handleCommandComplete(message: { text: string }): void;
};
type Answered = (error: Error | null) => void;
const DriverQuery = pg.Query as unknown as new (
  text: string,
  values: unknown[],
  answered: Answered,
) => DriverQuery;

/** The columns of the statements that a connection has prepared: what they are is fixed with the statement. */
const columns = new WeakMap<Wire, Map<string, Column[]>>();

const wireOf = (client: pg.ClientBase): Wire => (client as unknown as { connection: Wire }).connection;

/** Values that the driver would send as they are. */
function isText(values: unknown[]): boolean {
  return values.every((value) => typeof value === 'string' || value === null);
}

/** A statement that goes out with the one before it, whose answer is of no interest. */
class FollowingQuery extends DriverQuery {
  readonly answer: Rows = { rows: [], rowCount: null };
  readonly #before: Named;
  readonly #statement: Statement;
  readonly #client: pg.ClientBase;
  #columns: Column[] = [];
  #isReached = false;

  constructor(client: pg.ClientBase, before: Named, statement: Statement, answered: Answered) {
    super(statement.text, statement.values, answered);
    this.name = statement.name;
    this.queryMode = 'extended';
    this.#before = before;
    this.#statement = statement;
    this.#client = client;
  }

  override prepare(wire: Wire): void {
    wire.bind({ statement: this.#before.name, values: this.#before.values });
    wire.execute({ portal: '', rows: 0 });
    const { name = '', text, values } = this.#statement;
    const known = wire.parsedStatements[name] === text ? columns.get(wire)?.get(name) : undefined;
    if (known === undefined || !isText(values)) {
      super.prepare(wire);
      return;
    }
    // The driver would ask for the columns each time.
    this.#columns = known;
    wire.bind({ statement: name, values });
    wire.execute({ portal: '', rows: 0 });
    wire.sync();
  }

  override handleRowDescription({ fields }: Description): void {
    const client = this.#client as unknown as pg.CustomTypesConfig;
    this.#columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: client.getTypeParser(dataTypeID, 'text') as Column['read'],
    }));
    if (this.#statement.name === undefined) return;
    const wire = wireOf(this.#client);
    const known = columns.get(wire) ?? new Map();
    columns.set(wire, known.set(this.#statement.name, this.#columns));
  }

  override handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (!this.#isReached || this._canceledDueToError) return;
    try {
      const values = fields.map((text, i) => (text === null ? null : this.#columns[i]?.read(text)));
      this.answer.rows.push(
        this.#statement.rowMode === 'array'
          ? values
          : Object.fromEntries(this.#columns.map(({ name }, i) => [name, values[i]])),
      );
    } catch (error) {
      this._canceledDueToError = error;
    }
  }

  override handleCommandComplete({ text }: { text: string }): void {
    if (this.#isReached) this.answer.rowCount = Number(/\d+$/.exec(text)?.[0] ?? 0);
    this.#isReached = true;
  }
}

/** Whether the connection has read the statement, so that only its values are sent. */
export function hasRead(client: pg.ClientBase, { name, text }: Named): boolean {
  return wireOf(client).parsedStatements[name] === text;
}

/** The connection is to read the statement anew. */
export function unread(client: pg.ClientBase, name: string): void {
  const wire = wireOf(client);
  delete wire.parsedStatements[name];
  columns.get(wire)?.delete(name);
}

/**
 * Runs a statement after one that enters a session, in one message and without BEGIN and COMMIT: PostgreSQL takes what
 * comes before a Sync as one transaction, and so what was set holds for the statement and ends with it.
 */
export function askInSession(client: pg.ClientBase, entering: Named, statement: Statement): Promise<Rows> {
  return new Promise((resolve, reject) => {
    const query = new FollowingQuery(client, entering, statement, (error) =>
      error ? reject(error) : resolve(query.answer),
    );
    client.query(query as unknown as pg.Submittable);
  });
}
