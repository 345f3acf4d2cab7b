import './environment.ts';
import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type pg from 'pg';
import { SafeError } from 'postgraphile/grafast';
import { CommerceError, toCommerceError } from '../database/errors.ts';
import { resolveTenant } from '../database/resolve-tenant.ts';
import type { Identity, Session, SessionCache } from '../database/session.ts';
import { refusal } from './errors.ts';
import { ExpiringMap } from './expiring-map.ts';
import { KeySet } from './key-set.ts';
import { limits } from './limits.ts';
import { type ClaimNames, defaultClaims, keySetAlgorithms, type TokenOptions } from './token-options.ts';

type Verify = (token: string) => Promise<JWTPayload>;

const roles = ['member', 'buyer', 'anonymous'] as const;
/** Of the year 9999: what some take for seconds are milliseconds. */
const lastSecond = 253_402_300_799;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function invalid(message: string): SafeError {
  return new SafeError(message, { code: 'INVALID_SESSION', statusCode: 401 });
}

function unavailable(message: string, cause: unknown): SafeError {
  return Object.assign(new SafeError(message, { code: 'UNAVAILABLE', statusCode: 503 }), { cause });
}

function ofKeySet(jwksUrl: string, options: JWTVerifyOptions): Verify {
  const keys = new KeySet(jwksUrl);
  const find = keys.find.bind(keys);
  return async (token) => (await jwtVerify(token, find, options)).payload;
}

function ofSecret(jwtSecret: string | undefined, options: JWTVerifyOptions): Verify {
  if (!jwtSecret) throw new Error('tokens need a secret or a key set');
  const secret = new TextEncoder().encode(jwtSecret);
  return async (token) => (await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload;
}

/**
 * Remembers good tokens for a while: a person's requests come one after another with the same token, and
 * checking a signature costs a tenth of answering a small query. What a token says cannot change.
 */
function remembering(verify: Verify): Verify {
  const known = new ExpiringMap<JWTPayload>(limits.rememberedTokens);
  return async (token) => {
    const found = known.get(token);
    if (found !== undefined) return found;
    const payload = await verify(token);
    known.set(token, payload, Math.min(Date.now() + limits.tokenSeconds * 1000, (payload.exp ?? 0) * 1000));
    return payload;
  };
}

/** Which algorithms are accepted follows from the kind of key, never from the token. */
export function tokenVerifier({ jwtSecret, jwksUrl, algorithms, issuer, audience }: TokenOptions): Verify {
  const options: JWTVerifyOptions = {
    requiredClaims: ['exp'],
    clockTolerance: limits.clockToleranceSeconds,
    ...(issuer?.length && { issuer }),
    ...(audience?.length && { audience }),
  };
  const verify = jwksUrl
    ? ofKeySet(jwksUrl, { ...options, algorithms: algorithms ?? keySetAlgorithms })
    : ofSecret(jwtSecret, options);
  return remembering(async (token) => {
    try {
      return await verify(token);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw invalid('the token has expired');
      // The only other one says that a member of the key set is no public key.
      const isToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
      if (isToken) throw invalid('the token is not valid');
      throw unavailable('tokens cannot be verified at the moment', error);
    }
  });
}

/** An identity provider may put its claims under a URL, or into an object of its own. */
function readClaim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      payload,
    );
}

function identityOf(payload: JWTPayload, claims: ClaimNames): Identity {
  const role = readClaim(payload, claims.role);
  const tenantId = readClaim(payload, claims.tenant);
  const subject = readClaim(payload, claims.subject);
  const email = readClaim(payload, claims.email);
  const known = roles.find((each) => each === role);
  if (known === undefined) throw invalid('the token names no role: member, buyer or anonymous');
  if (tenantId !== undefined && !(typeof tenantId === 'string' && uuid.test(tenantId))) {
    throw invalid("the token's tenant is no UUID");
  }
  const isVerified = readClaim(payload, claims.emailVerified) === true;
  return {
    role: known,
    tenantId: tenantId ?? null,
    ...(typeof subject === 'string' && { subject }),
    ...(isVerified && typeof email === 'string' && { email }),
    ...(payload.exp !== undefined && { expiresAt: new Date(Math.min(payload.exp, lastSecond) * 1000) }),
  };
}

