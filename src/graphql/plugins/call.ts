import { EXPORTABLE } from 'postgraphile/graphile-build';

type Make = (...args: unknown[]) => never;

/**
 * A call with so many values, for graphile-export: it cannot write rest parameters, and changes the parameters of a
 * function that it has read, so that each result needs one of its own.
 */
function factoryOf(count: number): (...args: never[]) => never {
  if (count === 0) return (make: Make) => make();
  if (count === 1) return (make: Make, a: unknown) => make(a);
  if (count === 2) return (make: Make, a: unknown, b: unknown) => make(a, b);
  if (count === 3) return (make: Make, a: unknown, b: unknown, c: unknown) => make(a, b, c);
  throw new Error('a call that is written to a file takes three values at most');
}

/**
 * What a function of plans/ makes of these values. The call is kept with the result, so that a schema that is built
 * ahead can be written as a file: it holds the calls, and the server that loads it makes them again.
 */
export function call<Args extends unknown[], Result>(make: (...args: Args) => Result, ...args: Args): Result {
  return EXPORTABLE(factoryOf(args.length), [make, ...args] as never);
}
