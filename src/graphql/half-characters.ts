import { SafeError } from 'postgraphile/grafast';
import { faultOf } from '../database/value-faults.ts';

/** Where a text stands that has half of a surrogate pair in it. */
function placeIn(value: unknown, place: string): string | undefined {
  if (typeof value === 'string') return faultOf(value) === null ? undefined : place;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const inside = Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`;
    const found = placeIn(each, inside);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Refuses variables that PostgreSQL would store as another text; in what is written into a query, GraphQL does. */
export function refuseHalves(variables: unknown): void {
  const place = placeIn(variables, '');
  if (place === undefined) return;
  // As of all variables: the argument, or the keys inside of it.
  const field = place.replace(/^\.(?:\w+\.)?/, '');
  throw new SafeError(`${field} has half of a character in it`, {
    code: 'INVALID_INPUT',
    field,
    statusCode: 400,
  });
}
