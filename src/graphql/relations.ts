import type { PgAttribute, PgClass } from 'postgraphile/graphile-build-pg/pg-introspection';
import type { ForeignKeyFacts, ViewFacts } from './catalogue.ts';

type Inflection = {
  singularize(text: string): string;
  pluralize(text: string): string;
  camelCase(text: string): string;
};

/** What clients call a view or a column: its `@name`, or else its own. */
export function nameOf(entity: PgClass | PgAttribute): string {
  const { name } = entity.getTags();
  return typeof name === 'string' ? name : 'relname' in entity ? entity.relname : entity.attname;
}

/** A row shows which person acted on it; a person has no list of all the rows that they acted on. */
const namesActor = (column: string): boolean => /_by$|._user_id$/.test(column);

/** Without the words that it shares with the beginning of another: `order_item` of an `order` → `item`. */
function within(name: string, other: string): string {
  const [words, others] = [name.split('_'), other.split('_')];
  const shared = words.findIndex((word, index) => word !== others[index]);
  return words.slice(Math.max(shared, 0)).join('_');
}

/** The relations of one view, each with its names on both sides. */
export class Relations {
  readonly #view: ViewFacts;
  readonly #pgClass: PgClass;
  readonly #classes: ReadonlyMap<string, PgClass>;
  readonly #inflection: Inflection;

  constructor(
    view: ViewFacts,
    pgClass: PgClass,
    classes: ReadonlyMap<string, PgClass>,
    inflection: Inflection,
  ) {
    this.#view = view;
    this.#pgClass = pgClass;
    this.#classes = classes;
    this.#inflection = inflection;
  }

  /** As PgFakeConstraintsPlugin reads them. */
  get tags(): string[] {
    const relations = this.#view.foreignKeys.map((key) =>
      [
        `(${key.column}) references api.${key.view} (${key.key})`,
        `@fieldName ${this.#forwards(key)}`,
        `@foreignFieldName ${this.#backwards(key)}`,
        ...(this.#isServed(key) ? [] : ['@backwardBehavior -*']),
      ].join('|'),
    );
    return [...relations, ...this.#whole()];
  }

  /** A row of a selection leads to the whole row. */
  #whole(): string[] {
    const { name, table, keys } = this.#view;
    const isSelection = name !== table && this.#pgClass.getTags().primaryKey === undefined;
    if (!isSelection || !this.#classes.has(table)) return [];
    return keys
      .filter(({ isPrimary, columns }) => isPrimary && columns.length === 1)
      .map(({ columns }) => {
        const field = this.#inflection.camelCase(this.#nameOf(table));
        return `(${columns}) references api.${table} (${columns})|@fieldName ${field}|@foreignFieldName ${name}|@backwardBehavior -*`;
      });
  }

  /** Backwards by an index of the tenant only. */
  #isServed({ column }: ForeignKeyFacts): boolean {
    const isIndexed = this.#view.columns.some(({ name, isIndexed }) => name === column && isIndexed);
    // A session sees one tenant only.
    return isIndexed && !namesActor(column) && this.#view.name !== 'tenant';
  }

  #nameOf(view: string): string {
    const pgClass = this.#classes.get(view);
    return this.#inflection.singularize(pgClass === undefined ? view : nameOf(pgClass));
  }

  #attribute(column: string): PgAttribute | undefined {
    return this.#pgClass.getAttributes().find(({ attname }) => attname === column);
  }

  /** `seller_id` → `seller`; the other side's name where the column's does not serve. */
  #forwards({ column, view }: ForeignKeyFacts): string {
    const { camelCase } = this.#inflection;
    const target = this.#nameOf(view);
    const attribute = this.#attribute(column);
    const name = (attribute === undefined ? column : nameOf(attribute)).replace(/_user_id$/, '_id');
    const base = name.replace(/_?(id|code)$/, '');
    const isShared = this.#view.foreignKeys.some((key) => key.column === column && key.view !== view);
    if (isShared || base === '' || base === name) return camelCase(target);
    const isTaken = this.#pgClass.getAttributes().some((other) => nameOf(other) === base);
    return camelCase(isTaken ? `${base}_${target}` : base);
  }

  /** `order_items.order_id` → `items`; with the column's name where several refer to the same view. */
  #backwards(foreignKey: ForeignKeyFacts): string {
    const { column, view, key } = foreignKey;
    const { camelCase, pluralize, singularize } = this.#inflection;
    const { listName } = this.#attribute(column)?.getTags() ?? {};
    if (typeof listName === 'string') return listName;
    const target = this.#nameOf(view);
    const short = within(singularize(nameOf(this.#pgClass)), target);
    const isUnique = this.#view.keys.some(({ columns }) => `${columns}` === column);
    const name = isUnique ? short : pluralize(short);
    const base = column.replace(/_?(id|code)$/, '');
    const isRivalled = this.#view.foreignKeys.some(
      (other) => other.view === view && other.column !== column && this.#isServed(other),
    );
    const isPlain = !isRivalled || base === target || column === key;
    // What is not shown needs a name as well, one that is in nobody's way.
    return camelCase(isPlain && this.#isServed(foreignKey) ? name : `${name}_by_${base}`);
  }
}
