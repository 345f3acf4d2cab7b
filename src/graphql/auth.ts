import './environment.ts';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type pg from 'pg';
import { SafeError } from 'postgraphile/grafast';
import { CommerceError, toCommerceError } from '../errors.ts';
import type { Identity, Session, SessionCache } from '../session.ts';
import { refusal } from './errors.ts';
import { limits } from './limits.ts';

export type TokenOptions = {
  /** Secret of HS256 tokens. */
  jwtSecret?: string | undefined;
  /** Where an identity provider publishes its keys; instead of a secret. */
  jwksUrl?: string | undefined;
  issuer?: string | undefined;
  audience?: string | undefined;
};

type Verify = (token: string) => Promise<JWTPayload>;

const roles = ['member', 'buyer', 'anonymous'] as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function invalid(message: string): SafeError {
  return new SafeError(message, { code: 'INVALID_SESSION', statusCode: 401 });
}

function ofKeySet(jwksUrl: string, options: JWTVerifyOptions): Verify {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
  return async (token) => (await jwtVerify(token, keys, { ...options, algorithms })).payload;
}

function ofSecret(jwtSecret: string | undefined, options: JWTVerifyOptions): Verify {
  if (!jwtSecret) throw new Error('tokens need a secret or a key set');
  const secret = new TextEncoder().encode(jwtSecret);
  return async (token) => (await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload;
}

/** What jose throws when the identity provider's answer is at fault, not the token. */
const providerFaults = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/** Which algorithms are accepted follows from the kind of key, never from the token. */
export function tokenVerifier({ jwtSecret, jwksUrl, issuer, audience }: TokenOptions): Verify {
  const options: JWTVerifyOptions = {
    requiredClaims: ['exp'],
    clockTolerance: limits.clockToleranceSeconds,
    ...(issuer && { issuer }),
    ...(audience && { audience }),
  };
  const verify = jwksUrl ? ofKeySet(jwksUrl, options) : ofSecret(jwtSecret, options);
  return async (token) => {
    try {
      return await verify(token);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw invalid('the token has expired');
      const isToken = error instanceof errors.JOSEError && !providerFaults.has(error.code);
      if (isToken) throw invalid('the token is not valid');
      console.error(error);
      throw new SafeError('tokens cannot be verified at the moment', {
        code: 'UNAVAILABLE',
        statusCode: 503,
      });
    }
  };
}

function identityOf({ sub, tenant_id, role, email, email_verified, exp }: JWTPayload): Identity {
  const known = roles.find((each) => each === role);
  if (known === undefined) throw invalid('the token names no role: member, buyer or anonymous');
  if (tenant_id !== undefined && !(typeof tenant_id === 'string' && uuid.test(tenant_id))) {
    throw invalid("the token's tenant_id is no UUID");
  }
  return {
    role: known,
    tenantId: (tenant_id as string | undefined) ?? null,
    ...(sub !== undefined && { subject: sub }),
    ...(email_verified === true && typeof email === 'string' && { email }),
    ...(exp !== undefined && { expiresAt: new Date(exp * 1000) }),
  };
}

export type Caller = { identity: Identity; session: Session | null };

/** Finds out who sends a request, and opens the session that the database will know him by. */
export class Authenticator {
  readonly #verify: Verify;
  readonly #sessions: SessionCache;
  readonly #auth: pg.Pool;
  readonly #hosts = new Map<string, { tenantId: string; until: number }>();

  constructor(options: TokenOptions, sessions: SessionCache, auth: pg.Pool) {
    this.#verify = tokenVerifier(options);
    this.#sessions = sessions;
    this.#auth = auth;
  }

  /** Throws a SafeError with the HTTP status: 401 for a bad token, 403 for a tenant that refuses. */
  async identify(authorization: string | undefined, host: string | undefined): Promise<Caller> {
    return this.#enter(await this.#identity(authorization, host));
  }

  /** The database refused the session: another one, if the caller may still have one. */
  async renew({ identity, session }: Caller): Promise<Caller> {
    if (session !== null) await this.#sessions.forget(identity, session);
    return this.#enter(identity);
  }

  async #enter(identity: Identity): Promise<Caller> {
    // A visitor of no storefront can do nothing that takes a tenant, yet may ask for the schema.
    if (identity.role === 'anonymous' && identity.tenantId === null) return { identity, session: null };
    try {
      return { identity, session: await this.#sessions.open(identity) };
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async #identity(authorization: string | undefined, host: string | undefined): Promise<Identity> {
    if (authorization === undefined) return { role: 'anonymous', tenantId: await this.#tenantOf(host) };
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    if (token === undefined) throw invalid('the Authorization header is not "Bearer TOKEN"');
    return identityOf(await this.#verify(token));
  }

  async #tenantOf(host: string | undefined): Promise<string | null> {
    if (host === undefined) return null;
    const known = this.#hosts.get(host);
    if (known !== undefined && known.until > Date.now()) return known.tenantId;
    this.#hosts.delete(host);
    try {
      const { rows } = await this.#auth.query<{ tenant_id: string }>(
        'select tenant_id from internal.resolve_tenant($1)',
        [host],
      );
      const tenantId = rows[0]?.tenant_id ?? null;
      // Only hosts that exist are remembered, so that invented ones cannot fill the memory.
      if (tenantId !== null)
        this.#hosts.set(host, { tenantId, until: Date.now() + limits.hostSeconds * 1000 });
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
  console.error(error);
  return new SafeError('the database cannot be reached at the moment', {
    code: 'UNAVAILABLE',
    statusCode: 503,
  });
}
