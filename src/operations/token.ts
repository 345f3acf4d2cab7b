import { SignJWT } from 'jose';

export type TokenClaims = {
  /** The person, as the identity provider calls him; a visitor has none. */
  subject?: string | undefined;
  tenantId?: string | undefined;
  role: 'member' | 'buyer' | 'anonymous';
};

/** A token as an identity provider would issue it, for development: HS256 with the server's own secret. */
export async function signToken(
  { subject, tenantId, role }: TokenClaims,
  secret: string,
  lifetime: string,
): Promise<string> {
  const token = new SignJWT({ role, ...(tenantId && { tenant_id: tenantId }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(lifetime);
  if (subject !== undefined) token.setSubject(subject);
  return token.sign(new TextEncoder().encode(secret));
}
