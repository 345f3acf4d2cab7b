import { setTimeout as sleep } from 'node:timers/promises';
import { Migration, type MigrationBuilder, PG_MIGRATE_LOCK_ID } from 'node-pg-migrate';
import pg from 'pg';
import { withClient } from '../operations/client.ts';
import { UserError } from '../operations/user-error.ts';
import { type MigrationFile, migrationsDirectory, readMigrations, type Section } from './files.ts';
import {
  compareWithLedger,
  createLedger,
  dropLedger,
  hasLedger,
  type MigrationState,
  readLedger,
  refuseProblems,
} from './ledger.ts';
import { rehearse } from './rehearsal.ts';
import { refuseUnsuitable } from './suitable.ts';

export type { MigrationState } from './ledger.ts';

export type MigrateOptions = {
  connectionString: string;
  /** The folder of migrations; the package's own unless a test says otherwise. */
  directory?: string;
  /** Receives a line for each migration, before it runs. */
  log?: Log;
};

type Direction = 'up' | 'down';
type Log = (line: string) => void;
type Work<T> = (client: pg.Client, log: Log) => Promise<T>;
type Execute = (sql: string) => Promise<unknown>;

/** How long to stand behind another migration of the same database. */
const lockPatience = 10 * 60_000;
const lockPause = 250;

/** Tries of one transaction that met a lock or another database of the cluster granting roles. */
const attempts = 10;

/** What a migration may rely on, whatever the role, the database or the environment sets. */
export const sessionSettings = `set search_path = '';
set statement_timeout = 0;
set client_encoding = 'UTF8';
set datestyle = 'ISO, MDY';
set timezone = 'UTC';
set row_security = on;
set standard_conforming_strings = on;`;

/** A text whose line numbers, in the server's answers, are those of the file. */
function pad(sql: string, line: number): string {
  return '\n'.repeat(line - 1) + sql;
}

function sectionSteps(section: Section): string[] {
  return section.inTransaction
    ? [pad(section.sql, section.firstLine)]
    : section.statements.map(({ text, line }) => pad(text, section.firstLine + line - 1));
}

/** The section may have become another role, which holds no right on the ledger. */
const closing = 'reset role;\nreset lock_timeout;\nreset statement_timeout;';

function toMigration(file: MigrationFile, execute: Execute, opening = ''): Migration {
  const digests = `select set_config('ccdb.checksum', '${file.checksum}', false), set_config('ccdb.line_digests', '${file.lineDigests}', false);`;
  const action =
    (section: Section, ...more: string[]) =>
    (pgm: MigrationBuilder) => {
      if (!section.inTransaction) pgm.noTransaction();
      if (opening !== '') pgm.sql(opening);
      for (const step of [...sectionSteps(section), closing, ...more]) pgm.sql(step);
    };
  return new Migration(
    { query: execute } as ConstructorParameters<typeof Migration>[0],
    file.path,
    { up: action(file.up, digests), down: action(file.down) },
    {
      databaseUrl: '',
      dir: migrationsDirectory,
      direction: 'up',
      migrationsSchema: 'ccdb',
      migrationsTable: 'migrations',
      singleTransaction: false,
    },
    {},
    { info() {}, warn() {}, error() {} },
  );
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  return (
    ['55P03', '40P01', '40001'].includes(error.code ?? '') ||
    // Roles belong to the whole cluster, and PostgreSQL 15 does not queue two grants of one role.
    (error.code === 'XX000' && error.message.startsWith('tuple concurrently')) ||
    (error.code === '23505' && error.schema === 'pg_catalog')
  );
}

/** What the server was doing when it failed: the text sent, and how many of its statements were done. */
type Progress = { sql: string; completed: number };

/** The line of the file at which a step failed; none for the runner's own statements. */
function failedLine(section: Section, { sql, completed }: Progress, position?: string): number | undefined {
  if (!sectionSteps(section).some((step) => sql.startsWith(step))) return undefined;
  if (position !== undefined) {
    // PostgreSQL counts code points, JavaScript UTF-16 units.
    return Array.from(sql)
      .slice(0, Number(position) - 1)
      .join('')
      .split('\n').length;
  }
  if (section.inTransaction) {
    const statement = section.statements[completed];
    return statement && section.firstLine + statement.line - 1;
  }
  return sql.length - sql.trimStart().length + 1;
}

