import { SafeError } from 'postgraphile/grafast';
import {
  type GraphQLSchema,
  getNamedType,
  NoSchemaIntrospectionCustomRule,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'postgraphile/graphql';
import type { Authenticator, Caller } from '../auth.ts';
import { costLimit } from '../cost-limit.ts';
import { depthLimit } from '../depth-limit.ts';
import { literalsOf, placeOfLiteral, withExtensions } from '../errors.ts';
import { type Exchange, exchangeOf, sessionOf } from '../exchange.ts';
import { refuseHalves } from '../half-characters.ts';
import { refuseTooLarge } from '../size-limit.ts';
import type { Telemetry } from '../telemetry.ts';

export type RequestOptions = {
  authenticator: Authenticator;
  telemetry: Telemetry;
  isDevelopment: boolean;
  schema: GraphQLSchema;
};

/** The caller's session, where PostGraphile looks for settings; it hands them to pg-adaptor.ts as they are. */
export function pgSettings(exchange: Exchange): Grafast.Context['pgSettings'] {
  return sessionOf(exchange) as never;
}

/** Whether the query reads rows of a tenant's. Functions that need one say so themselves. */
function needsTenant(query: unknown, schema: GraphQLSchema): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  try {
    visit(
      parse(String(query)),
      visitWithTypeInfo(types, {
        Field() {
          found ||= getNamedType(types.getType())?.extensions.needsTenant === true;
        },
      }),
    );
  } catch {
    // What cannot be parsed is reported as such, further on.
  }
  return found;
}

/** Finds out who sends the request of an exchange; a sender that is refused is logged and counted. */
export async function admit(
  exchange: Exchange,
  { authenticator, telemetry }: Pick<RequestOptions, 'authenticator' | 'telemetry'>,
  authorization: string | undefined,
  host: string | undefined,
): Promise<Caller> {
  try {
    exchange.caller = await authenticator.identify(authorization, host);
    return exchange.caller;
  } catch (error) {
    const { extensions, cause } = error as SafeError;
    telemetry.authFailed(exchange, String(extensions?.code));
    if (cause !== undefined) telemetry.fault(cause, exchange);
    throw error;
  }
}

/** One request: who sends it, within which limits, and with which codes it is refused before it runs. */
export function requestPlugin(options: RequestOptions): GraphileConfig.Plugin {
  const { schema } = options;
  return {
    name: 'CommerceRequestPlugin',
    grafserv: {
      middleware: {
        setPreset(next, event) {
          event.validationRules.push(depthLimit, costLimit);
          if (!options.isDevelopment) event.validationRules.push(NoSchemaIntrospectionCustomRule);
          const { getExecutionConfig } = event;
          event.getExecutionConfig = async function withCodes(context) {
            const config = await getExecutionConfig.call(this, context);
            return {
              ...config,
              parseAndValidate(query) {
                const result = config.parseAndValidate(query);
                if (result.errors === undefined) return result;
                const literals = literalsOf(result.errors, query);
                const errors = result.errors.map((error) => {
                  const field = placeOfLiteral(error, literals);
                  return withExtensions(error, {
                    code: 'INVALID_QUERY',
                    ...(field !== undefined && { field }),
                  });
                });
                exchangeOf(context).code = String(errors[0]?.extensions.code);
                return { errors };
              },
            };
          };
          return next();
        },
        async processGraphQLRequestBody(next, { body, request }) {
          // A socket's caller is known since it was opened.
          const exchange = request && exchangeOf(request.requestContext);
          const caller =
            exchange &&
            (await admit(exchange, options, request.getHeader('authorization'), request.getHeader('host')));
          await next();
          refuseTooLarge(body.query, body.variableValues);
          refuseHalves(body.variableValues);
          if (caller?.identity.tenantId === null && needsTenant(body.query, schema)) {
            throw new SafeError('a tenant is needed: send a token, or use the host of a storefront', {
              code: 'TENANT_REQUIRED',
              statusCode: 403,
            });
          }
        },
      },
    },
  };
}
