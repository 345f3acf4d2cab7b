/** What pgtyped says of a statement of `sql/`: where each parameter stands in it, from `:` to the last letter. */
type QueryIR = {
  statement: string;
  params: { name: string; transform: { type: string }; locs: { a: number; b: number }[] }[];
};

type Connection = { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> };

/**
 * A query of `sql/` with the types of its parameters and rows. pgtyped's own class would build the text
 * anew for each call, and would hand lists to the driver, which writes them as PostgreSQL arrays: here
 * what the statement casts to jsonb is made JSON.
 */
export class PreparedQuery<P, R> {
  readonly #text: string;
  readonly #params: { name: string; isJson: boolean }[];

  constructor({ statement, params }: QueryIR) {
    const places = params.flatMap(({ name, transform, locs }, index) => {
      if (transform.type !== 'scalar') throw new TypeError(`${name}: a ${transform.type} is not supported`);
      return locs.map((loc) => ({ ...loc, index }));
    });
    // From the end, so that the places before stay where they are.
    this.#text = places
      .sort((one, other) => other.a - one.a)
      .reduce((text, { a, b, index }) => `${text.slice(0, a)}$${index + 1}${text.slice(b + 1)}`, statement)
      // The marks of nullability are for pgtyped.
      .replace(/"(\w+)[!?]"/g, '"$1"');
    this.#params = params.map(({ name, locs }) => ({
      name,
      isJson: locs.some(({ b }) => statement.startsWith('::jsonb', b + 1)),
    }));
  }

  async run(params: P, connection: Connection): Promise<R[]> {
    const given = params as Record<string, unknown> | undefined;
    const values = this.#params.map(({ name, isJson }) => {
      const value = given?.[name] ?? null;
      return isJson && value !== null ? JSON.stringify(value) : value;
    });
    const { rows } = await connection.query(this.#text, values);
    return rows as R[];
  }
}
