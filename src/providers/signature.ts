import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a webhook was signed with this secret: `sha256=` and the HMAC-SHA256 of the body in hexadecimal digits, as
 * Meta sends it in `X-Hub-Signature-256`. The body is the bytes as they arrived, never JSON that was written again.
 */
export function isSigned(body: Uint8Array | string, signature: string | undefined, secret: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(signature ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
