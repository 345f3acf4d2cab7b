import { createHash, createHmac, pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto';
import { userInfo } from 'node:os';
import pg from 'pg';
import { CommerceClient } from '../database/commerce-client.ts';
import { withClient } from './client.ts';
import { UserError } from './user-error.ts';

/** The roles that programs log in with, by the variable that holds each one's connection. */
export const logins = {
  DATABASE_API_URL: 'commerce_api',
  DATABASE_AUTH_URL: 'commerce_auth',
  DATABASE_WORKER_URL: 'commerce_worker_login',
  DATABASE_PLATFORM_URL: 'commerce_platform_login',
} as const;

export type LoginVariable = keyof typeof logins;
export type LoginUrls = Record<LoginVariable, string>;

const variables = Object.keys(logins) as LoginVariable[];

function mapVariables(make: (variable: LoginVariable) => string): LoginUrls {
  return Object.fromEntries(variables.map((variable) => [variable, make(variable)])) as LoginUrls;
}

/** A connection string as a URL with a host, a user and a database, as another login's is made from it. */
export function parseUrl(text: string, variable = 'DATABASE_URL'): URL {
  // A socket's folder may stand in `?host=`, with nothing before the path: a URL needs a host to have a user.
  const withHost = text.replace(/^(postgres(?:ql)?:\/\/(?:[^/@]*@)?)\//, '$1localhost/');
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(withHost)) {
    throw new UserError(`${variable} is no connection URL like postgres://owner@127.0.0.1:5432/shop`);
  }
  const url = new URL(withHost);
  url.username ||= encodeURIComponent(process.env.PGUSER ?? userInfo().username);
  url.password ||= encodeURIComponent(process.env.PGPASSWORD ?? '');
  if (url.pathname.length <= 1) url.pathname = `/${url.username}`;
  return url;
}

export function withDatabase(text: string, database: string): string {
  const url = parseUrl(text);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

/**
 * A guess at the installer's password costs 128 MiB and about a third of a second: OWASP's first choice of
 * parameters for scrypt (Password Storage Cheat Sheet).
 */
const scryptParameters = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

const derivedKeys = new Map<string, Buffer>();

/** Derived once a process: it takes its time. */
function derivedKey(name: string, password: string): Buffer {
  const identity = JSON.stringify([name, password]);
  const key =
    derivedKeys.get(identity) ??
    scryptSync(password, `conversational-commerce-db logins of ${name}`, 32, scryptParameters);
  derivedKeys.set(identity, key);
  return key;
}

/**
 * Anybody who knows the installer's password may become every login anyway, so that the logins' passwords can be
 * derived from it: nothing more to configure or to store on a server that one person runs alone. The other way
 * a login's password only shows whether a guess at the installer's was right, at scrypt's price for each.
 */
function derivedPassword(installer: URL, role: string): string {
  if (installer.password === '') return '';
  const [name, password] = [decodeURIComponent(installer.username), decodeURIComponent(installer.password)];
  return createHmac('sha256', derivedKey(name, password)).update(role).digest('hex');
}

/**
 * What PostgreSQL itself would store of the password (SCRAM-SHA-256, RFC 5802 and 7677): the server keeps it as it
 * is, so that the password is in no statement, and in no log of statements. Of letters and digits only, it needs
 * no SASLprep.
 */
export function scramVerifier(password: string): string {
  const [iterations, salt] = [4096, randomBytes(16)];
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}

function loginUrl(installerUrl: string, role: string): string {
  const url = parseUrl(installerUrl);
  url.password = derivedPassword(url, role);
  url.username = role;
  return url.href;
}

/** The logins' connections: from the environment where it has them, else derived from the installer's. */
export function loginUrls(installerUrl: string, env: NodeJS.ProcessEnv): LoginUrls {
  return mapVariables((variable) => env[variable] ?? loginUrl(installerUrl, logins[variable]));
}

/** One login's connection, for a command that needs no other. */
export function loginUrlFrom(env: NodeJS.ProcessEnv, variable: LoginVariable): string {
  const url = env[variable] ?? (env.DATABASE_URL && loginUrl(env.DATABASE_URL, logins[variable]));
  if (!url)
    throw new UserError(
      `set ${variable}, the connection of ${logins[variable]}, or the owner's DATABASE_URL`,
    );
  return url;
}

/** The same logins in another database of the server. */
export function loginUrlsOf(database: string, urls: LoginUrls): LoginUrls {
  return mapVariables((variable) => withDatabase(urls[variable], database));
}

/** Logins without a password, as far as this user may know: those the cluster lacks, and those it shows as such. */
export async function findOpenLogins(installerUrl: string): Promise<Set<string>> {
  return withClient(installerUrl, async (client) => {
    const find = `select login from unnest($1::text[]) as login where not exists (select from `;
    const names = [Object.values(logins)];
    const withoutRole = `${find} pg_roles where rolname = login)`;
    const withoutPassword = `${find} pg_authid where rolname = login and rolpassword is not null)`;
    // Only a superuser reads pg_authid.
    const { rows } = await client
      .query<{ login: string }>(withoutPassword, names)
      .catch(() => client.query<{ login: string }>(withoutRole, names));
    return new Set(rows.map(({ login }) => login));
  });
}

async function canLogIn(connectionString: string): Promise<boolean> {
  const client = new CommerceClient({ connectionString, connectionTimeoutMillis: 15_000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes every login work. A derived password is set only for a login of `open`, found before the migrations
 * ran: a password that somebody chose is never replaced.
 */
export async function ensureLogins(installerUrl: string, urls: LoginUrls, open: Set<string>): Promise<void> {
  for (const variable of variables) {
    const role = logins[variable];
    if (await canLogIn(urls[variable])) continue;
    if (open.has(role) && urls[variable] === loginUrl(installerUrl, role)) {
      const verifier = pg.escapeLiteral(scramVerifier(derivedPassword(parseUrl(installerUrl), role)));
      await withClient(installerUrl, (client) => client.query(`alter role ${role} password ${verifier}`));
      if (await canLogIn(urls[variable])) continue;
    }
    throw new UserError(
      `cannot log in as ${role}: set ${variable} to a connection of that role (its password: alter role ${role} password '…')`,
    );
  }
}
