type Connection = { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> };

/** A query of `sql/` with the types of its parameters and rows. */
export class PreparedQuery<P, R> {
  readonly #text: string;
  readonly #params: { name: string; isJson: boolean }[];

  /** The statement, and the names of its parameters $1, $2 and so on. */
  constructor(text: string, params: readonly string[]) {
    this.#text = text;
    // The driver would write a list as a PostgreSQL array where the statement wants jsonb.
    this.#params = params.map((name, index) => ({ name, isJson: text.includes(`$${index + 1}::jsonb`) }));
  }

  run = async (params: P, connection: Connection): Promise<R[]> => {
    const given = params as Record<string, unknown> | undefined;
    const values = this.#params.map(({ name, isJson }) => {
      const value = given?.[name] ?? null;
      return isJson && value !== null ? JSON.stringify(value) : value;
    });
    const { rows } = await connection.query(this.#text, values);
    return rows as R[];
  };
}
