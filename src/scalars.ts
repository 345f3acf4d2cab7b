/** What the scalars of GraphQL are in TypeScript: `scalars` of codegen, `customScalarTypes` of Relay's compiler. */
export const scalars = {
  Base64EncodedBinary: 'string',
  BigInt: 'string',
  Cursor: 'string',
  Date: 'string',
  Datetime: 'string',
  Decimal: 'string',
  JSON: 'unknown',
  UUID: 'string',
} as const;

/** The same as types, which gql.tada takes. */
export type Scalars = {
  [Name in keyof typeof scalars]: (typeof scalars)[Name] extends 'string' ? string : unknown;
};
