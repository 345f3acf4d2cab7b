/** A failure that its message explains in full: shown without a stack, exit code 1. */
export class UserError extends Error {
  override name = 'UserError';
}
