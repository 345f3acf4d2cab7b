import { faultOfNumber } from '../model/numbers.ts';

/** Half of a character, or a number that is no longer what was written. */
export function faultOf(value: unknown): string | null {
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) return 'has half of a character in it';
  return typeof value === 'number' ? faultOfNumber(String(value)) : null;
}

const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;
const zone = String.raw`(?:Z|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)?`;
const moment = new RegExp(`^\\d{4}-\\d\\d-\\d\\d(?:[T ]${time}${zone})?$`);

/** A day of ISO 8601, from the year 1 on, which the calendar has. */
export function isIsoDay(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** The same of a point in time; PostgreSQL would take `tomorrow`, `infinity` and years before Christ as well. */
export function isIsoMoment(text: string): boolean {
  return moment.test(text) && isIsoDay(text.slice(0, 10));
}

/** A Date is a moment, which is another day elsewhere. */
export function faultOfDay(value: unknown): string | null {
  return typeof value === 'string' && isIsoDay(value) ? null : 'must be a day as text, such as 2026-11-29';
}

export function faultOfMoment(value: unknown): string | null {
  if (value instanceof Date) {
    const year = value.getUTCFullYear();
    return year >= 1 && year <= 9999 ? null : 'must be a valid Date from the year 1 to 9999';
  }
  return typeof value === 'string' && isIsoMoment(value)
    ? null
    : 'must be a Date, or ISO 8601 such as 2026-11-29T08:30:00Z';
}

/** Columns that hold points in time, and days, by their names in the database. */
export const isMoment = (column: string): boolean => /_(at|until|date)$/.test(column);
export const isDay = (column: string): boolean => /_on$/.test(column);

/** The same of a value that is compared with a column, or stored in it; of a Date wherever it stands. */
export function faultOfTime(value: unknown, column = ''): string | null {
  if (isDay(column)) return faultOfDay(value);
  return value instanceof Date || isMoment(column) ? faultOfMoment(value) : null;
}
