import type { FieldPlanResolver } from 'postgraphile/grafast';

/** What a field does, whatever its row, arguments and result. */
// biome-ignore lint/suspicious/noExplicitAny: fields of every kind
export type Plan = FieldPlanResolver<any, any, any>;
