/** What a caller can switch on, and what it means; the same words stand in GraphQL's `extensions.code`. */
export const errorCodes = {
  TENANT_REQUIRED: 'No merchant was named, or it is suspended or closed.',
  TENANT_MOVED: 'The merchant is being moved to another server; worth another try in a few seconds.',
  INVALID_SESSION: 'The session has ended, or is of another role.',
  FORBIDDEN: 'The caller may not do or see this; `permission` says what it would need, where that is known.',
  NOT_FOUND: 'There is no such row, or the caller may not see it; `field` names what was looked for.',
  VERSION_CONFLICT: 'The row has been changed since it was read; `present` is the row as it is now.',
  VERSION_REQUIRED: 'A change has not named the version that it was made from.',
  INVALID_TRANSITION: 'The state machine has no such step: `machine`, `from`, `to`.',
  OUT_OF_STOCK: 'There is not enough stock; each product with what was asked for and what there is.',
  PRICE_CHANGED:
    'What is ordered costs other than was read; each line with the price that was seen and what it is now.',
  DISCOUNT_REFUSED:
    'The discount code does not hold for this order; `reason` says why: not_started, ended, used_up, used_by_customer, minimum, seller, currency or products.',
  IDEMPOTENCY_MISMATCH: 'The idempotency key came with another request before.',
  ALREADY_EXISTS: 'The value is taken; `field` names it.',
  EXPIRED: 'What `field` names has expired, such as an invitation.',
  INVALID_INPUT: 'Some values are not allowed; `faults` lists every field with what it should be.',
  INVALID_AMOUNT:
    'An amount with more decimals than its currency has (`minorUnit`), or above what there is (`limit`).',
  LIMIT_REACHED: 'The plan of the merchant allows no more: `metric`, `limit`, `used`.',
  REPLY_WINDOW_CLOSED: "Only a template may be sent to the customer: the channel's reply window has ended.",
  LAST_OWNER: 'An active merchant keeps an active owner.',
  IMMUTABLE: 'The row no longer changes; `status` is the state that freezes it, where it is one.',
  RETURN_NOT_ALLOWED: 'The order was not delivered, or more units were asked for than can still come back.',
  HAS_DEPENDENTS: 'Live rows of `table` stand in the way.',
  CONCURRENT_CHANGE:
    'Someone changed the same at the same time; nothing is kept, and it is worth another try.',
  BUSY: 'Somebody else held the row for too long; worth another try.',
  TIMEOUT: 'A statement or the whole transaction took longer than its limit.',
  ROLLED_BACK: 'An earlier query of the same transaction failed, and nothing that was done in it is kept.',
  UNAVAILABLE:
    'The database cannot be reached or can do nothing at the moment; `reason` says why, where it is known.',
  OUTCOME_UNKNOWN: 'The connection was lost during COMMIT: what was done may be kept, or not.',
} as const;

/** One of errorCodes. */
export type ErrorCode = keyof typeof errorCodes;

/** What the GraphQL endpoint refuses or fails at by itself. */
export const endpointCodes = {
  INVALID_REQUEST:
    'The request is no GraphQL request, is too long, or is of another type, or its operation is not persisted.',
  INVALID_QUERY: 'The operation or one of its variables does not fit the schema.',
  TOO_COMPLEX: 'The operation is too deep or too expensive.',
  INTERNAL: 'The server has a defect; its log has the request id of the answer.',
} as const;
