import './environment.ts';
import type pg from 'pg';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import type { Standby } from '../database/standby.ts';
import { type Development, ruruPreset } from './development.ts';
import { maskError } from './errors.ts';
import { exchangeOf } from './exchange.ts';
import { limits } from './limits.ts';
import { pipelinedAdaptor } from './pg-adaptor.ts';
import { ArgumentPlugin } from './plugins/argument-plugin.ts';
import { BehaviorPlugin } from './plugins/behavior-plugin.ts';
import { CataloguePlugin } from './plugins/catalogue-plugin.ts';
import { DecimalPlugin } from './plugins/decimal-plugin.ts';
import { DescriptionPlugin } from './plugins/description-plugin.ts';
import { FunctionPlugin } from './plugins/function-plugin.ts';
import { HintPlugin } from './plugins/hint-plugin.ts';
import { IdPlugin } from './plugins/id-plugin.ts';
import { MissingRowPlugin } from './plugins/missing-row-plugin.ts';
import { MoneyPlugin } from './plugins/money-plugin.ts';
import { MutationPlugin } from './plugins/mutation-plugin.ts';
import { NamingPlugin } from './plugins/naming-plugin.ts';
import { observePlugin } from './plugins/observe-plugin.ts';
import { OrderingPlugin } from './plugins/ordering-plugin.ts';
import { PagingPlugin } from './plugins/paging-plugin.ts';
import { PresentPlugin } from './plugins/present-plugin.ts';
import { RefusalPlugin } from './plugins/refusal-plugin.ts';
import { pgSettings, type RequestOptions, requestPlugin } from './plugins/request-plugin.ts';
import { RowFieldPlugin } from './plugins/row-field-plugin.ts';
import { RowStatementPlugin } from './plugins/row-statement-plugin.ts';
import { ScalarPlugin } from './plugins/scalar-plugin.ts';
import { sessionPlugin } from './plugins/session-plugin.ts';
import { ShieldPlugin } from './plugins/shield-plugin.ts';
import { SubscriptionPlugin } from './plugins/subscription-plugin.ts';
import { VersionPlugin } from './plugins/version-plugin.ts';

/** Everything about the schema and nothing about its callers: enough to print it. */
export function schemaPreset(pool: pg.Pool, standby?: Standby): GraphileConfig.Preset {
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
    pgServices: [
      { ...makePgService({ pool, schemas: ['api'] }), adaptor: pipelinedAdaptor(standby) as never },
    ],
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

export const graphqlPath = '/graphql';

/** What a server adds: the identity of the caller, the limits of a request, and what an error may say. */
export function serverPreset(
  pool: pg.Pool,
  {
    development,
    standby,
    ...options
  }: Omit<RequestOptions, 'isDevelopment'> & {
    development?: Development | undefined;
    standby?: Standby | undefined;
  },
): GraphileConfig.Preset {
  const { authenticator, telemetry } = options;
  const isDevelopment = development !== undefined;
  return {
    extends: [schemaPreset(pool, standby), ...(development === undefined ? [] : [ruruPreset(development)])],
    plugins: [
      requestPlugin({ ...options, isDevelopment }),
      observePlugin(telemetry),
      sessionPlugin(authenticator),
      RowStatementPlugin,
      RefusalPlugin,
      PresentPlugin,
      ...(isDevelopment ? [] : [HintPlugin]),
    ],
    grafserv: {
      graphqlPath,
      graphiql: isDevelopment,
      graphiqlPath: '/',
      graphiqlOnGraphQLGET: isDevelopment,
      maxRequestLength: limits.maxRequestLength,
      parseAndValidateCacheSize: limits.plannedOperations,
      maskError,
      outputDataAsString: true,
      watch: false,
      websockets: false,
    },
    grafast: {
      context(request) {
        const exchange = exchangeOf(request);
        return { pgSettings: pgSettings(exchange), live: exchange.live };
      },
    },
  };
}
