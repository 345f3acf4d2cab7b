import type { Json, JsonObject } from '../model/json.ts';

// A provider's body is JSON of which nothing is certain: what is absent or of another type is skipped.

export const objectIn = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

export const listIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.map((item: Json) => objectIn(item)) : [];

export const textIn = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

/** A time in seconds or in milliseconds since 1970, by the unit that the provider documents. */
export function timeIn(value: Json | undefined, unit: 'seconds' | 'milliseconds'): Date | null {
  const number = Number(textIn(value) ?? Number.NaN);
  return Number.isFinite(number) ? new Date(unit === 'seconds' ? number * 1000 : number) : null;
}
