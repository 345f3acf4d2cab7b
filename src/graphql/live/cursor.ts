import { SafeError } from 'postgraphile/grafast';
import { limits } from '../limits.ts';

/** How far a subscription has come: the time of its latest row, and which rows around it were delivered. */
export type Position = {
  time: number;
  /** When each was made, by the half of its id that is random. */
  delivered: Map<string, number>;
};

const windowMilliseconds = (limits.liveWindowSeconds + limits.clockStepSeconds) * 1000;
const timeDigits = 12;
const tailDigits = 16;

function digitsOf(id: string): string {
  return id.replaceAll('-', '');
}

/**
 * The least id of the time from which rows may still appear: of transactions that were open at the latest one,
 * and of those that came after it by a clock that was set back.
 */
export function windowStart({ time }: Position): string {
  const digits = Math.max(0, time - windowMilliseconds)
    .toString(16)
    .padStart(timeDigits, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}

/** Notes a row, an id of UUID version 7, as delivered; false if it was before. */
export function deliver(position: Position, id: string): boolean {
  const digits = digitsOf(id);
  const tail = digits.slice(-tailDigits);
  if (position.delivered.has(tail)) return false;
  const time = Number.parseInt(digits.slice(0, timeDigits), 16);
  position.delivered.set(tail, time);
  position.time = Math.max(position.time, time);
  return true;
}

/** Forgets the rows that are not read again. */
export function prune({ time, delivered }: Position): void {
  for (const [tail, made] of delivered) if (made < time - windowMilliseconds) delivered.delete(tail);
}

/**
 * The position in letters: six bytes of time, and eight for each delivered row, the latest ones. Of more rows
 * in three minutes the earliest are delivered again after a reconnect, and none is lost.
 */
export function encodeCursor({ time, delivered }: Position): string {
  const tails = [...delivered.keys()].slice(-limits.cursorRows);
  const digits = time.toString(16).padStart(timeDigits, '0') + tails.join('');
  return Buffer.from(digits, 'hex').toString('base64url');
}

/** Refuses what no server has written by `now`, a time of the database. */
export function decodeCursor(cursor: string, now: number): Position {
  const digits = Buffer.from(cursor, 'base64url').toString('hex');
  const tails = digits.slice(timeDigits).match(/.{16}/g) ?? [];
  const time = Number.parseInt(digits.slice(0, timeDigits), 16);
  const isWhole = digits.length === timeDigits + tails.length * tailDigits;
  if (!isWhole || tails.length > limits.cursorRows || time > now + windowMilliseconds) {
    throw new SafeError('after is no cursor of a subscription', { code: 'INVALID_INPUT', field: 'after' });
  }
  return { time, delivered: new Map(tails.map((tail) => [tail, time])) };
}
