import { createHash } from 'node:crypto';
import type pg from 'pg';
import { roundedIn } from '../model/numbers.ts';
import { camelCase, snakeCase, withKeys } from '../model/spelling.ts';
import {
  commerceError,
  type Fault,
  ForbiddenError,
  inputError,
  ofCallers,
  ofParameter,
  toCommerceError,
} from './errors.ts';
import { faultOf, faultOfDay, faultOfMoment } from './value-faults.ts';
import { valueTypes } from './value-types.ts';

/** Anything of `pg` that runs a query: a pool, a client, a client in a transaction of your own. */
export type Connection = {
  query(config: pg.QueryConfig<unknown[]>): Promise<{ rows: unknown[]; rowCount?: number | null }>;
};

export type Statement = { text: string; values: unknown[] };

/** Runs one statement on a connection of the caller's. */
export async function askOn(connection: Connection, statement: Statement): ReturnType<Connection['query']> {
  try {
    return await connection.query({ ...statement, types: valueTypes });
  } catch (error) {
    throw toCommerceError(error);
  }
}

/**
 * What else is known of a query: whose rights are enough for it, its JSON that is made of columns, and of parameters
 * the closed sets, points in time and days.
 */
export type QueryOptions = {
  callers?: readonly string[];
  ownJson?: readonly string[];
  closedSets?: Readonly<Record<string, readonly string[]>>;
  moments?: readonly string[];
  days?: readonly string[];
};

type Row = Readonly<Record<string, unknown>>;
type Param = { name: string; isNeeded: boolean; isJson: boolean; hasColumns: boolean };

/**
 * A query of `sql/` with the types of its parameters, of a row and of what running it gives: a list, a row, or a row
 * or null, as its class says. Names are camelCase on this side and snake_case on the database's.
 */
export abstract class PreparedQuery<P, R, O> {
  /** Its name in `sql/`, which tracing shows. */
  readonly name: string;
  /** By which a connection keeps it prepared: queries of the same name but another text are other statements. */
  readonly statementName: string;
  readonly #text: string;
  readonly #params: Param[];
  readonly #callers: readonly string[];
  readonly #ownJson: ReadonlySet<string>;
  readonly #closedSets: Readonly<Record<string, readonly string[]>>;
  readonly #times: Readonly<Record<string, (value: unknown) => string | null>>;
  /** The columns as the database names them and as the type does; those of all rows are the same. */
  #columns: { from: string; to: string; hasColumns: boolean }[] | undefined;

