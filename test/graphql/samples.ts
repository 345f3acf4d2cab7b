import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
} from 'postgraphile/graphql';

const samples: Record<string, unknown> = {
  UUID: '00000000-0000-4000-8000-000000000000',
  ID: '00000000-0000-4000-8000-000000000000',
  Date: '2026-01-01',
  Datetime: '2026-01-01T00:00:00Z',
  Int: 1,
  Boolean: true,
};

/** Some value of the type, of which there need be no row. */
export function sampleOf(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  const value = isEnumType(named) ? named.getValues()[0]?.name : (samples[named.name] ?? 'text');
  return isListType(getNullableType(type)) ? [value] : value;
}

/** A value as it is written into a query; of a closed set without quotes. */
export function literalOf(value: unknown, type: GraphQLInputType): string {
  if (Array.isArray(value)) return `[${value.map((each) => literalOf(each, type))}]`;
  return isEnumType(getNamedType(type)) ? String(value) : JSON.stringify(value);
}
