import {
  enumCodec,
  type PgCodec,
  type PgCodecAttribute,
  type PgEnumCodec,
  type PgResource,
  type PgResourceParameter,
  type PgSelectSingleStep,
} from 'postgraphile/@dataplan/pg';
import { gatherConfig } from 'postgraphile/graphile-build';
import type { PgProc } from 'postgraphile/graphile-build-pg/pg-introspection';
import type {
  GraphQLInputFieldConfig,
  GraphQLInputFieldConfigMap,
  GraphQLInputType,
} from 'postgraphile/graphql';
import { sql } from 'postgraphile/pg-sql2';

/** An object that a function reads out of JSON: its keys, which are columns of a table. */
type Shape = {
  isList: boolean;
  keys: { name: string; codec: PgCodec; isRequired: boolean; description: string | undefined }[];
};

declare global {
  namespace DataplanPg {
    interface PgResourceParameterExtensions {
      description?: string | undefined;
      publicName?: string | undefined;
      shape?: Shape | undefined;
    }
    interface PgCodecAttributeExtensions {
      /** The view and key of the row that a column of a function's result names. */
      refersTo?: { view: string; key: string } | undefined;
    }
  }
  namespace GraphileConfig {
    interface GatherHelpers {
      commerceFunctions: Record<never, never>;
    }
  }
  namespace GraphileBuild {
    interface Inflection {
      shapeType(details: { resource: PgResource; param: PgResourceParameter }): string;
    }
  }
}

type EnumCodec = PgEnumCodec<string, string>;

/** One line of a function's comment about an argument or a column of its result. */
type Note = { mark: string; source: string | undefined; description: string | undefined };

/** `@param lines {order_items[]: product_id! quantity!} What is ordered.`, or `@returns …`. */
function readNotes(pgProc: PgProc, tag: 'param' | 'returns'): Map<string, Note> {
  const lines = [pgProc.getTags()[tag] ?? []].flat();
  return new Map(
    lines.map((line) => {
      const [, name, mark = '', source, description] =
        /^(\w+)([?!])?(?: \{([^}]+)\})?(?: (.+))?$/.exec(String(line)) ?? [];
      if (name === undefined) throw new Error(`${pgProc.proname}: cannot read "@${tag} ${line}"`);
      return [name, { mark, source, description }];
    }),
  );
}

function take(notes: Map<string, Note>, name: string): Note | undefined {
  const note = notes.get(name);
  notes.delete(name);
  return note;
}

type ColumnOf = GraphileConfig.GatherHelpers['commerceCatalogue']['column'];

const meaning = (column: ColumnOf, source: string): string | undefined =>
  source.includes('.') ? column(source).getDescription() : undefined;

const common: Record<string, string> = {
  expected_version: 'The version that was read; if there is a newer one, nothing is changed.',
  idempotency_key: 'A name for this request, of your own choice: sent again, it gets the first answer again.',
};

/** What an argument means, where its function's comment does not say. */
function meaningOf(pgProc: PgProc, name: string): string | undefined {
  const columns = pgProc.getReturnType()?.getClass()?.getAttributes() ?? [];
  const column = columns.find(({ attname }) => attname === name);
  const words = /^(\w+)_id$/.exec(name)?.[1]?.replaceAll('_', ' ');
  return common[name] ?? column?.getDescription() ?? (words && `The ${words}.`);
}

/**
 * What a function's comment says about its arguments and results. `@param name {table.column} Meaning.`
 * gives an argument the column's closed set, and its meaning where none is given; `?` lets it be null;
 * `{table[]: key! other=column}` makes typed objects of JSON. `@returns` says the same of a column of the
 * result, `!` that it is never null; a column that refers to a row leads to it.
 */
