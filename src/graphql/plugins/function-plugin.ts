import type { PgCodec, PgCodecAttribute, PgResourceParameter } from 'postgraphile/@dataplan/pg';
import { gatherConfig } from 'postgraphile/graphile-build';
import type { PgProc } from 'postgraphile/graphile-build-pg/pg-introspection';
import { withMeanings } from '../../model/value-meanings.ts';
import { closedSet, type EnumCodec } from '../plans/codecs.ts';
import { fieldNameIn } from '../plans/rows.ts';
import { call } from './call.ts';

/** A key of the objects that a function reads out of JSON: a column of a table. */
export type ShapeKey = {
  name: string;
  codec: PgCodec;
  isList: boolean;
  isRequired: boolean;
  description: string | undefined;
};

declare global {
  namespace DataplanPg {
    interface PgResourceParameterExtensions {
      description?: string | undefined;
      /** What clients call it, where that is not its name. */
      publicName?: string | undefined;
      /** The JSON is a list of objects with these keys. */
      shape?: ShapeKey[] | undefined;
    }
    interface PgCodecAttributeExtensions {
      /** The view of the row whose id a column of a function's result is. */
      refersTo?: string | undefined;
      /** It names a field of the input, as SQL does. */
      isFieldName?: boolean | undefined;
    }
  }
  namespace GraphileConfig {
    interface GatherHelpers {
      commerceFunctions: Record<never, never>;
    }
  }
}

type Helpers = GraphileConfig.GatherHelpers;

/** One line of a function's comment about an argument or a column of its result. */
type Note = { mark: string; source: string | undefined; description: string | undefined };

/** `@param lines {order_items[]: product_id! quantity!} What is ordered.`, or `@returns …`. */
function readNotes(pgProc: PgProc, tag: 'param' | 'returns', names: string[]): Map<string, Note> {
  const lines = [pgProc.getTags()[tag] ?? []].flat();
  return new Map(
    lines.map((line) => {
      const [, name = '', mark = '', source, description] =
        /^(\w+)([?!])?(?: \{([^}]+)\})?(?: (.+))?$/.exec(String(line)) ?? [];
      if (!names.includes(name)) throw new Error(`${pgProc.proname} has nothing for "@${tag} ${line}"`);
      return [name, { mark, source, description }];
    }),
  );
}

const common: Record<string, string> = {
  expected_version: 'The version that was read; if there is a newer one, nothing is changed.',
  idempotency_key: 'A name for this request, of your own choice: sent again, it gets the first answer again.',
};

/** What an argument means, where its function's comment does not say. */
function meaningOf(pgProc: PgProc, name: string): string | undefined {
  const columns = pgProc.getReturnType()?.getClass()?.getAttributes() ?? [];
  const column = columns.find(({ attname }) => attname === name);
  const words = /^(\w+)_id$/.exec(name)?.[1]?.replaceAll('_', ' ');
  return common[name] ?? column?.getTagsAndDescription().description ?? (words && `The ${words}.`);
}

/** Reads what one function's comment says, and writes it into the resource that PostGraphile made of it. */
class FunctionReader {
  readonly #helpers: Helpers;
  readonly #pgProc: PgProc;
  readonly #serviceName: string;
  readonly #typeName: (column: string) => string;

  constructor(helpers: Helpers, pgProc: PgProc, serviceName: string, typeName: (column: string) => string) {
    this.#helpers = helpers;
    this.#pgProc = pgProc;
    this.#serviceName = serviceName;
    this.#typeName = typeName;
  }