/** A database's error with all that PostgreSQL says about it: detail, hint, and where in which function it was. */
export function describeError({ message, detail, hint, where }: pg.DatabaseError): string {
  return [message, detail, hint, where].filter(Boolean).join('\n').replaceAll('\n', '\n  ');
}

function describeFailure(
  file: MigrationFile,
  section: Section,
  progress: Progress,
  cause: unknown,
): UserError {
  if (!(cause instanceof pg.DatabaseError)) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new UserError(`${file.fileName}: ${message}`, { cause });
  }
  const line = failedLine(section, progress, cause.position);
  const place = line === undefined ? file.fileName : `${file.fileName}:${line}`;
  const note = section.inTransaction
    ? ''
    : '\n  This section runs without a transaction: the statements before this line are done.';
  return new UserError(`${place}: ${describeError(cause)}${note}`, { cause });
}

async function apply(
  client: pg.Client,
  file: MigrationFile,
  direction: Direction,
  opening: string,
  log: Log,
) {
  const section = file[direction];
  const progress: Progress = { sql: '', completed: 0 };
  const count = () => {
    progress.completed += 1;
  };
  const execute = (sql: string) => {
    progress.sql = sql;
    progress.completed = 0;
    return client.query(sql);
  };
  client.connection.on('commandComplete', count);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await toMigration(file, execute, opening).apply(direction);
        return;
      } catch (error) {
        const failure = describeFailure(file, section, progress, error);
        // A connection that broke has nothing to roll back.
        await client.query('rollback').catch(() => {});
        if (!section.inTransaction || !isTransient(error) || attempt === attempts) throw failure;
        log(`${failure.message}; trying again`);
        await sleep(attempt * lockPause);
      }
    }
  } finally {
    client.connection.off('commandComplete', count);
  }
}

async function withLock<T>({ connectionString, log = () => {} }: MigrateOptions, work: Work<T>): Promise<T> {
  return withClient(connectionString, async (client) => {
    // What a migration warns of (SQLSTATE class 01), and not that something is there already.
    client.on('notice', ({ code, message, hint }) => {
      if (code?.startsWith('01')) log([`warning: ${message}`, hint].filter(Boolean).join('\n  '));
    });
    await client.query(sessionSettings);
    // Lets the server notice within a second that a killed runner is gone. Not every platform can.
    await client.query("set client_connection_check_interval = '1s'").catch(() => {});
    // Trying again and again, as a session that waits for the lock inside the server would hold a
    // snapshot, for which CREATE INDEX CONCURRENTLY would wait in turn.
    const deadline = Date.now() + lockPatience;
    for (let waiting = false; ; waiting = true) {
      const { rows } = await client.query('select pg_try_advisory_lock($1) as locked', [PG_MIGRATE_LOCK_ID]);
      if (rows[0].locked) break;
      if (!waiting) log('another migration of this database is running; waiting for it to end');
      if (Date.now() > deadline)
        throw new UserError('another migration of this database does not end; gave up');
      await sleep(lockPause);
    }
    try {
      return await work(client, log);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [PG_MIGRATE_LOCK_ID]).catch(() => {});
    }
  });
}

function upTo(files: MigrationFile[], to: string | undefined): MigrationFile[] {
  if (to === undefined) return files;
  const name = to.replace(/\.sql$/, '');
  const index = files.findIndex((file) => file.name === name || file.name.startsWith(`${name}_`));
  if (index < 0) throw new UserError(`no migration is called ${to}`);
  return files.slice(0, index + 1);
}

