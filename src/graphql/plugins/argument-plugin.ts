import type { PgResource, PgResourceParameter } from 'postgraphile/@dataplan/pg';
import type { GraphQLInputFieldConfigMap, GraphQLInputType } from 'postgraphile/graphql';
import { shapeOf } from '../plans/scalars.ts';
import { call } from './call.ts';
import type { ShapeKey } from './function-plugin.ts';

declare global {
  namespace GraphileBuild {
    interface Inflection {
      shapeType(details: { resource: PgResource; param: PgResourceParameter }): string;
    }
  }
}

/**
 * Arguments of functions as FunctionPlugin has read them: described, lists without nulls, and typed objects
 * in the place of JSON, with the names of clients for the keys of SQL.
 */
export const ArgumentPlugin: GraphileConfig.Plugin = {
  name: 'CommerceArgumentPlugin',
  inflection: {
    add: {
      shapeType(_options, details) {
        const { param } = details;
        const resource = details.resource as never;
        const item = this.singularize(this.argument({ resource, param, index: 0 }));
        return this.inputType(this.upperCamelCase(`${this._functionName({ resource })}-${item}`));
      },
    },
  },
  schema: {
    hooks: {
      build: {
        after: ['PgCustomTypeFieldPlugin'],
        callback(build) {
          const inherited = build.pgGetArgDetailsFromParameters;
          if (inherited === undefined) throw new Error('PgCustomTypeFieldPlugin comes first');
          build.pgGetArgDetailsFromParameters = (resource, parameters = resource.parameters, offset = 0) => {
            const details = inherited(resource, parameters, offset);
            const args = details.argDetails.map((detail, index) => {
              const param = parameters[index + offset] as PgResourceParameter;
              detail.inputType =
                listTypeOf(build as GraphileBuild.Build, resource, param) ?? detail.inputType;
              const { description } = param.extensions ?? {};
              const arg = { type: detail.inputType, ...(description && { description }) };
              return [detail.graphqlArgName, arg] as const;
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
              const { shape, description } = param.extensions ?? {};
              if (shape)
                registerShape(build, build.inflection.shapeType({ resource, param }), shape, description);
            }
          }
          return _;
        },
      },
      GraphQLInputObjectType_fields(fields, build, { scope: { isMutationInput }, Self }) {
        const resources = isMutationInput ? (Object.values(build.pgResources) as PgResource[]) : [];
        const resource = resources.find(
          (each) =>
            each.isMutation &&
            each.parameters !== undefined &&
            build.inflection.customMutationInput({ resource: each as never }) === Self.name,
        );
        const args = resource ? build.pgGetArgDetailsFromParameters(resource).makeFieldArgs() : {};
        return Object.fromEntries(
          Object.entries(fields).map(([name, field]) => {
            const { description } = args[name] ?? {};
            return [name, description === undefined ? field : { ...field, description }];
          }),
        );
      },
    },
  },
};

function listTypeOf(
  build: GraphileBuild.Build,
  resource: PgResource,
  param: PgResourceParameter,
): GraphQLInputType | undefined {
  const { GraphQLList, GraphQLNonNull, isInputType } = build.graphql;
  const { arrayOfCodec } = param.codec;
  const item = param.extensions?.shape
    ? build.getInputTypeByName(build.inflection.shapeType({ resource, param }))
    : arrayOfCodec && build.getGraphQLTypeByPgCodec(arrayOfCodec, 'input');
  if (!isInputType(item)) return undefined;
  const list = new GraphQLList(new GraphQLNonNull(item));
  return param.notNull && !param.optional ? new GraphQLNonNull(list) : list;
}

/** An input type that becomes the object which the function reads. */
function registerShape(
  build: GraphileBuild.Build,
  typeName: string,
  shape: ShapeKey[],
  description: string | undefined,
): void {
  const { GraphQLList, GraphQLNonNull, isInputType } = build.graphql;
  const camelCase = (name: string) => build.inflection.camelCase(name);
  const typeOf = ({ codec, isList, isRequired }: ShapeKey): GraphQLInputType => {
    const item = build.getGraphQLTypeByPgCodec(codec, 'input');
    if (!isInputType(item)) throw new Error(`${typeName}: no input type for ${codec.name}`);
    const type = isList ? new GraphQLList(new GraphQLNonNull(item)) : item;
    return isRequired ? new GraphQLNonNull(type) : type;
  };
  const baked = call(
    shapeOf,
    shape.map(({ name }) => [name, camelCase(name)] as const),
  );
  build.registerInputObjectType(
    typeName,
    {},
    () => ({
      ...(description && { description }),
      fields: (): GraphQLInputFieldConfigMap =>
        Object.fromEntries(
          shape.map((key) => [
            camelCase(key.name),
            { type: typeOf(key), ...(key.description && { description: key.description }) },
          ]),
        ),
      extensions: { grafast: { baked } },
    }),
    `CommerceArgumentPlugin: ${typeName}`,
  );
}