export const FunctionPlugin: GraphileConfig.Plugin = {
  name: 'CommerceFunctionPlugin',
  after: ['CommerceCataloguePlugin', 'CommerceRowFieldPlugin'],
  inflection: {
    add: {
      shapeType(_options, { resource, param }) {
        const argument = this.singularize(this.argument({ resource: resource as never, param, index: 0 }));
        return this.inputType(
          this.upperCamelCase(`${this._functionName({ resource: resource as never })}-${argument}`),
        );
      },
    },
  },
  gather: gatherConfig({
    namespace: 'commerceFunctions',
    helpers: {},
    hooks: {
      async pgProcedures_PgResourceOptions(
        { helpers, inflection },
        { pgProc, serviceName, resourceOptions },
      ) {
        const { column, closedSet, closedSetsOf, publicName } = helpers.commerceCatalogue;
        const { rowName = pgProc.proname } = pgProc.getTags();

        /** `{table.column}` has the closed set of the column, `{one|two}` is one of its own. */
        const setOf = (source: string, name: string, description?: string): EnumCodec | undefined =>
          source.includes('|')
            ? enumCodec({
                name: inflection.upperCamelCase(`${rowName}-${name}`),
                identifier: sql`text`,
                values: source.split('|'),
                ...(description && { description }),
              })
            : closedSet(source);

        const readKey = async (table: string, key: string): Promise<Shape['keys'][number]> => {
          const [, name = '', mark, other = name] = /^(\w+)(!)?(?:=(\w+))?$/.exec(key) ?? [];
          const home = `${table}.${other}`;
          const attribute = column(home);
          const { atttypid, atttypmod } = attribute;
          const codec = await helpers.pgCodecs.getCodecFromType(serviceName, atttypid, atttypmod);
          const set = closedSet(home) ?? codec;
          if (!set) throw new Error(`${pgProc.proname}: GraphQL has no type for ${home}`);
          return { name, codec: set, isRequired: mark === '!', description: attribute.getDescription() };
        };

        const params = readNotes(pgProc, 'param');
        const checked = closedSetsOf(pgProc._id);
        for (const parameter of resourceOptions.parameters ?? []) {
          const name = parameter.name?.replace(/^p_/, '') ?? '';
          const note = take(params, name);
          const [, table, isList, keys] = /^(\w+)(\[\])?: (.+)$/.exec(note?.source ?? '') ?? [];
          const home = table === undefined ? (note?.source ?? checked[`p_${name}`]) : undefined;
          parameter.codec = (home && setOf(home, name, note?.description)) || parameter.codec;
          if (note?.mark === '?') parameter.notNull = false;
          parameter.extensions = {
            ...parameter.extensions,
            publicName: note?.source && publicName(note.source),
            description: note?.description ?? (home && meaning(column, home)) ?? meaningOf(pgProc, name),
            ...(table !== undefined &&
              keys !== undefined && {
                shape: {
                  isList: isList !== undefined,
                  keys: await Promise.all(keys.split(' ').map((key) => readKey(table, key))),
                },
              }),
          };
        }

        if (resourceOptions.isMutation && !resourceOptions.isUnique) {
          resourceOptions.extensions = {
            ...resourceOptions.extensions,
            tags: { ...resourceOptions.extensions?.tags, notNull: true },
          };
        }

        const returns = readNotes(pgProc, 'returns');
        const { attributes = {}, isAnonymous } = resourceOptions.codec;
        if (isAnonymous && resourceOptions.description) {
          resourceOptions.codec.description = resourceOptions.description;
        }
        for (const [name, attribute] of isAnonymous ? Object.entries<PgCodecAttribute>(attributes) : []) {
          const note = take(returns, name);
          if (note === undefined) continue;
          const { mark, source } = note;
          const description = note.description ?? (source && meaning(column, source));
          const [view = '', key] = source?.split('.') ?? [];
          Object.assign(attribute, {
            codec: (source && setOf(source, name, description)) || attribute.codec,
            ...(description && { description }),
            ...(mark === '!' && { notNull: true }),
            extensions: {
              ...attribute.extensions,
              ...(key === 'id' && { refersTo: { view, key } }),
              tags: { ...attribute.extensions?.tags, name: source && publicName(source) },
            },
          });
        }
        for (const name of [...params.keys(), ...returns.keys()]) {
          throw new Error(`the comment of ${pgProc.proname} describes ${name}, which there is not`);
        }
      },
    },
  }),
  schema: {
    hooks: {
      build: {
        after: ['PgCustomTypeFieldPlugin'],
        callback(build) {
          const inherited = build.pgGetArgDetailsFromParameters;
          if (inherited === undefined) throw new Error('PgCustomTypeFieldPlugin comes first');
          const { GraphQLList, GraphQLNonNull } = build.graphql;
          const typeOf = (resource: PgResource, param: PgResourceParameter): GraphQLInputType | undefined => {
            const { shape } = param.extensions ?? {};
            const { arrayOfCodec } = param.codec;
            const item = shape
              ? build.getInputTypeByName(build.inflection.shapeType({ resource, param }))
              : arrayOfCodec && build.getGraphQLTypeByPgCodec?.(arrayOfCodec, 'input');
            if (!build.graphql.isInputType(item)) return undefined;
            const isList = shape === undefined || shape.isList;
            const whole = isList ? new GraphQLList(new GraphQLNonNull(item)) : item;
            return param.notNull && !param.optional ? new GraphQLNonNull(whole) : whole;
          };
          build.pgGetArgDetailsFromParameters = (resource, parameters = resource.parameters, offset = 0) => {
            const details = inherited(resource, parameters, offset);
            const params: readonly PgResourceParameter[] = parameters.slice(offset);
            const args = params.map((param, index) => {
              const detail = details.argDetails[index];
              if (detail === undefined) throw new Error(`${resource.name} has no argument ${param.name}`);
              detail.inputType = typeOf(resource, param) ?? detail.inputType;
              const description = param.extensions?.description;
              return [
                detail.graphqlArgName,
                { type: detail.inputType, ...(description && { description }) },
              ] as const;
            });
            return { ...details, makeFieldArgs: () => Object.fromEntries(args) };
          };
          return build;
        },
      },
      init: {
        after: ['PgCodecs'],
        callback(_, build) {
          for (const resource of Object.values(build.pgResources) as PgResource[]) {
            for (const param of (resource.parameters ?? []) as readonly PgResourceParameter[]) {
              const { shape } = param.extensions ?? {};
              if (shape === undefined) continue;
              registerShape(
                build,
                build.inflection.shapeType({ resource, param }),
                param.extensions?.description,
                shape,
              );
            }
          }
          return _;
        },
      },
      GraphQLInputObjectType_fields(fields, build, { scope: { isMutationInput }, Self }) {
        if (!isMutationInput) return fields;
        const resource = (Object.values(build.pgResources) as PgResource[]).find(
          (each) =>
            each.parameters !== undefined &&
            each.isMutation &&
            build.inflection.customMutationInput({ resource: each as never }) === Self.name,
        );
        if (resource === undefined) return fields;
        const { makeFieldArgs } = build.pgGetArgDetailsFromParameters(resource);
        for (const [name, { description }] of Object.entries(makeFieldArgs())) {
          const field = fields[name];
          if (field !== undefined && description !== undefined) field.description = description;
        }
        return fields;
      },
      GraphQLObjectType_fields(fields, build, { scope: { pgCodec, isPgClassType }, Self, fieldWithHooks }) {
        if (!isPgClassType || !pgCodec?.isAnonymous) return fields;
        for (const [name, { extensions }] of Object.entries<PgCodecAttribute>(pgCodec.attributes ?? {})) {
          const { refersTo } = extensions ?? {};
          if (refersTo === undefined) continue;
          const { view, key } = refersTo;
          const target = build.commerceView(view);
          const type = target && build.getGraphQLTypeByPgCodec(target.codec, 'output');
          if (target === undefined || !build.graphql.isObjectType(type)) continue;
          const fieldName = build.inflection.camelCase(name.replace(/(_user)?_id$/, ''));
          build.extend(
            fields,
            {
              [fieldName]: fieldWithHooks(
                { fieldName },
                {
                  type,
                  description: `The \`${type.name}\` that it names.`,
                  plan: ($row: PgSelectSingleStep) => target.get({ [key]: $row.get(name) }),
                },
              ),
            },
            `what ${Self.name}.${name} refers to`,
          );
        }
        return fields;
      },
    },
  },
};

