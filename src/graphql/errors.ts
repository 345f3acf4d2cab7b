import { isSafeError, SafeError } from 'postgraphile/grafast';
import { type ASTNode, GraphQLError, parse, visit } from 'postgraphile/graphql';
import { CommerceError, type Fault, toCommerceError } from '../database/errors.ts';

/** Without the names of constraints, which are no clients' business; a row's `id` is its `rowId`. */
function detailsOf({ code, details, hint }: CommerceError): Record<string, unknown> {
  const { lines, totals, taxes, constraint: _, field, faults, id: __, ...rest } = details;
  const nameOf = (name: unknown) => (name === 'id' ? 'rowId' : name);
  return {
    ...rest,
    ...(field !== undefined && { field: nameOf(field) }),
    ...(lines !== undefined && { [code === 'PRICE_CHANGED' ? 'changedPrices' : 'shortLines']: lines }),
    ...(totals !== undefined && { changedTotals: totals }),
    ...(taxes !== undefined && { changedTaxes: taxes }),
    ...(faults !== undefined && {
      faults: (faults as Fault[]).map(({ field, message }) => ({ field: nameOf(field), message })),
    }),
    ...(hint !== null && { hint }),
  };
}

/** The same for a request that fails before GraphQL begins: grafserv answers with the status. */
export function refusal(error: CommerceError): SafeError {
  return new SafeError(error.message, { code: error.code, statusCode: error.httpStatus });
}

/** The same error at the same place, with other words or more to tell; what it was made from is left behind. */
export function withExtensions(
  error: GraphQLError,
  more: Record<string, unknown>,
  message = error.message,
): GraphQLError {
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions: { ...more, ...extensions },
  });
}

/** What the error was made from; none if GraphQL itself found it. */
function causeOf(error: GraphQLError): Error | undefined {
  let cause: Error | undefined = error.originalError;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause instanceof GraphQLError ? undefined : cause;
}

/** A key of an input that is missing, or that there is none of. */
const keyOf = (message: string): string | undefined =>
  /Field "(?:\w+\.)?(\w+)" (?:of required type|is not defined by type)/.exec(message)?.[1];

const within = (place: string | undefined, key: string | undefined): string | undefined =>
  place === undefined || key === undefined ? (key ?? place) : `${place}.${key}`;

/** Of `Variable "$input" got invalid value "x" at "input.lines[0].productId"; …`, or `Variable "$id" got …`. */
function placeOfVariable(message: string): string | undefined {
  const [, variable = '', place] =
    /^Variable "\$(\w+)" (?:got invalid value [\s\S]*? at "\w+?((?:\.\w+|\[\d+\])+)";)?/.exec(message) ?? [];
  const inside = place?.startsWith('[') ? variable + place : place?.slice(1);
  return within(inside, keyOf(message)) ?? (variable || undefined);
}

/** By where a value begins that is written into an operation, the argument and the keys inside of it that lead there. */
type Literals = ReadonlyMap<number, readonly string[]>;

const startOf = ({ nodes }: GraphQLError): number => nodes?.[0]?.loc?.start ?? -1;

/** The values that the errors are about, all found in one walk. */
export function literalsOf(errors: readonly GraphQLError[], query: string): Literals {
  const literals = new Map<number, string[]>();
  const starts = new Set(errors.map(startOf).filter((start) => start >= 0));
  // What cannot be parsed is about no value.
  if (starts.size === 0) return literals;
  visit(parse(query), {
    enter(node, _key, parent, path, visited) {
      const start = node.loc?.start ?? -1;
      if (!starts.has(start) || literals.has(start)) return;
      const names: string[] = [];
      const ancestors = [...visited, ...(parent === undefined ? [] : [parent])];
      for (const [depth, each] of [...ancestors, node].entries()) {
        if (Array.isArray(each)) {
          const index = path[depth];
          const list = ancestors[depth - 1] as ASTNode | undefined;
          if (list?.kind === 'ListValue') names.push(`[${index}]`);
        } else if ('kind' in each && (each.kind === 'Argument' || each.kind === 'ObjectField')) {
          names.push(`.${each.name.value}`);
        }
      }
      if (names.length > 0) literals.set(start, names);
    },
  });
  return literals;
}

/** Where in an operation a wrong value stands that is written into it: the argument, or the keys inside of it. */
export function placeOfLiteral(error: GraphQLError, literals: Literals): string | undefined {
  const { message } = error;
  const missing = /argument "(\w+)" of type "[^"]+" is required/.exec(message)?.[1];
  const names = literals.get(startOf(error));
  if (missing !== undefined || names === undefined) return missing;
  const keys = names.slice(1);
  const isInside = keys[0]?.startsWith('.') === true;
  const place = (isInside ? keys : names).join('').slice(1);
  return within(names.length > 1 ? place : undefined, keyOf(message)) ?? place;
}

/** What the steps that read arguments refuse without a code or a field: a cursor of another list, and an empty patch. */
function ofStep(message: string): { field?: string; message: string } {
  const [, field] = /^Invalid '(\w+)' cursor/.exec(message) ?? [];
  if (field !== undefined) return { field, message: `${field} must be a cursor of the same list` };
  return /no new values were specified/.test(message)
    ? { field: 'patch', message: 'patch must have a value to change' }
    : { message };
}

/** What a client may read of an error: a code and, where the error is one of ours, its message and details. */
export function maskError(error: GraphQLError): GraphQLError {
  const cause = causeOf(error);
  if (cause === undefined) {
    // Before the operation ran (a variable of the wrong type), or in its answer.
    if (error.path !== undefined) return withExtensions(error, { code: 'INTERNAL' });
    const place = placeOfVariable(error.message);
    return withExtensions(error, { code: 'INVALID_QUERY', ...(place !== undefined && { field: place }) });
  }
  if (isSafeError(cause)) {
    const { field, message } = ofStep(cause.message);
    const more = { code: 'INVALID_INPUT', ...(field !== undefined && { field }), ...cause.extensions };
    return withExtensions(error, more, message);
  }
  const known = toCommerceError(cause);
  if (known instanceof CommerceError) {
    return withExtensions(error, { ...detailsOf(known), code: known.code }, known.message);
  }
  return withExtensions(error, { code: 'INTERNAL' }, 'something went wrong');
}

/** The code that the client will read, and what the log has to say if the client gets nothing else. */
export function judge(error: GraphQLError): { code: string; fault: unknown } {
  const code = String(maskError(error).extensions.code);
  return { code, fault: code === 'INTERNAL' ? (causeOf(error) ?? error) : undefined };
}
