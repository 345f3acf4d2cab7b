import type pg from 'pg';
import { toCommerceError } from './errors.ts';
import { valueTypes } from './value-types.ts';

/** Anything of `pg` that runs a query: a pool, a client, a client in a transaction of your own. */
export type Connection = { query(config: pg.QueryConfig<unknown[]>): Promise<{ rows: unknown[] }> };

export type Statement = { text: string; values: unknown[] };

/** Runs one statement on a connection of the caller's. */
export async function askOn(connection: Connection, statement: Statement): Promise<unknown[]> {
  try {
    return (await connection.query({ ...statement, types: valueTypes })).rows;
  } catch (error) {
    throw toCommerceError(error);
  }
}

/** A query of `sql/` with the types of its parameters and rows. */
export class PreparedQuery<P, R> {
  /** Its name in `sql/`, which tracing shows. */
  readonly name: string;
  readonly #text: string;
  readonly #params: { name: string; isJson: boolean }[];

  /** The statement, and the names of its parameters $1, $2 and so on. */
  constructor(name: string, text: string, params: readonly string[]) {
    this.name = name;
    this.#text = text;
    // The driver would write a list as a PostgreSQL array where the statement wants jsonb.
    this.#params = params.map((param, index) => ({
      name: param,
      isJson: text.includes(`$${index + 1}::jsonb`),
    }));
  }

  /**
   * Runs the query on a connection of your own, in whatever transaction and session that is in
   * (`Database.enter` enters one). What the database refuses is a CommerceError.
   */
  run = async (params: P, connection: Connection): Promise<R[]> => {
    const rows = await askOn(connection, this.statement(params));
    return this.finish(rows as R[], params);
  };

  /** What is sent for these parameters. */
  statement(params: P): Statement {
    const given = params as Record<string, unknown> | undefined;
    const values = this.#params.map(({ name, isJson }) => {
      const value = given?.[name] ?? null;
      return isJson && value !== null ? JSON.stringify(value) : value;
    });
    return { text: this.#text, values };
  }

  /** What becomes of the rows that came. */
  finish(rows: R[], _params: P): R[] {
    return rows;
  }
}
