import pg from 'pg';
import type { Logger } from 'pino';
import { GraphQLError } from 'postgraphile/graphql';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { errorTable } from '../database/errors.ts';
import type { Exchange } from './exchange.ts';

/** Codes that are the server's own fault, or its database's; any other is an answer to the caller. */
export const failures = new Set([
  'INTERNAL',
  'UNAVAILABLE',
  ...Object.values(errorTable).flatMap(({ code, httpStatus }) => (httpStatus >= 500 ? [code] : [])),
]);

/** Classes 22 and 23 are about values, and their messages quote them; so do those of GraphQL and of parsers. */
function isQuoting(error: unknown): boolean {
  const isAboutValues = error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');
  return isAboutValues || error instanceof GraphQLError || error instanceof SyntaxError;
}

/** A fault as it may be logged: where it happened, without the values that it quotes. */
function describe(error: unknown): Record<string, unknown> {
  const { name, message, code, schema, table, constraint, routine, stack } = error as pg.DatabaseError;
  const words = isQuoting(error) ? {} : { message };
  if (error instanceof pg.DatabaseError) return { code, ...words, schema, table, constraint, routine };
  // The driver's words for a connection that was lost: no place in the code is at fault.
  if (message.startsWith('Connection terminated')) return { name, message };
  // A stack begins with the message.
  return { name, code, ...words, stack: stack?.split('\n').filter((line) => /^ +at /.test(line)) };
}

/** What an operator may know: durations, outcomes and identifiers. Neither variables nor tokens nor names. */
export class Telemetry {
  readonly registry = new Registry();
  readonly #log: Logger;
  readonly #duration: Histogram<'type' | 'outcome'>;
  readonly #errors: Counter<'code'>;
  readonly #authFailures: Counter<'code'>;

  constructor(log: Logger) {
    this.#log = log;
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#duration = new Histogram({
      name: 'ccdb_graphql_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its answer.',
      labelNames: ['type', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.#errors = new Counter({
      name: 'ccdb_graphql_errors_total',
      help: 'Requests with an error, by the code of the first.',
      labelNames: ['code'],
      registers,
    });
    this.#authFailures = new Counter({
      name: 'ccdb_auth_failures_total',
      help: 'Requests and sockets that were not let in.',
      labelNames: ['code'],
      registers,
    });
  }

  /** A number that is asked for when somebody looks. */
  watch(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  watchPool(name: string, pool: pg.Pool): void {
    const gauge = (state: string, help: string, read: () => number): void =>
      this.watch(`ccdb_pool_${name}_${state}`, help, read);
    gauge('connections', 'Open connections.', () => pool.totalCount);
    gauge('idle_connections', 'Open connections that nobody uses.', () => pool.idleCount);
    gauge('waiting_requests', 'Requests that wait for a connection.', () => pool.waitingCount);
  }

  requestEnded({ requestId, caller, operation, code }: Exchange, status: number, seconds: number): void {
    const outcome = code === undefined ? 'ok' : failures.has(code) ? 'failed' : 'refused';
    this.#duration.observe({ type: operation?.type ?? 'none', outcome }, seconds);
    if (code !== undefined) this.#errors.inc({ code });
    this.#log.info(
      {
        requestId,
        tenantId: caller?.identity.tenantId ?? null,
        operation: operation?.name ?? null,
        type: operation?.type ?? null,
        status,
        outcome,
        code,
        durationMs: Math.round(seconds * 1000),
      },
      'request',
    );
  }

  socketEnded({ requestId, caller }: Exchange, closeCode: number): void {
    this.#log.info({ requestId, tenantId: caller?.identity.tenantId ?? null, closeCode }, 'socket closed');
  }

  authFailed({ requestId }: Exchange, code: string): void {
    this.#authFailures.inc({ code });
    this.#log.warn({ requestId, code }, 'not let in');
  }

  /** The database of a pool answers no more, or again: one line for all that fails meanwhile. */
  databaseChanged(pool: string, isAway: boolean): void {
    if (isAway) this.#log.error({ pool }, 'the database does not answer');
    else this.#log.warn({ pool }, 'the database answers again');
  }

  /** Something that nobody expected, or that somebody has to mend. */
  fault(error: unknown, exchange?: Exchange): void {
    this.#log.error({ requestId: exchange?.requestId, error: describe(error) }, 'fault');
  }

  /** Something that works, and that somebody should mend all the same. */
  warn(message: string, fields: Record<string, unknown>): void {
    this.#log.warn(fields, message);
  }

  note(message: string, fields: Record<string, unknown> = {}): void {
    this.#log.info(fields, message);
  }
}
