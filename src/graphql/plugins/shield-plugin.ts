import type { PgCodecAttribute } from 'postgraphile/@dataplan/pg';
import { error, type FieldPlanResolver, operationPlan, SafeError } from 'postgraphile/grafast';
import type { GraphQLOutputType } from 'postgraphile/graphql';
import type { ShieldedColumn } from '../catalogue.ts';

type Tracked = { get(key: string): Tracked; eval(): unknown };
// biome-ignore lint/suspicious/noExplicitAny: fields of every kind
type Field = { type: GraphQLOutputType; plan?: FieldPlanResolver<any, any, any> };

/** The role that asks. One operation has a plan for each role that sends it. */
function currentRole(): unknown {
  const { trackedContextStep } = operationPlan() as unknown as { trackedContextStep: Tracked };
  return trackedContextStep.get('pgSettings').get('role').eval();
}

/** A field that fails alone: a caller who may not read its column gets null and an error at its path, and all else. */
function shielded<T extends Field>(
  field: T,
  shields: ShieldedColumn[],
  name: string,
  nullable: T['type'],
): T {
  // A column of a list has none: what it is called in the row is in the row.
  const plan = field.plan ?? (($row) => $row.get(shields[0]?.column));
  return {
    ...field,
    type: nullable,
    plan: (...args: Parameters<typeof plan>) => {
      const role = currentRole();
      const shield = shields.find(({ refused }) => refused.includes(String(role)));
      if (shield === undefined) return plan(...args);
      const permission = shield.readers.map((reader) => reader.replace('commerce_', '')).join(' or ');
      const message = `${name} is shown to a ${permission || 'server'} only`;
      return error(new SafeError(message, { code: 'FORBIDDEN', field: name, permission }));
    },
  };
}

/**
 * A column that a role may not read is left out of the statement for this role. Without this the database would
 * refuse the statement, and with it every row of the list; and a shop and a console could share no fragment.
 */
export const ShieldPlugin: GraphileConfig.Plugin = {
  name: 'CommerceShieldPlugin',
  after: ['CommerceMoneyPlugin', 'CommerceCataloguePlugin'],
  schema: {
    hooks: {
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { fieldName, pgFieldAttribute, pgRelationDetails, isPgFieldConnection } = scope;
        const relation =
          pgRelationDetails?.registry.pgRelations[pgRelationDetails.codec.name]?.[
            pgRelationDetails.relationName
          ];
        const columns: (PgCodecAttribute | undefined)[] = isPgFieldConnection
          ? []
          : [
              pgFieldAttribute,
              ...(relation?.localAttributes ?? []).map((name) => relation?.localCodec.attributes[name]),
            ];
        const shields = columns.flatMap((column) => column?.extensions?.shield ?? []);
        if (shields.length === 0) return field;
        return shielded(
          field as Field,
          shields,
          fieldName,
          build.graphql.getNullableType(field.type),
        ) as never;
      },
    },
  },
};
