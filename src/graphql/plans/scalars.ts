import { type InputObjectFieldApplyResolver, SafeError } from 'postgraphile/grafast';
import {
  type FloatValueNode,
  GraphQLError,
  type GraphQLScalarLiteralParser,
  type GraphQLSchema,
  type IntValueNode,
  isEnumType,
  Kind,
  type ValueNode,
  visit,
} from 'postgraphile/graphql';
import { isIsoDay, isIsoMoment } from '../../database/value-faults.ts';
import { faultOfNumber, roundedIn } from '../../model/numbers.ts';

type Form = { is(text: string): boolean; words: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Scalars that are texts of one form. */
export const forms: Readonly<Record<string, Form>> = {
  UUID: { is: (text) => uuid.test(text), words: 'a UUID of 36 characters' },
  Date: { is: isIsoDay, words: 'a day as in ISO 8601, such as 2026-11-29' },
  Datetime: {
    is: isIsoMoment,
    words: 'a point in time as in ISO 8601, such as 2026-11-29T08:30:00Z; without a zone it is in UTC',
  },
};

function readForm(typeName: string, value: unknown, node?: ValueNode): string {
  const form = forms[typeName];
  if (typeof value === 'string' && form?.is(value)) return value;
  throw new GraphQLError(`${typeName} must be ${form?.words}`, { nodes: node ?? null });
}

/** Reads a value of such a scalar. */
export function formValue(typeName: string): (value: unknown) => string {
  return (value) => readForm(typeName, value);
}

/** Reads such a scalar where it is written into a query. */
export function formLiteral(typeName: string): (node: ValueNode) => string {
  return (node) => readForm(typeName, node.kind === Kind.STRING ? node.value : undefined, node);
}

/** JSON in whose numbers no digit was lost on the way by reading them. */
export function exactValue(value: unknown): unknown {
  const rounded = roundedIn(value, 'JSON');
  if (rounded === null) return value;
  throw new GraphQLError(`${rounded.field} ${rounded.fault}`);
}

function checkNumber(node: IntValueNode | FloatValueNode): void {
  const fault = faultOfNumber(node.value);
  if (fault !== null) throw new GraphQLError(`JSON: ${node.value} ${fault}`, { nodes: node });
}

/** The same where JSON is written into a query, by what reads it otherwise. */
export function exactLiteral(
  parseLiteral: GraphQLScalarLiteralParser<unknown> | undefined,
): GraphQLScalarLiteralParser<unknown> {
  return (node, variables) => {
    visit(node, { IntValue: checkNumber, FloatValue: checkNumber });
    return exactValue(parseLiteral?.(node, variables));
  };
}

const decimal = /^[+-]?\d{1,40}(\.\d{1,40})?$/;

function readDecimal(value: unknown, node?: ValueNode): string {
  const text = String(value);
  // What JSON writes as a number has been rounded by now.
  if (typeof value === 'number' && faultOfNumber(text) !== null)
    throw new GraphQLError('Decimal with more than 15 digits must be text, such as "12345678901234.99"');
  if (decimal.test(text)) return text;
  throw new GraphQLError('Decimal must be a number in decimal notation, such as "1234.50"', {
    nodes: node ?? null,
  });
}

export function decimalValue(value: unknown): string {
  return readDecimal(value);
}

/** A number written without quotes is taken as it is written: no floating point number lies between. */
export function decimalLiteral(node: ValueNode): string {
  return readDecimal('value' in node ? node.value : undefined, node);
}

function scaleOf(value: unknown): number {
  return /\.(\d*?)0*$/.exec(String(value))?.[1]?.length ?? 0;
}

// biome-ignore lint/suspicious/noExplicitAny: columns of every kind
type Apply = InputObjectFieldApplyResolver<any>;

/** Refuses an amount with more decimals than its column keeps. */
export function withinScale(apply: Apply, fieldName: string, scale: number): Apply {
  return (target, value, info) => {
    if (scaleOf(value) <= scale) return apply(target, value, info);
    throw new SafeError(`${fieldName} has more than ${scale} decimals`, {
      code: 'INVALID_AMOUNT',
      field: fieldName,
    });
  };
}

/** The object that a function reads, whose keys are those of SQL. */
export function shapeOf(
  keys: (readonly [key: string, field: string])[],
): (input: Record<string, unknown>) => Record<string, unknown> {
  return (input) =>
    Object.fromEntries(
      keys.map(([key, field]) => [key, input[field]] as const).filter(([, value]) => value !== undefined),
    );
}

/** A value that a newer release has added to a closed set is passed on, as text: the rows around it are whole. */
export function passUnknownValues(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isEnumType(type)) continue;
    const serialize = type.serialize.bind(type);
    const known = new Set(type.getValues().map(({ value }) => value));
    type.serialize = (value) => (typeof value === 'string' && !known.has(value) ? value : serialize(value));
  }
}
