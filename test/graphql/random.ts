import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'postgraphile/graphql';
import type { Dice } from '../support/dice.ts';

/** Ids of rows by the name of their type, and texts that stand in some row. */
export type Pool = { ids: ReadonlyMap<string, readonly string[]>; texts: readonly string[] };

/** Whether a caller may ask for a field; what he may not costs him the whole answer. */
export type MayAsk = (type: string, field: string) => boolean;

/** The type of row that an id names: `productId` as the field beside it does, `returnId` by its ending. */
function rowTypes(schema: GraphQLSchema): Map<string, string> {
  const found = new Map<string, string>();
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  for (const type of types) {
    for (const { name, type: fieldType } of Object.values(type.getFields())) {
      const row = getNamedType(fieldType);
      if (type.getFields()[`${name}Id`] && isObjectType(row)) found.set(`${name}Id`, row.name);
    }
  }
  return found;
}

export type Operation = { query: string; variables: Record<string, unknown> };

type Field = GraphQLField<unknown, unknown>;

/** `UpdateOrderInput`, `DeleteOrderPayload`, `OrderCondition` and the like are about orders. */
const subjectOf = (type: string) =>
  type.replace(/^(Update|Delete|Create)|(Input|Payload|Patch|Condition)$/g, '');

/** Well within what depthLimit lets pass. */
const deepest = 7;

/** Writes valid operations by chance, each small enough for the limits. */
export class Author {
  readonly #schema: GraphQLSchema;
  readonly #dice: Dice;
  readonly #pool: Pool;
  /** What has been asked for so far, as `Type.field`. */
  readonly asked = new Set<string>();
  readonly #rowTypes: ReadonlyMap<string, string>;
  #mayAsk: MayAsk = () => true;
  #variables: Record<string, unknown> = {};
  #declarations: string[] = [];
  #fragments: string[] = [];
  #budget = 0;

  constructor(schema: GraphQLSchema, dice: Dice, pool: Pool) {
    this.#schema = schema;
    this.#dice = dice;
    this.#pool = pool;
    this.#rowTypes = rowTypes(schema);
  }

  query(mayAsk: MayAsk = () => true): Operation {
    this.#begin();
    // One in ten asks for what is forbidden as well.
    if (!this.#chance(10)) this.#mayAsk = mayAsk;
    const fields = Object.values(this.#schema.getQueryType()?.getFields() ?? {}).filter(
      ({ name, type }) => this.#mayAsk('Query', name) && this.#isOpen(getNamedType(type)),
    );
    const roots = Array.from({ length: 1 + this.#dice(3) }, (_, n) =>
      this.#field('Query', this.#pick(fields), 0, `r${n}`),
    );
    return this.#end('query', roots.join(' '));
  }

  /** Whether there is anything in a type that may be asked for. */
  #isOpen(type: GraphQLNamedType): boolean {
    if (!isObjectType(type)) return true;
    const { nodes } = type.getFields();
    return nodes
      ? this.#isOpen(getNamedType(nodes.type))
      : Object.keys(type.getFields()).some((name) => this.#mayAsk(type.name, name));
  }

  /** Without `isDeep` it asks only whether it was done. */
  mutation(name: string, { isDeep = true } = {}): Operation {
    this.#begin();
    if (!isDeep) this.#budget = 0;
    const field = this.#schema.getMutationType()?.getFields()[name];
    if (field === undefined) throw new Error(`no mutation ${name}`);
    return this.#end('mutation', this.#field('Mutation', field, isDeep ? 1 : deepest));
  }

  #begin(): void {
    this.#variables = {};
    this.#declarations = [];
    this.#fragments = [];
    this.#budget = 40;
    this.#mayAsk = () => true;
  }

  #end(kind: string, selection: string): Operation {
    const declared = this.#declarations.length > 0 ? `(${this.#declarations.join(', ')})` : '';
    return {
      query: [`${kind} ${declared} { ${selection} }`, ...this.#fragments].join('\n'),
      variables: this.#variables,
    };
  }

  #pick<T>(all: readonly T[]): T {
    return all[this.#dice(all.length)] as T;
  }

  #chance(percent: number): boolean {
    return this.#dice(100) < percent;
  }