  async readArguments(parameters: readonly PgResourceParameter[]): Promise<void> {
    const { closedSetsOf, listOf, publicName } = this.#helpers.commerceCatalogue;
    const nameOf = (parameter: PgResourceParameter) => parameter.name?.replace(/^p_/, '') ?? '';
    const notes = readNotes(this.#pgProc, 'param', parameters.map(nameOf));
    const checked = closedSetsOf(this.#pgProc._id);
    for (const parameter of parameters) {
      const name = nameOf(parameter);
      const { mark, source = checked[`p_${name}`], description } = notes.get(name) ?? {};
      const shape = await this.#shape(source);
      const meaning = description ?? this.#meaning(source) ?? meaningOf(this.#pgProc, name);
      const set = this.#set(source, name, meaning);
      if (set) parameter.codec = parameter.codec.arrayOfCodec ? listOf(set) : set;
      if (mark === '?') parameter.notNull = false;
      parameter.extensions = {
        ...parameter.extensions,
        publicName: publicName(notes.get(name)?.source ?? ''),
        description: meaning,
        shape,
      };
    }
  }

  readResult(attributes: Record<string, PgCodecAttribute>): void {
    const { publicName, withoutNulls } = this.#helpers.commerceCatalogue;
    for (const [name, { mark, source, description }] of readNotes(
      this.#pgProc,
      'returns',
      Object.keys(attributes),
    )) {
      const attribute = attributes[name] as PgCodecAttribute;
      const meaning = description ?? this.#meaning(source);
      const [view, key] = source?.split('.') ?? [];
      const codec = this.#set(source, name, meaning) ?? attribute.codec;
      Object.assign(attribute, {
        codec: mark === '!' ? withoutNulls(codec) : codec,
        ...(meaning && { description: meaning }),
        ...(mark === '!' && { notNull: true }),
        extensions: {
          ...attribute.extensions,
          ...(key === 'id' && { refersTo: view }),
          ...(source === 'field' && { isFieldName: true }),
          tags: { ...attribute.extensions?.tags, name: publicName(source ?? '') },
        },
      });
    }
  }

  /** `{table.column}` means what the column means. */
  #meaning(source: string | undefined): string | undefined {
    const isColumn = /^\w+(\.\w+)+$/.test(source ?? '');
    return isColumn ? this.#helpers.commerceCatalogue.column(source ?? '').getDescription() : undefined;
  }

  /** `{table.column}` has the closed set of the column, `{one|two}` is one of its own. */
  #set(source = '', column: string, description: string | undefined): EnumCodec | undefined {
    if (!source.includes('|')) return this.#helpers.commerceCatalogue.closedSet(source);
    const name = this.#typeName(column);
    return call(closedSet, name, withMeanings(name, source.split('|')), description);
  }

  /** `{table[]: key! key=column}` is a list of objects. */
  async #shape(source = ''): Promise<ShapeKey[] | undefined> {
    const [, table, keys] = /^(\w+)\[\]: (.+)$/.exec(source) ?? [];
    if (keys === undefined) return undefined;
    return Promise.all(keys.split(' ').map((key) => this.#key(`${table}`, key)));
  }

  async #key(table: string, key: string): Promise<ShapeKey> {
    const { commerceCatalogue, pgCodecs } = this.#helpers;
    const [, name = '', mark, other = name] = /^(\w+)(!)?(?:=(\w+))?$/.exec(key) ?? [];
    const home = `${table}.${other}`;
    const column = commerceCatalogue.column(home);
    const codec = await pgCodecs.getCodecFromType(this.#serviceName, column.atttypid, column.atttypmod);
    if (!codec) throw new Error(`${this.#pgProc.proname}: GraphQL has no type for ${home}`);
    return {
      name,
      codec: commerceCatalogue.closedSet(home) ?? codec.arrayOfCodec ?? codec,
      isList: codec.arrayOfCodec !== undefined,
      isRequired: mark === '!',
      description: column.getDescription(),
    };
  }
}

/**
 * What a function's comment says about its arguments and results. `@param name {table.column} Meaning.`
 * gives an argument the column's closed set, and its meaning where none is given; `?` lets it be null;
 * `{table[]: key! other=column}` makes typed objects of JSON. `@returns` says the same of a column of the
 * result, `!` that it is never null; a column that refers to a row leads to it, and `{field}` names a field
 * of the input.
 */
export const FunctionPlugin: GraphileConfig.Plugin = {
  name: 'CommerceFunctionPlugin',
  after: ['CommerceCataloguePlugin'],
  gather: gatherConfig({
    namespace: 'commerceFunctions',
    helpers: {},
    hooks: {
      async pgProcedures_PgResourceOptions(info, { pgProc, serviceName, resourceOptions }) {
        const { rowName = pgProc.proname } = pgProc.getTags();
        const typeName = (column: string) => info.inflection.upperCamelCase(`${rowName}-${column}`);
        const reader = new FunctionReader(info.helpers, pgProc, serviceName, typeName);
        await reader.readArguments(resourceOptions.parameters ?? []);

        const { codec, extensions, isMutation, isUnique } = resourceOptions;
        if (codec.isAnonymous) {
          reader.readResult(codec.attributes ?? {});
          codec.description = `What \`${info.inflection.camelCase(pgProc.proname)}\` tells.`;
        }
        // A mutation that succeeded has a result.
        if (isMutation && !isUnique) {
          resourceOptions.extensions = { ...extensions, tags: { ...extensions?.tags, notNull: true } };
        }
      },
    },
  }),
  schema: {
    hooks: {
      GraphQLObjectType_fields_field(field, _build, { scope: { pgFieldAttribute, fieldName } }) {
        if (!pgFieldAttribute?.extensions?.isFieldName) return field;
        return { ...field, plan: call(fieldNameIn, fieldName) };
      },
    },
  },
};
