import { withOneStatement } from '../plans/row-statement.ts';
import { call } from './call.ts';

/**
 * A row that is asked for by its key is read by the same statement each time. PostGraphile would write its text anew
 * for each request, which takes a quarter of the time of a small query.
 */
export const RowStatementPlugin: GraphileConfig.Plugin = {
  name: 'CommerceRowStatementPlugin',
  schema: {
    hooks: {
      GraphQLObjectType_fields_field(field, _build, { scope: { isRootQuery } }) {
        const { plan } = field;
        return isRootQuery && plan !== undefined ? { ...field, plan: call(withOneStatement, plan) } : field;
      },
    },
  },
};
