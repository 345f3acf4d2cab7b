import { withWrittenStatements } from '../plans/statement.ts';
import { call } from './call.ts';

/**
 * What a field of the root reads is asked for by the same statement each time. PostGraphile would write its text anew
 * for each request, which takes a quarter of the time of a small query.
 */
export const StatementPlugin: GraphileConfig.Plugin = {
  name: 'CommerceStatementPlugin',
  schema: {
    hooks: {
      GraphQLObjectType_fields_field(field, _build, { scope: { isRootQuery } }) {
        const { plan } = field;
        return isRootQuery && plan !== undefined
          ? { ...field, plan: call(withWrittenStatements, plan) }
          : field;
      },
    },
  },
};
