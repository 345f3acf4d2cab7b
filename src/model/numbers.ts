/**
 * What is wrong with a number as it was written, or as JavaScript writes it: a binary fraction keeps 15 digits of
 * every decimal, and of whole numbers those up to 2^53, so that one with more may be another by now.
 */
export function faultOfNumber(text: string): string | null {
  const value = Number(text);
  if (!Number.isFinite(value)) return 'must be a number: give it as text';
  if (Number.isSafeInteger(value) && String(value) === text) return null;
  const digits = text.replace(/e.*/i, '').replace(/\D/g, '').replace(/^0+/, '').length;
  const isExact = digits <= 15 && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isExact ? null : 'has more digits than a number keeps: give it as text';
}

/** The first number in a piece of JSON that is no longer what was written, and where it stands. */
export function roundedIn(json: unknown, field: string): { field: string; fault: string } | null {
  if (typeof json === 'number') {
    const fault = faultOfNumber(String(json));
    return fault === null ? null : { field, fault };
  }
  if (typeof json !== 'object' || json === null) return null;
  for (const [key, each] of Object.entries(json)) {
    const found = roundedIn(each, Array.isArray(json) ? `${field}[${key}]` : `${field}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
