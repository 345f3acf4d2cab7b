import { setTimeout as sleep } from 'node:timers/promises';
import { type GrafastExecutionArgs, isAsyncIterable } from 'postgraphile/grafast';
import { type ExecutionResult, GraphQLError, getOperationAST } from 'postgraphile/graphql';
import { outcomeUnknown } from '../../database/errors.ts';
import { judge } from '../errors.ts';
import { type Exchange, exchangeOf, type Live } from '../exchange.ts';
import { limits } from '../limits.ts';
import { failures, type Telemetry } from '../telemetry.ts';

/** Operation names are the client's words: long ones are cut, so that a log line stays one. */
const nameLength = 64;

/** What a mutation's field did is done although its answer could not be read: nobody may think that it was not. */
function afterMutation(error: GraphQLError): GraphQLError {
  if (error.path === undefined || error.path.length < 2 || judge(error).code !== 'UNAVAILABLE') return error;
  const { message, nodes, path, originalError } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    path,
    originalError: outcomeUnknown(originalError),
  });
}

const passing = ['UNAVAILABLE', 'TENANT_MOVED'];

/** Whether the database could do nothing of what was asked, so that all of it may be asked again. */
function isUnavailable({ data, errors = [] }: ExecutionResult): boolean {
  const isAll = errors.length > 0 && errors.every((error) => passing.includes(judge(error).code));
  return isAll && Object.values(data ?? {}).every((value) => value === null);
}

/**
 * Every event is sent, or the stream ends, and the client resumes from the cursor of its last one. An event whose
 * row cannot be read because the database is away is read again.
 */
function withoutGaps(
  results: AsyncIterable<ExecutionResult>,
  live: Live,
  report: (fault: unknown) => void,
): AsyncIterableIterator<ExecutionResult, undefined> {
  const source = results[Symbol.asyncIterator]();
  // Of events that were under way behind one that has failed, and come again after it.
  let stale = 0;
  let isOver = false;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    isOver = true;
    await source.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      for (;;) {
        const step = isOver ? undefined : await source.next();
        if (step === undefined || step.done) return { done: true, value: undefined };
        if (stale > 0) {
          stale -= 1;
          continue;
        }
        const judged = (step.value.errors ?? []).map(judge);
        for (const { fault } of judged) if (fault !== undefined) report(fault);
        if (live.stream !== undefined && judged.some(({ code }) => code === 'UNAVAILABLE')) {
          stale = live.stream.rewind() - 1;
          await sleep(limits.liveLookMilliseconds);
          continue;
        }
        live.stream?.sent();
        if (judged.some(({ code }) => failures.has(code))) await end();
        return { done: false, value: step.value };
      }
    },
    // No generator: that would end only with the next event.
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

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
          if ('errors' in result && exchange.operation?.type === 'mutation') {
            result.errors = result.errors?.map(afterMutation);
          }
          exchange.isUnavailable = 'errors' in result && isUnavailable(result);
          const [first, ...others] = 'errors' in result ? (result.errors ?? []).map(judge) : [];
          if (first !== undefined) exchange.code = first.code;
          for (const each of first === undefined ? [] : [first, ...others]) {
            if (each.fault !== undefined) telemetry.fault(each.fault, exchange);
          }
          return result;
        },
        async subscribe(next, { args }) {
          const exchange = begin(args);
          // Of this subscription alone: a socket has several.
          const live: Live | undefined = exchange.live && { ...exchange.live };
          Object.assign(args.contextValue as Grafast.Context, { live });
          const results = await next();
          if (live === undefined || !isAsyncIterable(results)) return results;
          const report = (fault: unknown) => telemetry.fault(fault, exchange);
          const events = withoutGaps(results as AsyncIterable<ExecutionResult>, live, report);
          // Consumers iterate and return, which is all of a generator that they use.
          return events as typeof results;
        },
      },
    },
  };
}
