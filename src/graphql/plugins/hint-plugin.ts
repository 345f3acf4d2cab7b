import type { GraphQLError } from 'postgraphile/graphql';
import { withExtensions } from '../errors.ts';

function withoutHint(error: GraphQLError): GraphQLError {
  return withExtensions(error, {}, error.message.replace(/ Did you mean .+\?$/s, ''));
}

/** Where the schema is not shown, a misspelt name is not answered with the one that was meant. */
export const HintPlugin: GraphileConfig.Plugin = {
  name: 'CommerceHintPlugin',
  grafserv: {
    middleware: {
      setPreset(next, options) {
        const { getExecutionConfig } = options;
        options.getExecutionConfig = async function withoutHints(context) {
          const config = await getExecutionConfig.call(this, context);
          return {
            ...config,
            parseAndValidate(query) {
              const result = config.parseAndValidate(query);
              return result.errors === undefined ? result : { errors: result.errors.map(withoutHint) };
            },
          };
        };
        return next();
      },
    },
  },
  grafast: {
    middleware: {
      async execute(next) {
        const result = await next();
        // A variable that does not fit is found before anything runs; what runs has its own words.
        if (!('errors' in result) || !result.errors?.some(({ path }) => path === undefined)) return result;
        return { ...result, errors: result.errors.map((error) => (error.path ? error : withoutHint(error))) };
      },
    },
  },
};
