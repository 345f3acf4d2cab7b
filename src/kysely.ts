/** What a backend imports to write queries of its own with Kysely: `conversational-commerce-db/kysely`. */

import {
  BinaryOperationNode,
  CamelCasePlugin,
  ColumnNode,
  type ColumnType,
  ColumnUpdateNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  InsertQueryNode,
  Kysely,
  type OperationNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type PrimitiveValueListNode,
  type QueryId,
  ReferenceNode,
  type RootOperationNode,
  ValueListNode,
} from 'kysely';
import { commerceError, ofParameter } from './database/errors.ts';
import { askOn, type Connection } from './database/prepared-query.ts';
import { faultOf, faultOfTime } from './database/value-faults.ts';
import { roundedIn } from './model/numbers.ts';
import type { CommerceViews } from './model/rows.ts';
import { camelCase } from './model/spelling.ts';

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
 * queries, what they refuse is refused here (INVALID_INPUT), and what the database refuses is a CommerceError. It begins no transaction of its own: use
 * `tx.savepoint`.
 */
export function kysely(connection: Connection): Kysely<CommerceSchema> {
  return new Kysely<CommerceSchema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new OneConnection(connection),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new CheckingCompiler(),
    },
    // What JSON holds is the application's own.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  }).withSchema('api');
}

/** Of each compiled query, the columns that its parameters are compared with or stored in, where that is known. */
const columnsOf = new WeakMap<OperationNode, (string | undefined)[]>();

function columnIn(node: OperationNode): string | undefined {
  if (ReferenceNode.is(node)) return columnIn(node.column);
  return ColumnNode.is(node) ? node.column.name : undefined;
}

/** Refuses the values that typed queries refuse, because something else would be stored, and names the column. */
class CheckingCompiler extends PostgresQueryCompiler {
  #columns: (string | undefined)[] = [];
  #place = 0;

  override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    this.#columns = [];
    const compiled = super.compileQuery(node, queryId);
    columnsOf.set(compiled.query, this.#columns);
    return compiled;
  }

  protected override visitPrimitiveValueList(node: PrimitiveValueListNode): void {
    this.#place = 0;
    super.visitPrimitiveValueList(node);
  }

  protected override appendValue(value: unknown): void {
    const column = this.#column();
    this.#place += 1;
    refuse(value, column);
    this.#columns.push(column && camelCase(column));
    super.appendValue(value);
  }

  /** The column of the value that is about to be written, from what the value stands in. */
  #column(): string | undefined {
    const nodes = this.nodeStack;
    const outer = nodes.findLast(
      (node) => ColumnUpdateNode.is(node) || BinaryOperationNode.is(node) || InsertQueryNode.is(node),
    );
    if (outer === undefined) return undefined;
    if (ColumnUpdateNode.is(outer)) return columnIn(outer.column);
    if (BinaryOperationNode.is(outer)) return columnIn(outer.leftOperand);
    const list = nodes.findLast((node) => ValueListNode.is(node));
    const place = list?.values.findIndex((value) => nodes.includes(value)) ?? this.#place;
    return InsertQueryNode.is(outer) ? outer.columns?.[place]?.column.name : undefined;
  }
}

/** A list is refused for the first of its values that is. */
function refuse(value: unknown, column: string | undefined): void {
  const name = column === undefined ? 'a value' : camelCase(column);
  for (const each of [value].flat()) {
    const fault = faultOf(each) ?? (each === null ? null : faultOfTime(each, column));
    const isJson = typeof each === 'object' && !(each instanceof Date || ArrayBuffer.isView(each));
    const rounded = isJson ? roundedIn(each, name) : null;
    if (fault === null && rounded === null) continue;
    const field = rounded?.field ?? name;
    throw commerceError(
      'SCVAL',
      `${field} ${rounded?.fault ?? fault}`,
      column === undefined ? {} : { field },
    );
  }
}

/** Hands out the connection that it was given, and leaves its transaction to the code that began it. */
class OneConnection implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: Connection) {
    this.#connection = {
      async executeQuery<R>({ query, sql, parameters }: CompiledQuery) {
        const asked = askOn(connection, { text: sql, values: [...parameters] });
        const { rows, rowCount } = await asked.catch((error: unknown) => {
          throw ofParameter(error, columnsOf.get(query) ?? []);
        });
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
