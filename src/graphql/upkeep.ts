import type pg from 'pg';
import { Gauge } from 'prom-client';
import { type OperationalState, readState, warningsOf } from '../operations/health.ts';
import { findLoginFaults } from '../operations/login-check.ts';
import { jobNames } from '../operations/worker.ts';
import { limits } from './limits.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * What the database's operators watch, as this server's metrics and warnings; and the partitions of the audit
 * log, which each server makes ahead, so that orders do not depend on a worker that nobody started.
 */
export class Upkeep {
  readonly #auth: pg.Pool;
  readonly #telemetry: Telemetry;
  readonly #gauges: Gauges;
  readonly #timer: NodeJS.Timeout;
  /** Null while the database does not say. */
  readonly state: () => Promise<OperationalState | null>;
  readonly #loginFaults: () => Promise<string[]>;

  constructor(auth: pg.Pool, api: pg.Pool, telemetry: Telemetry) {
    this.#auth = auth;
    this.state = nowAndThen(() => readState(auth).catch(() => null));
    this.#loginFaults = nowAndThen(() => findLoginFaults(api).catch(() => []));
    this.#telemetry = telemetry;
    this.#gauges = makeGauges(telemetry);
    this.#timer = setInterval(() => void this.makePartitions(), limits.partitionMilliseconds).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** What cannot be made now is made later, and is warned of in time. */
  async makePartitions(): Promise<void> {
    await this.#auth
      .query('select internal.ensure_partitions()')
      .catch((error) => this.#telemetry.fault(error));
  }

  /** Faults of logins are no reason to take no requests: anybody who causes one could stop every server. */
  async warnings(): Promise<string[]> {
    const [state, faults] = await Promise.all([this.state(), this.#loginFaults()]);
    return [...(state === null ? [] : warningsOf(state)), ...faults];
  }

  /** Without an answer there are no figures, rather than old ones. */
  setGauges(state: OperationalState | null): void {
    const { success, failures, working, queued, queueAge, unsealed, unsealedAge, partitions } = this.#gauges;
    for (const gauge of [working, queued, queueAge, unsealed, unsealedAge, partitions]) gauge.remove();
    for (const gauge of [success, failures]) gauge.reset();
    if (state === null) return;
    working.set(Number(state.is_working));
    queued.set(Number(state.queued_messages));
    queueAge.set(state.queued_seconds);
    unsealed.set(Number(state.unsealed_rows));
    unsealedAge.set(state.unsealed_seconds);
    partitions.set(state.partitions_seconds);
    for (const { job, successSeconds, failures: count } of state.jobs) {
      // One that a later release has dropped would age for ever.
      if (!jobNames.includes(job)) continue;
      if (successSeconds !== null) success.set({ job }, successSeconds);
      failures.set({ job }, count);
    }
  }
}

/** Asks the database again after a while only: the answer costs. */
function nowAndThen<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (answer === undefined || performance.now() - askedAt > limits.stateMilliseconds) {
      askedAt = performance.now();
      answer = ask();
    }
    return answer;
  };
}

type Gauges = ReturnType<typeof makeGauges>;

function makeGauges({ registry }: Telemetry) {
  const gauge = <L extends string = never>(name: string, help: string, labelNames: L[] = []): Gauge<L> =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  return {
    working: gauge('ccdb_worker_working', 'Whether a worker holds the lease.'),
    success: gauge('ccdb_job_success_age_seconds', 'Since the last success of a periodic job.', ['job']),
    failures: gauge('ccdb_job_failures', 'Runs of a job that have failed since its last success.', ['job']),
    queued: gauge('ccdb_queued_messages', 'Messages that wait to be sent, counted to 100,000.'),
    queueAge: gauge('ccdb_queued_message_age_seconds', 'Age of the oldest message that waits to be sent.'),
    unsealed: gauge('ccdb_audit_unsealed_rows', 'Rows of the audit log that no seal covers, to 100,000.'),
    unsealedAge: gauge('ccdb_audit_unsealed_age_seconds', 'Age of the oldest row that no seal covers.'),
    partitions: gauge('ccdb_audit_partition_horizon_seconds', 'How long the audit log has partitions for.'),
  };
}