  /**
   * The statement, and the names of its parameters $1, $2 and so on, where `!` stands behind a needed one. `ownJson`
   * are the parameters and columns whose JSON is made of columns, such as the lines of an order: its keys are spelled
   * as all names are. Other JSON is the application's own, and left as it is.
   */
  constructor(name: string, text: string, params: readonly string[], options: QueryOptions = {}) {
    this.name = name;
    this.statementName = `${name.slice(0, 40)} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
    this.#text = text;
    this.#callers = options.callers ?? [];
    this.#ownJson = new Set(options.ownJson);
    this.#closedSets = options.closedSets ?? {};
    this.#times = Object.fromEntries([
      ...(options.moments ?? []).map((each) => [each, faultOfMoment] as const),
      ...(options.days ?? []).map((each) => [each, faultOfDay] as const),
    ]);
    // The driver would write a list as a PostgreSQL array where the statement wants jsonb.
    this.#params = params.map((param, index) => {
      const name = param.replace('!', '');
      return {
        name,
        isNeeded: name !== param,
        isJson: text.includes(`$${index + 1}::jsonb`),
        hasColumns: this.#ownJson.has(name),
      };
    });
  }

  /**
   * Runs the query on a connection of your own, in whatever transaction and session that is in
   * (`Database.enter` enters one). What the database refuses is a CommerceError.
   */
  run = async (params: P, connection: Connection): Promise<O> => {
    this.check(params);
    const { rows } = await askOn(connection, this.statement(params)).catch((error: unknown) => {
      throw this.blame(error);
    });
    return this.finish(this.rows(rows, params));
  };

  /**
   * What the query threw, with the name of the parameter whose value could not be read, or with whom it is for where
   * the caller, if known, is not among them.
   */
  blame(error: unknown, caller = ''): unknown {
    if (error instanceof ForbiddenError && !this.#callers.includes(caller)) {
      return ofCallers(error, this.name, this.#callers);
    }
    return ofParameter(
      error,
      this.#params.map(({ name }) => name),
    );
  }

  /**
   * Refuses parameters of which a needed one is missing, one is not of its closed set, or one would be stored as
   * something else than it says (INVALID_INPUT), with all of them.
   */
  check(params: P): void {
    const given = (params ?? {}) as Row;
    const faults = this.#params.flatMap((param) => {
      const fault = this.#faultOf(param, given[param.name] ?? null);
      return fault === null ? [] : [fault];
    });
    if (faults.length > 0) throw inputError(faults);
  }

  #faultOf({ name, isNeeded, isJson }: Param, value: unknown): Fault | null {
    if (value === null) return isNeeded ? { field: name, message: `${name} is needed` } : null;
    const rounded = isJson ? roundedIn(value, name) : null;
    if (rounded !== null) return { field: rounded.field, message: `${rounded.field} ${rounded.fault}` };
    const allowed = this.#closedSets[name];
    const isAllowed =
      allowed === undefined || [value].flat().every((each) => allowed.includes(each as string));
    const fault =
      faultOf(value) ??
      this.#times[name]?.(value) ??
      (isAllowed ? null : `must be one of ${allowed.join(', ')}`);
    return fault === null ? null : { field: name, message: `${name} ${fault}` };
  }

  /** The parameter that names the row. */
  protected get key(): string | undefined {
    return this.#params[Number(/\bid = \$(\d+)/.exec(this.#text)?.[1]) - 1]?.name;
  }

  /** What is sent for these parameters. */
  statement(params: P): Statement {
    const given = params as Row | undefined;
    const values = this.#params.map(({ name, isJson, hasColumns }) => {
      const value = given?.[name] ?? null;
      if (!isJson || value === null) return value;
      return JSON.stringify(hasColumns ? withKeys(value, snakeCase) : value);
    });
    return { text: this.#text, values };
  }

  /** The rows that came, as they are typed. */
  rows(rows: readonly unknown[], _params: P): R[] {
    const [first] = rows;
    if (first === undefined) return [];
    this.#columns ??= Object.keys(first as Row).map((from) => {
      const to = camelCase(from);
      return { from, to, hasColumns: this.#ownJson.has(to) };
    });
    const columns = this.#columns;
    return rows.map((each) => {
      const row: Record<string, unknown> = {};
      for (const { from, to, hasColumns } of columns) {
        const value = (each as Row)[from];
        row[to] = hasColumns ? withKeys(value, camelCase) : value;
      }
      return row as R;
    });
  }

  /** What becomes of the rows. */
  abstract finish(rows: R[]): O;
}

/** A query of any number of rows. */
export class ManyQuery<P, R> extends PreparedQuery<P, R, R[]> {
  finish(rows: R[]): R[] {
    return rows;
  }
}

/** A query of one row, or null. */
export class MaybeOneQuery<P, R> extends PreparedQuery<P, R, R | null> {
  finish(rows: R[]): R | null {
    if (rows.length > 1) throw new Error(`${this.name} gave ${rows.length} rows instead of one`);
    return rows[0] ?? null;
  }
}

/** A query of one row; without one it is NOT_FOUND. */
export class OneQuery<P, R> extends PreparedQuery<P, R, R> {
  finish(rows: R[]): R {
    const [row] = rows;
    if (row === undefined) {
      const field = this.key;
      throw commerceError('SCNTF', 'there is no such row', field === undefined ? {} : { field });
    }
    if (rows.length > 1) throw new Error(`${this.name} gave ${rows.length} rows instead of one`);
    return row;
  }
}
