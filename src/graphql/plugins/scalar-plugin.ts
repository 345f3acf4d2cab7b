import {
  exactLiteral,
  exactValue,
  formLiteral,
  forms,
  formValue,
  passUnknownValues,
} from '../plans/scalars.ts';
import { call } from './call.ts';

/** Values from outside are what they say: PostgreSQL would take `tomorrow`, `infinity` and years before Christ. */
export const ScalarPlugin: GraphileConfig.Plugin = {
  name: 'CommerceScalarPlugin',
  schema: {
    hooks: {
      GraphQLScalarType(type) {
        if (type.name === 'JSON')
          return { ...type, parseValue: exactValue, parseLiteral: call(exactLiteral, type.parseLiteral) };
        const form = forms[type.name];
        if (form === undefined) return type;
        return {
          ...type,
          description: `${form.words.replace(/^a/, 'A')}.`,
          parseValue: call(formValue, type.name),
          parseLiteral: call(formLiteral, type.name),
        };
      },
      finalize(schema) {
        passUnknownValues(schema);
        return schema;
      },
    },
  },
};
