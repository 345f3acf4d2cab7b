/**
 * The settings of PostgreSQL that decide what statements mean, whether a commit lasts and how long anything may
 * take. Every connection of the package begins with all of them, so that `alter role … set` and `alter database …
 * set` change none; what an operator wants otherwise stands in the connection string, as
 * `?options=-c%20synchronous_commit%3Dremote_apply`. Settings that only make statements faster or slower
 * (work_mem, random_page_cost and their kind) are left to the server, and so is default_transaction_read_only: a
 * database that its administrator has made read-only refuses changes (UNAVAILABLE, reason READ_ONLY).
 */
export type Settings = Readonly<Record<string, string>>;

/** What a text, a value or a row is taken for. */
const results = {
  array_nulls: 'on',
  backslash_quote: 'safe_encoding',
  bytea_output: 'hex',
  check_function_bodies: 'on',
  client_encoding: 'UTF8',
  client_min_messages: 'notice',
  DateStyle: 'ISO, MDY',
  default_text_search_config: 'pg_catalog.simple',
  exit_on_error: 'off',
  extra_float_digits: '1',
  gin_fuzzy_search_limit: '0',
  IntervalStyle: 'postgres',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  // Else the values of a statement that failed stand in the server's log.
  log_parameter_max_length_on_error: '0',
  'pg_trgm.similarity_threshold': '0.3',
  'pg_trgm.strict_word_similarity_threshold': '0.5',
  'pg_trgm.word_similarity_threshold': '0.6',
  'plpgsql.check_asserts': 'on',
  'plpgsql.extra_errors': 'none',
  'plpgsql.extra_warnings': 'none',
  'plpgsql.print_strict_params': 'off',
  quote_all_identifiers: 'off',
  row_security: 'on',
  // Temporary objects last: they stand in for nothing.
  search_path: 'pg_catalog, pg_temp',
  standard_conforming_strings: 'on',
  TimeZone: 'UTC',
  timezone_abbreviations: 'Default',
  transform_null_equals: 'off',
  xmlbinary: 'base64',
  xmloption: 'content',
} as const satisfies Settings;

const durability = { synchronous_commit: 'on' } as const satisfies Settings;

/** Of a transaction that is under way these would change nothing. */
const atStart = {
  default_transaction_deferrable: 'off',
  default_transaction_isolation: 'read committed',
  idle_session_timeout: '0',
  local_preload_libraries: '',
  password_encryption: 'scram-sha-256',
  role: 'none',
  tcp_user_timeout: '0',
} as const satisfies Settings;

/** How long a connection may take for what, in milliseconds; 0 is without a limit. */
export type Limits = {
  statement_timeout: number;
  lock_timeout: number;
  idle_in_transaction_session_timeout: number;
};

const noLimits: Limits = { statement_timeout: 0, lock_timeout: 0, idle_in_transaction_session_timeout: 0 };

/** What requests get unless they are given other limits. */
export const requestLimits: Limits = {
  statement_timeout: 60_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 300_000,
};

/** Settings that not every supported server has, with the first version of each branch that does. */
const newer: Readonly<Record<string, { value: string; since: readonly number[] }>> = {
  restrict_nonsystem_relation_kind: { value: '', since: [150_008, 160_004, 170_000] },
  transaction_timeout: { value: '0', since: [170_000] },
};

/** The version as the server counts it, of a text like `15.8 (Debian)`; 0 if it is none. */
export function versionOf(text: string): number {
  const [, major = 0, minor = 0] = /^(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return Number(major) * 10_000 + Number(minor);
}

function has(version: number, since: readonly number[]): boolean {
  const branch = (each: number) => Math.floor(each / 10_000);
  const first = since.find((each) => branch(each) === branch(version)) ?? Math.max(...since);
  return version >= first;
}

function newerSettings(version: number): Settings {
  const known = Object.entries(newer).filter(([, { since }]) => has(version, since));
  return Object.fromEntries(known.map(([name, { value }]) => [name, value]));
}

function limitSettings(limits: Partial<Limits>): Settings {
  const all = Object.entries({ ...noLimits, ...limits });
  return Object.fromEntries(all.map(([name, value]) => [name, String(value)]));
}

/** What a connection begins with, by name. */
export function startSettings(
  version: number,
  limits: Partial<Limits> = {},
  further: Settings = {},
): Settings {
  const own = { ...results, ...durability, ...atStart, ...newerSettings(version), ...limitSettings(limits) };
  return { ...own, ...further };
}

/** What a transaction begins with where the connection could not be given anything. */
export function transactionSettings(limits: Partial<Limits> = {}): Settings {
  const given = Object.entries(limits).map(([name, value]) => [name, String(value)]);
  return { ...results, ...durability, ...Object.fromEntries(given) };
}

/** As the startup packet carries them. */
export function startupOptions(settings: Settings): string {
  const escaped = (value: string) => value.replace(/[\\\s]/g, '\\$&');
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${escaped(value)}`)
    .join(' ');
}
