import type { PgCodecWithAttributes, PgResource } from 'postgraphile/@dataplan/pg';
import type { GraphQLOutputType } from 'postgraphile/graphql';
import type { Shield, Write } from '../catalogue.ts';
import type { Plan } from '../plans/plan.ts';
import { type GuardedColumn, refusing, shielded, unlessRefused } from '../plans/shields.ts';
import { call } from './call.ts';
import { viewOf } from './id-plugin.ts';

declare global {
  namespace GraphileBuild {
    interface ScopeObjectFieldsField {
      /** Not every role that gets the object may have the field. */
      commerceShield?: Shield | undefined;
    }
  }
}

type Shieldable = { extensions?: { shield?: Shield | undefined } | undefined };
type Field = { type: GraphQLOutputType; plan?: Plan };

const functionsOf = ({ input }: GraphileBuild.Build): PgResource[] =>
  Object.values(input.pgRegistry.pgResources as Record<string, PgResource>).filter(
    ({ parameters }) => parameters !== undefined,
  );

/** The function behind a field of the root that gives one row or value: PostGraphile names it for lists alone. */
const functionOf = (build: GraphileBuild.Build, fieldName: string) =>
  functionsOf(build).find(
    (resource) =>
      !resource.isMutation && build.inflection.customQueryField({ resource } as never) === fieldName,
  );

const guardedOf = new WeakMap<PgCodecWithAttributes, GuardedColumn[]>();

/** The columns of a view by which not every role may ask for its rows. */
export function guardedColumns(
  { inflection }: GraphileBuild.Build,
  codec: PgCodecWithAttributes,
): GuardedColumn[] {
  const known = guardedOf.get(codec);
  if (known !== undefined) return known;
  const guarded = Object.entries(codec.attributes).flatMap(([attributeName, { extensions }]) => {
    if (extensions?.shield === undefined) return [];
    const field = inflection.attribute({ attributeName, codec });
    const orders = (['asc', 'desc'] as const).map((variant) =>
      inflection.orderByAttributeEnum({ codec, attributeName, variant }),
    );
    return [{ field, names: [field, ...orders], shield: extensions.shield }];
  });
  guardedOf.set(codec, guarded);
  return guarded;
}

/** A mutation that not every role may run. */
function withRefusal<T extends Field>(field: T, shield: Shield, name: string): T {
  return field.plan === undefined ? field : { ...field, plan: call(refusing, field.plan, shield, name) };
}

/** What a field of the root does to a row of a view. */
function writeOf(scope: GraphileBuild.ScopeObjectFieldsField): Write | undefined {
  if (scope.isPgCreateMutation) return 'insert';
  if (scope.isPgUpdateMutation) return 'update';
  return scope.isPgDeleteMutation ? 'delete' : undefined;
}

/**
 * What a role may not read, a column, a list of rows or what a function says, is left out of the statement for this
 * role, and the error names who may. Without this the database would refuse the statement, and with it every row of the list; and a shop
 * and a console could share no fragment.
 */
export const ShieldPlugin: GraphileConfig.Plugin = {
  name: 'CommerceShieldPlugin',
  after: [
    'CommerceMoneyPlugin',
    'CommerceCataloguePlugin',
    'CommerceMissingRowPlugin',
    'PgCustomTypeFieldPlugin',
  ],
  schema: {
    hooks: {
      /** Which of the role's persons may write to a view is for its policies to say. */
      GraphQLObjectType_fields(fields, build, { scope }) {
        if (!scope.isRootMutation) return fields;
        const refused = functionsOf(build).flatMap((resource) => {
          const { shield } = (resource as Shieldable)?.extensions ?? {};
          const name = build.inflection.customMutationField({ resource } as never);
          const field = resource.isMutation ? fields[name] : undefined;
          return shield && field ? [[name, withRefusal(field as Field, shield, name)] as const] : [];
        });
        return { ...fields, ...Object.fromEntries(refused) } as typeof fields;
      },
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { fieldName, pgFieldAttribute, pgRelationDetails, isPgFieldConnection, pgCodec } = scope;
        const write = writeOf(scope);
        const forWriters = write && scope.pgFieldResource?.codec.extensions?.writeShields?.[write];
        if (forWriters) return withRefusal(field as Field, forWriters, fieldName) as never;
        const root = scope.isRootQuery
          ? (scope.pgFieldResource ??
            functionOf(build, fieldName) ??
            viewOf(build, build.graphql.getNamedType(field.type).name))
          : undefined;
        const relation =
          pgRelationDetails?.registry.pgRelations[pgRelationDetails.codec.name]?.[
            pgRelationDetails.relationName
          ];
        const { localCodec, localAttributes = [], remoteResource, remoteAttributes = [] } = relation ?? {};
        const remote = remoteResource?.codec;
        const things: (Shieldable | undefined)[] = [
          pgFieldAttribute,
          ...(isPgFieldConnection ? [] : localAttributes.map((name) => localCodec?.attributes[name])),
          remote,
          ...remoteAttributes.map((name) => remote?.attributes?.[name]),
          ...(scope.pgFieldResourceUnique?.attributes ?? []).map((name) => root?.codec.attributes?.[name]),
          // A function that a role may call may tell rows that it cannot list.
          root?.parameters === undefined ? root?.codec : root,
        ];
        // Who may not read the rows does not come to their fields.
        const strangers = pgCodec?.extensions?.shield?.refused ?? [];
        const shields = [...things.map((thing) => thing?.extensions?.shield), scope.commerceShield].filter(
          (shield) => shield?.refused.some((role) => !strangers.includes(role)),
        ) as Shield[];
        if (shields.length === 0) return field;
        return {
          ...field,
          type: root === undefined ? build.graphql.getNullableType(field.type) : field.type,
          plan: call(shielded, (field as Field).plan, shields, fieldName),
        } as never;
      },
      /** A list that is not asked for has no order and no page. */
      GraphQLObjectType_fields_field_args_arg(arg, _build, { scope }) {
        const { applyPlan } = arg;
        if (!scope.isPgFieldConnection || applyPlan === undefined) return arg;
        return { ...arg, applyPlan: call(unlessRefused, applyPlan) };
      },
    },
  },
};
