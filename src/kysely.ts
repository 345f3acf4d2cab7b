/** What a backend imports to write queries of its own with Kysely: `conversational-commerce-db/kysely`. */

import {
  CamelCasePlugin,
  type ColumnType,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { askOn, type Connection } from './database/prepared-query.ts';
import type { CommerceViews } from './model/rows.ts';

type View = { row: object; insert: object; update: object };

/** A view as Kysely describes a table: what is read, inserted and updated of each column; undefined is nothing. */
type Table<V extends View> = {
  [C in keyof V['row']]: ColumnType<
    V['row'][C],
    C extends keyof V['insert'] ? V['insert'][C] : undefined,
    C extends keyof V['update'] ? V['update'][C] : undefined
  >;
};

/** Every view of schema api, with its columns in camelCase. */
export type CommerceSchema = { [V in keyof CommerceViews]: Table<CommerceViews[V]> };

/**
 * Kysely on one connection: `kysely(tx.connection)` inside of `withTenant`, or a client of your own after
 * `Database.enter`. It runs in that transaction and session, under the same policies; values are those of the typed
 * queries, and what the database refuses is a CommerceError. It begins no transaction of its own: use
 * `tx.savepoint`.
 */
export function kysely(connection: Connection): Kysely<CommerceSchema> {
  return new Kysely<CommerceSchema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new OneConnection(connection),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    // What JSON holds is the application's own.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  }).withSchema('api');
}

/** Hands out the connection that it was given, and leaves its transaction to the code that began it. */
class OneConnection implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: Connection) {
    this.#connection = {
      async executeQuery<R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
        const { rows, rowCount } = await askOn(connection, { text: sql, values: [...parameters] });
        return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) };
      },
      streamQuery: () => {
        throw new TypeError('Kysely on a connection does not stream: use tx.stream');
      },
    };
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new TypeError('the connection is in a transaction already: use tx.savepoint');
  }

  async init(): Promise<void> {}
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
