import './environment.ts';
import type pg from 'pg';
import { PgContextPlugin } from 'postgraphile/@dataplan/pg';
import { makePgService } from 'postgraphile/adaptors/pg';
import type { Standby } from '../database/standby.ts';
import { type Development, ruruPreset } from './development.ts';
import { maskError } from './errors.ts';
import { exchangeOf } from './exchange.ts';
import { limits } from './limits.ts';
import { pipelinedAdaptor } from './pg-adaptor.ts';
import { HintPlugin } from './plugins/hint-plugin.ts';
import { observePlugin } from './plugins/observe-plugin.ts';
import { PresentPlugin } from './plugins/present-plugin.ts';
import { RefusalPlugin } from './plugins/refusal-plugin.ts';
import { pgSettings, type RequestOptions, requestPlugin } from './plugins/request-plugin.ts';
import { sessionPlugin } from './plugins/session-plugin.ts';

/** Where PostGraphile reads. */
export function pgService(pool: pg.Pool, standby?: Standby): GraphileConfig.PgServiceConfiguration {
  return { ...makePgService({ pool, schemas: ['api'] }), adaptor: pipelinedAdaptor(standby) as never };
}

export const graphqlPath = '/graphql';

/**
 * What a server adds to a schema: the identity of the caller, the limits of a request, and what an error may say. Nothing
 * here builds a schema, so that a server whose schema is built ahead need not load what does.
 */
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
    extends: development === undefined ? [] : [ruruPreset(development)],
    pgServices: [pgService(pool, standby)],
    plugins: [
      PgContextPlugin,
      requestPlugin({ ...options, isDevelopment }),
      observePlugin(telemetry),
      sessionPlugin(authenticator),
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