/** An input type that becomes the JSON object which the function reads: its keys are those of SQL. */
function registerShape(
  build: GraphileBuild.Build,
  typeName: string,
  description: string | undefined,
  { keys }: Shape,
): void {
  const { GraphQLList, GraphQLNonNull } = build.graphql;
  const named = keys.map((key) => ({ ...key, fieldName: build.inflection.camelCase(key.name) }));
  const fieldOf = ({ codec, isRequired, description }: Shape['keys'][number]): GraphQLInputFieldConfig => {
    const item = build.getGraphQLTypeByPgCodec(codec.arrayOfCodec ?? codec, 'input');
    if (!build.graphql.isInputType(item)) throw new Error(`${typeName}: no input type for ${codec.name}`);
    const type = codec.arrayOfCodec ? new GraphQLList(new GraphQLNonNull(item)) : item;
    return { type: isRequired ? new GraphQLNonNull(type) : type, ...(description && { description }) };
  };
  build.registerInputObjectType(
    typeName,
    {},
    () => ({
      ...(description && { description }),
      fields: (): GraphQLInputFieldConfigMap =>
        Object.fromEntries(named.map((key) => [key.fieldName, fieldOf(key)])),
      extensions: {
        grafast: {
          baked: (input: Record<string, unknown>) =>
            Object.fromEntries(
              named
                .filter(({ fieldName }) => input[fieldName] !== undefined)
                .map(({ name, fieldName }) => [name, input[fieldName]]),
            ),
        },
      },
    }),
    `CommerceFunctionPlugin: ${typeName}`,
  );
}
