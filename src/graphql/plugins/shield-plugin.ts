import type { PgCodecWithAttributes, PgResource } from 'postgraphile/@dataplan/pg';
import {
  ErrorStep,
  error,
  type FieldPlanResolver,
  operationPlan,
  SafeError,
  sideEffect,
} from 'postgraphile/grafast';
import type { GraphQLOutputType } from 'postgraphile/graphql';
import type { Shield, Write } from '../catalogue.ts';
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
type Tracked = { get(key: string): Tracked; eval(): unknown };
// biome-ignore lint/suspicious/noExplicitAny: fields of every kind
type Field = { type: GraphQLOutputType; plan?: FieldPlanResolver<any, any, any> };

/** The role that asks. One operation has a plan for each role that sends it. */
function currentRole(): unknown {
  const { trackedContextStep } = operationPlan() as unknown as { trackedContextStep: Tracked };
  return trackedContextStep.get('pgSettings').get('role').eval();
}

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

/** The refusal of a thing, if the present role may not have it. */
function refusalOf(shields: Shield[], name: string, verb: 'shown to' | 'for'): SafeError | undefined {
  const role = currentRole();
  const shield = shields.find(({ refused }) => refused.includes(String(role)));
  if (shield === undefined) return undefined;
  const permission = shield.readers.map((reader) => reader.replace('commerce_', '')).join(' or ');
  const message = `${name} is ${verb} a ${permission || 'server'} only`;
  return new SafeError(message, { code: 'FORBIDDEN', field: name, permission });
}

/** Refuses a condition and an order by a column that the present role may not read: they would tell what it holds. */
export function shieldGuard(
  { inflection }: GraphileBuild.Build,
  codec: PgCodecWithAttributes,
): (orderBy: unknown, condition: unknown) => void {
  const names = new Map<string, SafeError>();
  for (const [attributeName, { extensions }] of Object.entries(codec.attributes)) {
    const name = inflection.attribute({ attributeName, codec });
    const refusal = extensions?.shield && refusalOf([extensions.shield], name, 'shown to');
    if (refusal === undefined) continue;
    names.set(name, refusal);
    for (const variant of ['asc', 'desc'] as const) {
      names.set(inflection.orderByAttributeEnum({ codec, attributeName, variant }), refusal);
    }
  }
  return (orderBy, condition) => {
    const given = [...[orderBy ?? []].flat(), ...Object.keys(condition ?? {})];
    for (const name of given) {
      const refusal = names.get(String(name));
      if (refusal !== undefined) throw refusal;
    }
  };
}

/** A mutation that the role may not run: the refusal comes before it. */
function refusing<T extends Field>(field: T, shield: Shield, name: string): T {
  const { plan } = field;
  if (plan === undefined) return field;
  return {
    ...field,
    plan: (...args: Parameters<typeof plan>) => {
      const refusal = refusalOf([shield], name, 'for');
      if (refusal !== undefined) {
        sideEffect(null, () => {
          throw refusal;
        });
      }
      return plan(...args);
    },
  };
}

/** What a field of the root does to a row of a view. */
function writeOf(scope: GraphileBuild.ScopeObjectFieldsField): Write | undefined {
  if (scope.isPgCreateMutation) return 'insert';
  if (scope.isPgUpdateMutation) return 'update';
  return scope.isPgDeleteMutation ? 'delete' : undefined;
}

/** A field that fails alone: a caller who may not have it gets null and an error at its path, and all else. */
function shielded<T extends Field>(field: T, shields: Shield[], name: string, nullable: T['type']): T {
  // A column of a list has none: what it is called in the row is in the row.
  const plan = field.plan ?? (($row) => $row.get(shields[0]?.column));
  return {
    ...field,
    type: nullable,
    plan: (...args: Parameters<typeof plan>) => {
      const refusal = refusalOf(shields, name, 'shown to');
      return refusal === undefined ? plan(...args) : error(refusal);
    },
  };
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
          return shield && field ? [[name, refusing(field as Field, shield, name)] as const] : [];
        });
        return { ...fields, ...Object.fromEntries(refused) } as typeof fields;
      },
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { fieldName, pgFieldAttribute, pgRelationDetails, isPgFieldConnection, pgCodec } = scope;
        const write = writeOf(scope);
        const forWriters = write && scope.pgFieldResource?.codec.extensions?.writeShields?.[write];
        if (forWriters) return refusing(field as Field, forWriters, fieldName) as never;
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
        return shielded(
          field as Field,
          shields,
          fieldName,
          root === undefined ? build.graphql.getNullableType(field.type) : field.type,
        ) as never;
      },
      /** A list that is not asked for has no order and no page. */
      GraphQLObjectType_fields_field_args_arg(arg, _build, { scope }) {
        const { applyPlan } = arg;
        if (!scope.isPgFieldConnection || applyPlan === undefined) return arg;
        return {
          ...arg,
          applyPlan: ($parent, $list, ...rest) =>
            $list instanceof ErrorStep ? undefined : applyPlan($parent, $list, ...rest),
        };
      },
    },
  },
};