  #field(type: string, field: Field, depth: number, alias?: string): string {
    this.asked.add(`${type}.${field.name}`);
    this.#budget -= 1;
    const row = subjectOf(getNamedType(field.type).name);
    const args = field.args.flatMap((arg) => this.#argument(arg, row));
    const directive = this.#chance(5)
      ? this.#pick([' @include(if: true)', ' @skip(if: false)', ' @skip(if: true)'])
      : '';
    const named = getNamedType(field.type);
    return [
      alias === undefined ? field.name : `${alias}: ${field.name}`,
      args.length > 0 ? `(${args.join(', ')})` : '',
      directive,
      isLeafType(named) ? '' : ` { ${this.#selection(named, depth + 1)} }`,
    ].join('');
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const all = isObjectType(type) ? Object.values(type.getFields()) : [];
    const fields = all.filter(
      (field) => this.#mayAsk(type.name, field.name) && this.#isOpen(getNamedType(field.type)),
    );
    const isPage = type.name.endsWith('Connection');
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const others = fields.filter((field) => !leaves.includes(field));
    const open = isPage
      ? others.filter(({ name }) => name === (this.#chance(80) ? 'nodes' : 'edges') || this.#chance(20))
      : depth < deepest && this.#budget > 0
        ? Array.from({ length: this.#dice(4) }, () => this.#pick(others)).filter(
            (field) => field !== undefined,
          )
        : [];
    const chosen = [
      ...new Set([...Array.from({ length: this.#dice(6) }, () => this.#pick(leaves)), ...open]),
    ];
    const parts = chosen
      .filter((field) => field !== undefined)
      .map((field) => this.#field(type.name, field, depth));
    if (parts.length === 0 || this.#chance(5)) parts.push('__typename');
    const selection = parts.join(' ');
    if (!this.#chance(8)) return selection;
    if (this.#chance(50)) return `... on ${type.name} { ${selection} }`;
    const name = `f${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} { ${selection} }`);
    return `...${name}`;
  }

  #argument({ name, type, defaultValue }: GraphQLArgument, row: string): string[] {
    const isRequired = isNonNullType(type) && defaultValue === undefined;
    if (name === 'first') return [`first: ${1 + this.#dice(4)}`];
    if (!isRequired && !this.#chance({ after: 4, offset: 8, orderBy: 30 }[name] ?? 20)) return [];
    const value = this.#value(type, name, row);
    const variable = `v${this.#declarations.length}`;
    this.#declarations.push(`$${variable}: ${type}`);
    this.#variables[variable] = value;
    return [`${name}: $${variable}`];
  }

  #value(type: GraphQLInputType, name: string, row: string): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, name, row);
    if (isListType(type)) {
      return Array.from({ length: 1 + this.#dice(2) }, () => this.#value(type.ofType, name, row));
    }
    if (isEnumType(type)) {
      // An order that needs a condition is described, by which.
      const plain = type.getValues().filter(({ description }) => !description?.startsWith('Needs'));
      return this.#pick(plain.length > 0 && this.#chance(80) ? plain : type.getValues()).name;
    }
    if (isInputObjectType(type)) {
      const isCondition = type.name.endsWith('Condition');
      return Object.fromEntries(
        Object.values(type.getFields()).flatMap((field) =>
          isNonNullType(field.type) || this.#chance(isCondition ? 20 : 60)
            ? [[field.name, this.#value(field.type, field.name, subjectOf(type.name))]]
            : [],
        ),
      );
    }
    return this.#scalar(type.name, name, row);
  }

  #id(name: string, row: string): string {
    const { ids } = this.#pool;
    const ending = name.replace(/^./, (letter) => letter.toUpperCase()).replace(/Id$/, '');
    const type = /^(id|rowId)$/.test(name)
      ? row
      : (this.#rowTypes.get(name) ?? [...ids.keys()].find((each) => each.endsWith(ending)));
    const fitting = ids.get(type ?? '') ?? [];
    return this.#pick(fitting.length > 0 && this.#chance(90) ? fitting : [...ids.values()].flat());
  }

  #scalar(type: string, name: string, row: string): unknown {
    const { texts } = this.#pool;
    switch (type) {
      case 'ID':
      case 'UUID':
        return this.#id(name, row);
      case 'Int':
        if (/version/i.test(name)) return 1 + this.#dice(3);
        return this.#dice(20) - (name === 'first' ? 0 : 2);
      case 'BigInt':
      case 'Decimal':
        return `${this.#dice(5000)}${this.#pick(['', '.5', '.25'])}`;
      case 'Float':
        return this.#dice(100) / 4;
      case 'Boolean':
        return this.#chance(50);
      case 'Date':
        return `2026-${String(1 + this.#dice(12)).padStart(2, '0')}-${String(1 + this.#dice(28)).padStart(2, '0')}`;
      case 'Datetime':
        return new Date(Date.UTC(2026, this.#dice(24), 1 + this.#dice(28), this.#dice(24))).toISOString();
      case 'JSON':
        return this.#pick([{}, { note: 'x', list: [1, null, 'two'] }, [], 'text', 3]);
      case 'Cursor':
        return this.#pick([Buffer.from('["0",1]').toString('base64'), 'abc', '', 'WyJuYXR1cmFsIiwxXQ==']);
      case 'Base64EncodedBinary':
        return Buffer.from(Array.from({ length: 32 }, () => this.#dice(256))).toString('base64');
      default:
        return this.#pick([
          ...texts,
          '',
          'orders',
          "'; drop table commerce.orders; --",
          '%_\\',
          '🧺 ünï',
          'x'.repeat(300),
          '\u0000',
          'a\\u0000b',
        ]);
    }
  }
}