export type Caller = { identity: Identity; session: Session | null };

/** Finds out who sends a request, and opens the session by which the database will know the sender. */
export class Authenticator {
  readonly #verify: Verify;
  readonly #claims: ClaimNames;
  readonly #sessions: SessionCache;
  readonly #auth: pg.Pool;
  readonly #tenants = new ExpiringMap<string>(limits.rememberedHosts);
  readonly #isLocal: boolean;

  /** `isLocal`: on one's own machine `demo-1.localhost` leads to the merchant of `demo-1.example`. */
  constructor(options: TokenOptions, sessions: SessionCache, auth: pg.Pool, isLocal = false) {
    this.#isLocal = isLocal;
    this.#verify = tokenVerifier(options);
    this.#claims = { ...defaultClaims, ...options.claims };
    this.#sessions = sessions;
    this.#auth = auth;
  }

  /** Throws a SafeError with the HTTP status: 401 for a token that opens no session, 403 for a host whose tenant refuses. */
  async identify(authorization: string | undefined, host: string | undefined): Promise<Caller> {
    return this.#enter(await this.#identity(authorization, host));
  }

  /** The database refused the session: another one, if the caller may still have one. */
  async renew(caller: Caller): Promise<Caller> {
    await this.forget(caller);
    return this.#enter(caller.identity);
  }

  /** The session has ended; the next request opens another. */
  async forget({ identity, session }: Caller): Promise<void> {
    if (session !== null) await this.#sessions.forget(identity, session);
  }

  async #enter(identity: Identity): Promise<Caller> {
    // A visitor of no storefront can do nothing that takes a tenant, yet may ask for the schema.
    if (identity.role === 'anonymous' && identity.tenantId === null) return { identity, session: null };
    try {
      return { identity, session: await this.#sessions.open(identity) };
    } catch (error) {
      const refused = asRefusal(error);
      const { statusCode = 0 } = refused.extensions ?? {};
      if (identity.expiresAt === undefined || Number(statusCode) >= 500) throw refused;
      // Verified, but of somebody who has no place at its tenant: worth no more than a forged one.
      throw ['FORBIDDEN', 'INVALID_INPUT'].includes(String(refused.extensions?.code))
        ? invalid("the token's person has no place at its tenant")
        : new SafeError(refused.message, { ...refused.extensions, statusCode: 401 });
    }
  }

  async #identity(authorization: string | undefined, host: string | undefined): Promise<Identity> {
    if (authorization === undefined) return { role: 'anonymous', tenantId: await this.#tenantOf(host) };
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    if (token === undefined) throw invalid('the Authorization header is not "Bearer TOKEN"');
    return identityOf(await this.#verify(token), this.#claims);
  }

  async #tenantOf(header: string | undefined): Promise<string | null> {
    // As the database compares it: neither letters' case nor a port nor a final dot makes another host.
    const named = header?.toLowerCase().split(':', 1)[0]?.replace(/\.$/, '');
    if (!named) return null;
    const host = this.#isLocal ? named.replace(/\.localhost$/, '.example') : named;
    const known = this.#tenants.get(host);
    if (known !== undefined) return known;
    try {
      const tenantId = await resolveTenant(this.#auth, host);
      // Only hosts that exist are remembered, so that invented ones cannot drive them out.
      this.#tenants.set(host, tenantId, Date.now() + limits.hostSeconds * 1000);
      return tenantId;
    } catch (error) {
      const known = toCommerceError(error);
      if (known instanceof CommerceError && known.code === 'NOT_FOUND') return null;
      throw asRefusal(error);
    }
  }
}

function asRefusal(error: unknown): SafeError {
  const known = toCommerceError(error);
  if (known instanceof CommerceError) return refusal(known);
  return unavailable('the database cannot be reached at the moment', error);
}
