import { createSecretKey, randomBytes } from 'node:crypto';
import t from 'tap';
import { kycBlindIndex, kycKeyId, openKycValue, rotateKycValue, sealKycValue } from '../../src/index.ts';

const old = { keys: { '2025-a': randomBytes(32) }, currentKeyId: '2025-a' };
const rotated = { keys: { ...old.keys, '2026-a': createSecretKey(randomBytes(32)) }, currentKeyId: '2026-a' };

t.test('a value comes back from its envelope', async (t) => {
  for (const value of ['1', 'RC 1234567', 'Ọ̀ṣun 😀', 'x'.repeat(8000)]) {
    const envelope = sealKycValue(old, value, 'seller:tax_id');
    t.equal(openKycValue(old, envelope, 'seller:tax_id'), value);
    t.equal(envelope.length, 2 + 6 + 12 + Buffer.byteLength(value) + 16);
    t.notOk(envelope.equals(sealKycValue(old, value, 'seller:tax_id')), 'twice is never the same');
  }
  t.throws(() => sealKycValue(old, '', 'x'));
  t.throws(() => sealKycValue({ ...old, currentKeyId: 'no such key' }, '1', 'x'));
  t.throws(() => sealKycValue({ ...old, currentKeyId: 'toString' }, '1', 'x'));
});

t.test('no byte can be changed, and no other place opens it', async (t) => {
  const envelope = sealKycValue(old, 'RC 1234567', 'seller:tax_id');
  for (let at = 0; at < envelope.length; at++) {
    const altered = Buffer.from(envelope);
    altered[at] = (altered[at] ?? 0) ^ 1;
    if (openable(altered)) t.fail(`byte ${at}`);
  }
  t.throws(() => openKycValue(old, envelope, 'another:tax_id'));
  t.throws(() => openKycValue(old, envelope.subarray(0, -1), 'seller:tax_id'));
  t.throws(() => openKycValue({ keys: {} }, envelope, 'seller:tax_id'), {
    message: 'there is no key 2025-a',
  });
  t.throws(() => kycKeyId(Buffer.from('in the clear')), { message: 'this is no envelope' });
  t.throws(() => kycKeyId(Buffer.alloc(0)));
});

function openable(envelope: Buffer): boolean {
  try {
    openKycValue(old, envelope, 'seller:tax_id');
    return true;
  } catch {
    return false;
  }
}

t.test('keys rotate', async (t) => {
  const envelope = sealKycValue(old, 'RC 1234567', 'c');
  const renewed = rotateKycValue(rotated, envelope, 'c');
  t.equal(kycKeyId(renewed), '2026-a');
  t.equal(openKycValue(rotated, renewed, 'c'), 'RC 1234567');
  t.equal(rotateKycValue(rotated, renewed, 'c'), renewed);
  t.throws(() => openKycValue(old, renewed, 'c'));
});

t.test('the same number has the same index, however it was written', async (t) => {
  const key = randomBytes(32);
  const index = kycBlindIndex(key, 'rc-123 4567');
  t.equal(index.length, 32);
  t.ok(index.equals(kycBlindIndex(key, 'RC1234567')));
  t.notOk(index.equals(kycBlindIndex(key, 'RC1234568')));
  t.notOk(index.equals(kycBlindIndex(randomBytes(32), 'RC1234567')));
});
