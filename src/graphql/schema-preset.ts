import './environment.ts';
import type pg from 'pg';
import { makeSchema } from 'postgraphile';
import type { GraphQLSchema } from 'postgraphile/graphql';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { ArgumentPlugin } from './plugins/argument-plugin.ts';
import { BehaviorPlugin } from './plugins/behavior-plugin.ts';
import { CachePlugin } from './plugins/cache-plugin.ts';
import { CataloguePlugin } from './plugins/catalogue-plugin.ts';
import { DecimalPlugin } from './plugins/decimal-plugin.ts';
import { DescriptionPlugin } from './plugins/description-plugin.ts';
import { FunctionPlugin } from './plugins/function-plugin.ts';
import { IdPlugin } from './plugins/id-plugin.ts';
import { MissingRowPlugin } from './plugins/missing-row-plugin.ts';
import { MoneyPlugin } from './plugins/money-plugin.ts';
import { MutationPlugin } from './plugins/mutation-plugin.ts';
import { NamingPlugin } from './plugins/naming-plugin.ts';
import { OrderingPlugin } from './plugins/ordering-plugin.ts';
import { PagingPlugin } from './plugins/paging-plugin.ts';
import { RowFieldPlugin } from './plugins/row-field-plugin.ts';
import { ScalarPlugin } from './plugins/scalar-plugin.ts';
import { ShieldPlugin } from './plugins/shield-plugin.ts';
import { StatementPlugin } from './plugins/statement-plugin.ts';
import { SubscriptionPlugin } from './plugins/subscription-plugin.ts';
import { TenantPlugin } from './plugins/tenant-plugin.ts';
import { VersionPlugin } from './plugins/version-plugin.ts';
import { pgService } from './preset.ts';

/** Everything about the schema and nothing about its callers. */
export function schemaPreset(pool: pg.Pool): GraphileConfig.Preset {
  return {
    extends: [PostGraphileAmberPreset],
    plugins: [
      BehaviorPlugin,
      CataloguePlugin,
      FunctionPlugin,
      ArgumentPlugin,
      NamingPlugin,
      IdPlugin,
      DecimalPlugin,
      ScalarPlugin,
      MoneyPlugin,
      VersionPlugin,
      PagingPlugin,
      MissingRowPlugin,
      MutationPlugin,
      OrderingPlugin,
      RowFieldPlugin,
      SubscriptionPlugin,
      ShieldPlugin,
      DescriptionPlugin,
      StatementPlugin,
      TenantPlugin,
      CachePlugin,
    ],
    disablePlugins: [
      // IdPlugin: ids that a person can read, `Order|0198…`, in lookups and nowhere else.
      'NodeIdCodecBase64JSONPlugin',
      'RegisterQueryNodePlugin',
      'PgNodeIdAttributesPlugin',
      // PagingPlugin takes its place.
      'PgFirstLastBeforeAfterArgsPlugin',
      // OrderingPlugin has its own.
      'PgConnectionArgOrderByDefaultValuePlugin',
      // A mutation returns the row that it changed, and no door to every other.
      'QueryQueryPlugin',
      'MutationPayloadQueryPlugin',
      'PgMutationPayloadEdgePlugin',
      // A count reads every row that matches.
      'PgConnectionTotalCountPlugin',
    ],
    pgServices: [pgService(pool)],
    gather: { pgStrictFunctions: true },
    schema: {
      defaultBehavior: 'delete:resource:select -nodeId:resource:update -nodeId:resource:delete',
      defaultNodeIdCodec: 'pipeString',
      dontSwallowErrors: true,
      // No list here has holes.
      pgForbidSetofFunctionsToReturnNull: true,
    },
  };
}

/** Builds the schema from what the database says about itself. */
export async function buildSchema(pool: pg.Pool): Promise<GraphQLSchema> {
  const { schema } = await makeSchema(schemaPreset(pool));
  return schema;
}
