import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';

/**
 * The secrets behind the KYC numbers, which the database stores and never reads. An envelope is
 * version (1), length of the key id (1), key id, nonce (12), ciphertext, tag (16).
 */
export type KycKeys = {
  /** 256-bit keys by id: letters, digits, dots, hyphens and underscores, at most 32. Old ones stay, to open old envelopes. */
  keys: Readonly<Record<string, KeyObject | Uint8Array>>;
  /** The key that new envelopes are sealed with. */
  currentKeyId: string;
};

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const cipher = 'aes-256-gcm';

/** `context` says what the value is, like `${sellerId}:tax_id`: an envelope opens in no other place. */
export function sealKycValue({ keys, currentKeyId }: KycKeys, value: string, context: string): Buffer {
  if (!/^[A-Za-z0-9._-]{1,32}$/.test(currentKeyId)) throw new Error('a key id has 1 to 32 plain characters');
  if (value === '') throw new Error('there is nothing to seal');
  const keyId = Buffer.from(currentKeyId, 'ascii');
  const header = Buffer.concat([Buffer.from([version, keyId.length]), keyId]);
  const nonce = randomBytes(nonceLength);
  const sealing = createCipheriv(cipher, keyOf(keys, currentKeyId), nonce, { authTagLength: tagLength });
  sealing.setAAD(authenticated(header, context));
  const ciphertext = Buffer.concat([sealing.update(value, 'utf8'), sealing.final()]);
  return Buffer.concat([header, nonce, ciphertext, sealing.getAuthTag()]);
}

/** Throws when the envelope was altered, comes from another context, or its key is not among the keys. */
export function openKycValue({ keys }: Pick<KycKeys, 'keys'>, envelope: Uint8Array, context: string): string {
  const bytes = Buffer.from(envelope);
  const keyId = kycKeyId(bytes);
  const headerLength = 2 + keyId.length;
  const nonce = bytes.subarray(headerLength, headerLength + nonceLength);
  const opening = createDecipheriv(cipher, keyOf(keys, keyId), nonce, { authTagLength: tagLength });
  opening.setAAD(authenticated(bytes.subarray(0, headerLength), context));
  opening.setAuthTag(bytes.subarray(-tagLength));
  const ciphertext = bytes.subarray(headerLength + nonceLength, -tagLength);
  return Buffer.concat([opening.update(ciphertext), opening.final()]).toString('utf8');
}

/** Which key sealed an envelope: those of an old key are to be sealed again with the current one. */
export function kycKeyId(envelope: Uint8Array): string {
  const [first, keyIdLength = 0] = envelope;
  const shortest = 2 + keyIdLength + nonceLength + 1 + tagLength;
  if (first !== version || keyIdLength < 1 || keyIdLength > 32 || envelope.length < shortest) {
    throw new Error('this is no envelope');
  }
  return Buffer.from(envelope.subarray(2, 2 + keyIdLength)).toString('ascii');
}

/** Opens an envelope and seals its value with the current key; one that has it already is returned as it is. */
export function rotateKycValue(keys: KycKeys, envelope: Uint8Array, context: string): Uint8Array {
  if (kycKeyId(envelope) === keys.currentKeyId) return envelope;
  return sealKycValue(keys, openKycValue(keys, envelope, context), context);
}

/**
 * Finds the same number again without opening anything: HMAC-SHA-256 of the value in capitals, without
 * separators. Its key is another than those of envelopes, and never rotates by itself.
 */
export function kycBlindIndex(key: KeyObject | Uint8Array, value: string): Buffer {
  return createHmac('sha256', key)
    .update(
      value
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]/gu, ''),
    )
    .digest();
}

function keyOf(keys: KycKeys['keys'], keyId: string): KeyObject | Uint8Array {
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (key === undefined) throw new Error(`there is no key ${keyId}`);
  return key;
}

/** The header is authenticated as well, so that no byte of an envelope can be changed. */
function authenticated(header: Uint8Array, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context, 'utf8')]);
}
