import { depthLimit as measureDepth } from '@graphile/depth-limit';
import type { ValidationContext, ValidationRule } from 'postgraphile/graphql';
import { withExtensions } from './errors.ts';
import { limits } from './limits.ts';

const measure = measureDepth({
  maxDepth: limits.maxDepth,
  maxListDepth: limits.maxListDepth,
  // What Ruru and code generators ask.
  maxIntrospectionDepth: 16,
  maxDepthByFieldCoordinates: { '__Type.ofType': 10 },
});

/** Refuses operations that nest too deep, with the same code as costLimit. */
export const depthLimit: ValidationRule = (context) => {
  const reporting: ValidationContext = Object.create(context, {
    reportError: {
      value: (error: Parameters<ValidationContext['reportError']>[0]) =>
        context.reportError(withExtensions(error, { code: 'TOO_COMPLEX' })),
    },
  });
  return measure(reporting);
};