/** Keeps the log writable even where no worker ever runs; what cannot be made now, a later run makes. */
async function makePartitions(client: pg.Client, log: Log): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_catalog.pg_proc where oid = to_regprocedure('internal.ensure_partitions(integer)')`,
  );
  if (rowCount === 0) return;
  try {
    await client.query('begin; set local role commerce_owner; select internal.ensure_partitions(); commit');
  } catch (error) {
    await client.query('rollback');
    log(`no partitions were made for the audit log: ${(error as Error).message}`);
  }
}

/** Applies what is pending, each migration in a transaction of its own; returns the names applied. */
export async function migrateUp(options: MigrateOptions & { to?: string | undefined }): Promise<string[]> {
  const files = await readMigrations(options.directory);
  const wanted = upTo(files, options.to);
  return withLock(options, async (client, log) => {
    await refuseUnsuitable(client);
    const applied = await readLedger(client);
    refuseProblems(compareWithLedger(files, applied));
    const pending = wanted.slice(applied.length);
    for (const [index, file] of pending.entries()) {
      log(`up ${file.name} (${index + 1} of ${pending.length})`);
      await apply(client, file, 'up', (await hasLedger(client)) ? '' : createLedger, log);
    }
    await makePartitions(client, log);
    return pending.map(({ name }) => name);
  });
}

/**
 * What taking these back would destroy. Throws where one of them would fail, before the first has run. What
 * follows a section without a transaction cannot be rehearsed.
 */
async function rehearseDown(client: pg.Client, files: MigrationFile[], log: Log): Promise<string[]> {
  const unsafe = files.findIndex(({ down }) => !down.inTransaction);
  if (unsafe >= 0)
    log(`${files[unsafe]?.name} runs without a transaction: not rehearsed, nor what follows it`);
  const rehearsed = unsafe < 0 ? files : files.slice(0, unsafe);
  for (let attempt = 1; ; attempt += 1) {
    let current: Rehearsed | undefined;
    try {
      return await rehearse(client, async () => {
        for (const file of rehearsed) {
          for (const sql of [...sectionSteps(file.down), closing]) {
            current = { file, progress: { sql, completed: 0 } };
            await client.query(sql);
          }
        }
      });
    } catch (error) {
      if (isTransient(error) && attempt < attempts) await sleep(attempt * lockPause);
      else if (current === undefined) throw error;
      else {
        const { message } = describeFailure(current.file, current.file.down, current.progress, error);
        throw new UserError(`nothing was taken back, as not all can be: ${message}`, { cause: error });
      }
    }
  }
}

type Rehearsed = { file: MigrationFile; progress: Progress };

export type DownOptions = MigrateOptions & {
  count?: number;
  /** Is called with what will be destroyed, a line for each thing, before anything is; it may throw. */
  agree?: (losses: string[], names: string[]) => void;
};

/**
 * Takes the last `count` migrations back, the last one first; returns their names. All of them are tried in a
 * transaction that is taken back before the first one runs.
 */
export async function migrateDown(options: DownOptions): Promise<string[]> {
  const { count = 1, agree = () => {} } = options;
  const files = await readMigrations(options.directory);
  return withLock(options, async (client, log) => {
    const applied = await readLedger(client);
    refuseProblems(compareWithLedger(files, applied));
    if (Number.isFinite(count) && count > applied.length) {
      throw new UserError(`cannot take back ${count} migrations: ${applied.length} are applied`);
    }
    const last = files.slice(Math.max(0, applied.length - count), applied.length).reverse();
    if (last.length > 0) {
      const losses = await rehearseDown(client, last, log);
      agree(
        losses,
        last.map(({ name }) => name),
      );
    }
    for (const [index, file] of last.entries()) {
      log(`down ${file.name} (${index + 1} of ${last.length})`);
      await apply(client, file, 'down', '', log);
    }
    if (last.length > 0 && last.length === applied.length) await client.query(dropLedger);
    return last.map(({ name }) => name);
  });
}

/** Every migration, whether a file or only remembered, and what is wrong with it. */
export async function migrationStatus(options: MigrateOptions): Promise<MigrationState[]> {
  const files = await readMigrations(options.directory);
  return withClient(options.connectionString, async (client) =>
    compareWithLedger(files, await readLedger(client)),
  );
}

/** The SQL that `migrateUp` would send, to read or to run by hand; touches nothing. */
export async function migrationPlan(options: MigrateOptions & { to?: string | undefined }): Promise<string> {
  const files = await readMigrations(options.directory);
  const wanted = upTo(files, options.to);
  return withClient(options.connectionString, async (client) => {
    await refuseUnsuitable(client);
    await client.query('set default_transaction_read_only = on');
    const applied = await readLedger(client);
    refuseProblems(compareWithLedger(files, applied));
    const pending = wanted.slice(applied.length);
    if (pending.length === 0) return '-- Nothing to do.\n';
    const lines = [sessionSettings];
    let opening = (await hasLedger(client)) ? '' : createLedger;
    for (const file of pending) {
      lines.push('', `-- ${file.fileName}`);
      const record = async (sql: string) => {
        lines.push(sql.replace(/^\n+/, '').replace(/\n+;$/, ''));
      };
      await toMigration(file, record, opening).apply('up');
      opening = '';
    }
    return `${lines.join('\n')}\n`;
  });
}
