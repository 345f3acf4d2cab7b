import { type LoginVariable, loginUrlFrom, parseUrl } from '../operations/login-urls.ts';
import { UserError } from '../operations/user-error.ts';
import type { ServerOptions } from './server.ts';
import { type ClaimNames, defaultClaims, keySetAlgorithms } from './token-options.ts';

type Env = NodeJS.ProcessEnv;

const claimVariables = {
  tenant: 'JWT_CLAIM_TENANT',
  subject: 'JWT_CLAIM_SUBJECT',
  email: 'JWT_CLAIM_EMAIL',
  emailVerified: 'JWT_CLAIM_EMAIL_VERIFIED',
  role: 'JWT_CLAIM_ROLE',
} as const satisfies Record<keyof ClaimNames, string>;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

/** What the environment says about a server, with every fault in it, a line each. */
export function readSettings(env: Env): Omit<ServerOptions, 'host' | 'port'> {
  const faults: string[] = [];
  const fault = (line: string): undefined => {
    faults.push(line);
  };
  const list = (name: string): string[] => {
    const items = (env[name] ?? '').split(',').map((each) => each.trim());
    const named = items.filter((each) => each !== '');
    if (env[name] && named.length === 0) fault(`${name} names nothing`);
    return named;
  };
  const checked = (name: string, isGood: (text: string) => boolean, what: string): string | undefined => {
    const text = env[name];
    return !text || isGood(text) ? text || undefined : fault(`${name} ${what}`);
  };
  const database = (variable: LoginVariable): string => {
    try {
      return parseUrl(loginUrlFrom(env, variable), variable).href;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return fault(error.message) ?? '';
    }
  };

  const connectionString = database('DATABASE_API_URL');
  const authConnectionString = database('DATABASE_AUTH_URL');
  const jwtSecret = checked('JWT_SECRET', (text) => text.length >= 32, 'has fewer than 32 characters');
  const jwksUrl = checked('JWKS_URL', isKeySetUrl, 'is no https address (http only for this machine)');
  if (!env.JWT_SECRET && !env.JWKS_URL) {
    fault('set JWT_SECRET or JWKS_URL: tokens could not be verified without one');
  }
  if (env.JWT_SECRET && env.JWKS_URL) fault('set JWT_SECRET or JWKS_URL, not both');
  const algorithms = list('JWT_ALGORITHMS');
  const unknown = algorithms.filter((each) => !keySetAlgorithms.includes(each));
  if (unknown.length > 0) {
    fault(`JWT_ALGORITHMS: ${unknown.join(', ')} is none of ${keySetAlgorithms.join(', ')}`);
  }
  if (algorithms.length > 0 && !env.JWKS_URL)
    fault('JWT_ALGORITHMS belongs to JWKS_URL; a secret means HS256');
  const corsOrigins = list('CORS_ORIGINS');
  for (const origin of corsOrigins) {
    if (origin !== '*' && !isOrigin(origin)) {
      fault(`CORS_ORIGINS: ${origin} is no origin like https://shop.example`);
    }
  }
  const poolSize = checked(
    'DATABASE_POOL_SIZE',
    (text) => /^[1-9]\d{0,3}$/.test(text),
    'is no number from 1 to 9999',
  );
  const listenConnectionString = checked('DATABASE_LISTEN_URL', isDatabaseUrl, 'is no connection URL');
  const standbyConnectionString = checked('DATABASE_STANDBY_URL', isDatabaseUrl, 'is no connection URL');
  const metricsToken = checked('METRICS_TOKEN', (text) => text.length >= 16, 'has fewer than 16 characters');
  const logLevel = checked(
    'LOG_LEVEL',
    (text) => logLevels.includes(text),
    `is none of ${logLevels.join(', ')}`,
  );

  if (faults.length > 0) throw new UserError(faults.join('\n'));
  return {
    connectionString,
    authConnectionString,
    standbyConnectionString,
    listenConnectionString,
    poolSize: poolSize === undefined ? undefined : Number(poolSize),
    jwtSecret,
    jwksUrl,
    algorithms: algorithms.length > 0 ? algorithms : undefined,
    issuer: list('JWT_ISSUER'),
    audience: list('JWT_AUDIENCE'),
    claims: readClaims(env),
    corsOrigins,
    schemaFile: env.GRAPHQL_SCHEMA || undefined,
    persistedOperationsFolder: env.PERSISTED_OPERATIONS || undefined,
    metricsToken,
    logLevel,
  };
}

function readClaims(env: Env): ClaimNames {
  const names = { ...defaultClaims };
  for (const key of Object.keys(names) as (keyof ClaimNames)[])
    names[key] = env[claimVariables[key]] || names[key];
  return names;
}

function isKeySetUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  );
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}
