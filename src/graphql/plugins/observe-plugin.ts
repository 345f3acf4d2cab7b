import type { GrafastExecutionArgs } from 'postgraphile/grafast';
import { GraphQLError, getOperationAST } from 'postgraphile/graphql';
import { judge } from '../errors.ts';
import { type Exchange, exchangeOf } from '../exchange.ts';
import type { Telemetry } from '../telemetry.ts';

/** Operation names are the client's words: long ones are cut, so that a log line stays one. */
const nameLength = 64;

/** Notes for log and metrics what ran and how it ended; subscriptions run over sockets only, and nothing else there. */
export function observePlugin(telemetry: Telemetry): GraphileConfig.Plugin {
  const begin = ({ document, operationName, requestContext }: GrafastExecutionArgs): Exchange => {
    const exchange = exchangeOf(requestContext ?? {});
    const operation = getOperationAST(document, operationName);
    if (operation) {
      exchange.operation = {
        type: operation.operation,
        name: operation.name?.value.slice(0, nameLength) ?? null,
      };
    }
    return exchange;
  };
  const refuse = (exchange: Exchange, message: string) => {
    exchange.code = 'INVALID_REQUEST';
    return { errors: [new GraphQLError(message, { extensions: { code: exchange.code } })] };
  };
  return {
    name: 'CommerceObservePlugin',
    grafast: {
      middleware: {
        async execute(next, { args }) {
          const exchange = begin(args);
          if (exchange.operation?.type === 'subscription')
            return refuse(exchange, 'subscriptions need a WebSocket');
          if (exchange.live !== undefined)
            return refuse(exchange, 'only subscriptions are served over a WebSocket');
          const result = await next();
          const [first, ...others] = 'errors' in result ? (result.errors ?? []).map(judge) : [];
          if (first !== undefined) exchange.code = first.code;
          for (const each of first === undefined ? [] : [first, ...others]) {
            if (each.fault !== undefined) telemetry.fault(each.fault, exchange);
          }
          return result;
        },
        subscribe(next, { args }) {
          begin(args);
          return next();
        },
      },
    },
  };
}
