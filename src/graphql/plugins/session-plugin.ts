import pg from 'pg';
import { isSafeError, SafeError } from 'postgraphile/grafast';
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
} from 'postgraphile/graphql';
import type { Authenticator } from '../auth.ts';
import { exchangeOf } from '../exchange.ts';
import { pgSettings } from './request-plugin.ts';

function isRefusal({ originalError }: GraphQLError): boolean {
  return originalError instanceof pg.DatabaseError && originalError.code === 'SCCTX';
}

/**
 * Whether the operation can run again. Each field of a mutation is a transaction of its own: one that was
 * refused as a whole changed nothing, any other may have.
 */
function isRepeatable(
  { document, operationName }: ExecutionArgs,
  { data, errors }: ExecutionResult,
): boolean {
  if (getOperationAST(document, operationName)?.operation === 'query') return true;
  const isAll = errors?.every((error) => isRefusal(error) && error.path?.length === 1) ?? false;
  return isAll && Object.values(data ?? {}).every((value) => value === null);
}

/** The refusal with why there is no other session, if that is worth another try: its merchant is being moved, say. */
function explained(refusal: GraphQLError, reason: unknown): GraphQLError {
  if (!isRefusal(refusal) || !isSafeError(reason as Error)) return refusal;
  const { message, extensions: { code, statusCode } = {} } = reason as SafeError;
  if (Number(statusCode) < 500) return refusal;
  const { nodes, path } = refusal;
  const originalError = new SafeError(message, { code });
  return new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, originalError });
}

/** A session that the database no longer knows, though its caller may have one, is opened anew once. */
export function sessionPlugin(authenticator: Authenticator): GraphileConfig.Plugin {
  return {
    name: 'CommerceSessionPlugin',
    grafast: {
      middleware: {
        async execute(next, { args }) {
          const result = await next();
          if (!('errors' in result) || !result.errors?.some(isRefusal)) return result;
          const exchange = exchangeOf(args.requestContext ?? {});
          if (exchange.caller === undefined) return result;
          try {
            exchange.caller = await authenticator.renew(exchange.caller);
          } catch (reason) {
            // The caller may have no other: the refusal stands.
            result.errors = result.errors?.map((error) => explained(error, reason));
            return result;
          }
          if (!isRepeatable(args, result)) return result;
          (args.contextValue as Grafast.Context).pgSettings = pgSettings(exchange);
          return next();
        },
      },
    },
  };
}
