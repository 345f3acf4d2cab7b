import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { ask, pulseOf } from '../database/pool.ts';
import {
  hasSchemas,
  rolesWithRights,
  signsOfLostRole,
  withoutData,
  withoutRoles,
} from '../migrations/ledger.ts';
import { type Expected, expectedMigrations } from '../migrations/supported.ts';
import { UserError } from '../operations/user-error.ts';
import { json, type Route } from './front.ts';
import { limits } from './limits.ts';
import type { Telemetry } from './telemetry.ts';
import type { Upkeep } from './upkeep.ts';

/** What the driver itself has thrown, for an operator to read. */
function reasonOf(error: unknown): { code: string | undefined; reason: string | undefined } {
  const { cause = error } = error as Error;
  const { code, message } = cause as pg.DatabaseError;
  return { code, reason: message || code };
}

/** The migrations of this release that the database lacks, the first one first. */
async function missingMigrations(pool: pg.Pool, expected: Expected[]): Promise<Expected[]> {
  const rows = await ask<{ name: string }>(pool, 'select name from ccdb.migrations', []);
  const applied = new Set(rows.map(({ name }) => name));
  return expected.filter(({ name }) => !applied.has(name));
}

/**
 * A server runs on the database of its release, of the one before and of later ones, so that a deployment may begin
 * with the database or with the servers; on an older one it would fail request by request. Returns what is expected.
 */
export async function refuseMissingMigrations(pool: pg.Pool): Promise<Expected[]> {
  const expected = await expectedMigrations();
  const missing = await missingMigrations(pool, expected).catch((cause) => {
    const { code, reason } = reasonOf(cause);
    // No such schema or table; or one that no migration of ours has opened to this login, though it is there.
    if (['3F000', '42P01'].includes(code ?? '')) return expected;
    if (code === '42501')
      throw new UserError(withoutRoles('commerce_api has no right to schema ccdb'), { cause });
    throw new UserError(`cannot connect to the database: ${reason}`, { cause });
  });
  if (!missing.some(({ isNeeded }) => isNeeded)) {
    const [lost] = await ask<{ sign: string }>(pool, signsOfLostRole, [rolesWithRights]);
    if (lost !== undefined) throw new UserError(withoutRoles(lost.sign));
    return expected;
  }
  if (missing.length === expected.length) {
    const [schemas] = await ask<{ found: boolean }>(pool, hasSchemas, []);
    if (schemas?.found) throw new UserError(withoutData);
  }
  throw new UserError(`${describeMissing(missing)}: run ccdb up first`);
}

function describeMissing([first, ...others]: Expected[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `the database lacks migration ${first?.name}${more}`;
}

/** A standby's login is checked if it is there; the server begins without one that is not, as it goes on without. */
export async function refuseOtherLoginOnStandby(
  pool: pg.Pool,
  report: (fault: Error) => void,
): Promise<void> {
  if (
    await ask(pool, 'select', []).then(
      () => true,
      (fault: Error) => report(fault),
    )
  )
    await refuseOtherLogin(pool, 'commerce_api', 'DATABASE_STANDBY_URL');
}

const logins = {
  commerce_api: { variable: 'DATABASE_API_URL', purpose: 'requests' },
  commerce_auth: { variable: 'DATABASE_AUTH_URL', purpose: 'sessions' },
} as const;

/** With another login the server would refuse every request, or could do more than it should. */
export async function refuseOtherLogin(
  pool: pg.Pool,
  role: keyof typeof logins,
  variable: string = logins[role].variable,
): Promise<void> {
  const { purpose } = logins[role];
  const [row] = await ask<{ login: string; fits: boolean }>(
    pool,
    `select rolname as login, not rolsuper and pg_has_role($1, 'usage') as fits
       from pg_roles where rolname = current_user`,
    [role],
  ).catch((cause) => {
    const what = `cannot connect to the database for ${purpose} (${variable})`;
    throw new UserError(`${what}: ${reasonOf(cause).reason}`, { cause });
  });
  if (row?.fits) return;
  throw new UserError(`${variable} is for ${role}; ${row?.login} is not the login for ${purpose}`);
}

/** A pool that is busy does its work: it is stuck if nobody on it has been answered for a while. */
async function refuseStuck(pool: pg.Pool): Promise<void> {
  const isBusy = pool.totalCount >= pool.options.max && pool.idleCount === 0;
  if (!isBusy) await ask(pool, 'select', []);
  else if (pulseOf(pool).silence >= limits.stuckMilliseconds) throw new Error('the pool is stuck');
}

export type OperationsOptions = {
  requests: pg.Pool;
  /** What the database is asked on: a server whose requests are many is alive. */
  pool: pg.Pool;
  auth: pg.Pool;
  /** Migrations of this release; without those that it needs the server is not ready. */
  expected: Expected[];
  telemetry: Telemetry;
  upkeep: Upkeep;
  isStopping: () => boolean;
  /** What /metrics asks of a Bearer; nothing without one. */
  metricsToken?: string | undefined;
};

async function withPatience<T>(work: Promise<T>): Promise<T> {
  const patience = new AbortController();
  const timeout = sleep(limits.probeMilliseconds, undefined, patience).then(() => {
    throw new Error('the database takes too long');
  });
  timeout.catch(() => {});
  return Promise.race([work, timeout]).finally(() => patience.abort());
}

function isBearer(authorization: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

/** What supervisors and Prometheus ask. */
export function operationsRoutes(options: OperationsOptions): [path: string, route: Route][] {
  const { requests, pool, auth, expected, telemetry, upkeep, isStopping, metricsToken } = options;
  const unready = (reason: string) => json(503, { status: 'unready', reason });
  return [
    ['/healthz', () => json(200, { status: 'ok' })],
    [
      '/readyz',
      async () => {
        if (isStopping()) return unready('stopping');
        try {
          const [missing] = await withPatience(
            Promise.all([
              missingMigrations(pool, expected),
              refuseOtherLogin(auth, 'commerce_auth'),
              refuseStuck(requests),
            ]),
          );
          if (missing.some(({ isNeeded }) => isNeeded)) return unready('migrations');
          const pending = missing.length > 0 ? [`${describeMissing(missing)}: run ccdb up`] : [];
          const warnings = [...pending, ...(await withPatience(upkeep.warnings()).catch(() => []))];
          return json(200, { status: 'ready', ...(warnings.length > 0 && { warnings }) });
        } catch {
          return unready('database');
        }
      },
    ],
    [
      '/metrics',
      async ({ headers: { authorization } }) => {
        if (metricsToken !== undefined && !isBearer(authorization, metricsToken)) {
          const errors = [{ message: 'a token is needed', extensions: { code: 'FORBIDDEN' } }];
          return { ...json(401, { errors }), headers: { 'www-authenticate': 'Bearer' } };
        }
        upkeep.setGauges(await withPatience(upkeep.state()).catch(() => null));
        const { registry } = telemetry;
        return { status: 200, type: registry.contentType, body: await registry.metrics() };
      },
    ],
  ];
}
