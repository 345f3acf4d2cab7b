/** Which claim of a token holds what. A name with dots may lead into nested objects. */
export type ClaimNames = {
  tenant: string;
  subject: string;
  email: string;
  emailVerified: string;
  role: string;
};

export const defaultClaims: ClaimNames = {
  tenant: 'tenant_id',
  subject: 'sub',
  email: 'email',
  emailVerified: 'email_verified',
  role: 'role',
};

/** Of key sets: none that a secret could sign. */
export const keySetAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

export type TokenOptions = {
  /** Secret of HS256 tokens. */
  jwtSecret?: string | undefined;
  /** Where an identity provider publishes its keys; instead of a secret. */
  jwksUrl?: string | undefined;
  /** Algorithms of the key set that are accepted. */
  algorithms?: string[] | undefined;
  /** Accepted issuers and audiences; not asked for without any. */
  issuer?: string[] | undefined;
  audience?: string[] | undefined;
  claims?: Partial<ClaimNames> | undefined;
};
