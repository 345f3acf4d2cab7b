import type pg from 'pg';
import * as closedSets from '../model/closed-sets.ts';
import { constraintFields } from '../model/constraint-fields.ts';
import type { ErrorCode } from '../model/error-codes.ts';
import { camelCase, withKeys } from '../model/spelling.ts';

/** Why the database can do nothing at the moment although it answers. */
export type UnavailableReason =
  | 'DISK_FULL'
  | 'LOGIN_REFUSED'
  | 'NO_PARTITION'
  | 'OUT_OF_RESOURCES'
  | 'READ_ONLY'
  | 'TOO_MANY_CONNECTIONS';

type Entry = {
  code: ErrorCode;
  httpStatus: number;
  /** What to show where the database's own message could give values away; absent where it is ours. */
  message?: string;
  reason?: UnavailableReason;
};

const lost: Entry = { code: 'UNAVAILABLE', httpStatus: 503, message: 'the database cannot be reached' };
const exhausted: Entry = {
  code: 'UNAVAILABLE',
  httpStatus: 503,
  message: 'the database has no memory or file to spare',
  reason: 'OUT_OF_RESOURCES',
};

const loginRefused: Entry = {
  code: 'UNAVAILABLE',
  httpStatus: 503,
  message: 'the database refuses the login',
  reason: 'LOGIN_REFUSED',
};

/** 23514 of audit.log itself: nobody made its partition for now, which is no fault of the caller's. */
const noPartition: Entry = {
  code: 'UNAVAILABLE',
  httpStatus: 503,
  message: 'the audit log has no partition for now: its operator has to run ccdb up or ccdb worker',
  reason: 'NO_PARTITION',
};

/** Every SQLSTATE that callers meet. The class SC is ours; the built-in ones get words without values. */
export const errorTable: Readonly<Record<string, Entry>> = {
  SCTEN: { code: 'TENANT_REQUIRED', httpStatus: 403 },
  SCMOV: { code: 'TENANT_MOVED', httpStatus: 503 },
  SCCTX: { code: 'INVALID_SESSION', httpStatus: 401 },
  SCPRM: { code: 'FORBIDDEN', httpStatus: 403 },
  SCNTF: { code: 'NOT_FOUND', httpStatus: 404 },
  SCVER: { code: 'VERSION_CONFLICT', httpStatus: 409 },
  SCVRQ: { code: 'VERSION_REQUIRED', httpStatus: 428 },
  SCTRN: { code: 'INVALID_TRANSITION', httpStatus: 409 },
  SCSTK: { code: 'OUT_OF_STOCK', httpStatus: 409 },
  SCPRC: { code: 'PRICE_CHANGED', httpStatus: 409 },
  SCDSC: { code: 'DISCOUNT_REFUSED', httpStatus: 409 },
  SCIDM: { code: 'IDEMPOTENCY_MISMATCH', httpStatus: 422 },
  SCDUP: { code: 'ALREADY_EXISTS', httpStatus: 409 },
  SCEXP: { code: 'EXPIRED', httpStatus: 410 },
  SCVAL: { code: 'INVALID_INPUT', httpStatus: 400 },
  SCAMT: { code: 'INVALID_AMOUNT', httpStatus: 400 },
  SCLIM: { code: 'LIMIT_REACHED', httpStatus: 429 },
  SCWIN: { code: 'REPLY_WINDOW_CLOSED', httpStatus: 409 },
  SCOWN: { code: 'LAST_OWNER', httpStatus: 409 },
  SCIMM: { code: 'IMMUTABLE', httpStatus: 409 },
  SCRET: { code: 'RETURN_NOT_ALLOWED', httpStatus: 409 },
  SCDEP: { code: 'HAS_DEPENDENTS', httpStatus: 409 },
  '23502': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a required value is missing' },
  '23001': { code: 'HAS_DEPENDENTS', httpStatus: 409, message: 'live rows depend on this one' },
  '23503': { code: 'NOT_FOUND', httpStatus: 404, message: 'what is referred to does not exist' },
  '23505': { code: 'ALREADY_EXISTS', httpStatus: 409, message: 'it exists already' },
  '23514': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a value is not allowed' },
  '22001': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a text is too long' },
  '2201W': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a limit is not allowed' },
  '2201X': { code: 'INVALID_INPUT', httpStatus: 400, message: 'an offset is not allowed' },
  '22003': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a number is out of range' },
  '22007': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a date or time is not valid' },
  '22008': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a date or time is out of range' },
  '22021': {
    code: 'INVALID_INPUT',
    httpStatus: 400,
    message: 'a text holds a character that cannot be stored',
  },
  '22009': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a time zone is not valid' },
  '22023': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a value is not valid' },
  '22P02': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a value has the wrong form' },
  '22P05': {
    code: 'INVALID_INPUT',
    httpStatus: 400,
    message: 'a text holds a character that cannot be stored',
  },
  '25006': {
    code: 'UNAVAILABLE',
    httpStatus: 503,
    message: 'the database only reads at the moment',
    reason: 'READ_ONLY',
  },
  '42501': { code: 'FORBIDDEN', httpStatus: 403, message: 'not allowed in this session' },
  '40001': {
    code: 'CONCURRENT_CHANGE',
    httpStatus: 409,
    message: 'someone changed the same at the same time',
  },
  '40P01': {
    code: 'CONCURRENT_CHANGE',
    httpStatus: 409,
    message: 'someone changed the same at the same time',
  },
  '54000': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a value is too large' },
  '54001': { code: 'INVALID_INPUT', httpStatus: 400, message: 'a value is nested too deeply' },
  '55P03': { code: 'BUSY', httpStatus: 503, message: 'the row is locked by someone else' },
  '57014': { code: 'TIMEOUT', httpStatus: 504, message: 'it took too long' },
  '25P02': { code: 'ROLLED_BACK', httpStatus: 409, message: 'an earlier query of the transaction failed' },
  '25P03': { code: 'TIMEOUT', httpStatus: 504, message: 'the transaction was left idle too long' },
  '25P04': { code: 'TIMEOUT', httpStatus: 504, message: 'the transaction took too long' },
  '28000': loginRefused,
  '28P01': loginRefused,
  '3D000': loginRefused,
  '53000': exhausted,
  '53100': {
    code: 'UNAVAILABLE',
    httpStatus: 503,
    message: 'the database has no room left',
    reason: 'DISK_FULL',
  },
  '53200': exhausted,
  '53300': {
    code: 'UNAVAILABLE',
    httpStatus: 503,
    message: 'the database has no connection to spare',
    reason: 'TOO_MANY_CONNECTIONS',
  },
  '53400': exhausted,
  '57P01': lost,
  '57P02': lost,
  '57P03': lost,
  '57P04': lost,
  '57P05': lost,
  '58000': lost,
  '58030': lost,
  '08000': lost,
  '08001': lost,
  '08003': lost,
  '08004': lost,
  '08006': lost,
  '08007': {
    code: 'OUTCOME_UNKNOWN',
    httpStatus: 503,
    message: 'the connection was lost while the transaction was being committed',
  },
  '08P01': lost,
};

/**
 * One thing that is wrong with an input: the field, by its name in TypeScript, and what a form can show beside it.
 * `constraint` is the rule of the table, where it is one.
 */
export type Fault = { field: string | null; message: string; constraint?: string };

/** A failure that the database gave a code to. `details` is what the function sent along, by field. */
export class CommerceError extends Error {
  /** To switch on. */
  readonly code: ErrorCode;
  /** The database's own code, of five letters and digits. */
  readonly sqlState: string;
  /** What an HTTP interface answers with. */
  readonly httpStatus: number;
  /** What else is known; the classes have it typed. Names of fields and constraints, never values of rows. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What to do about it, where the database says so. */
  readonly hint: string | null;

  constructor(
    sqlState: string,
    entry: Entry,
    message: string,
    details: Record<string, unknown>,
    cause?: unknown,
    hint: string | null = null,
  ) {
    super(message, { cause });
    this.name = new.target.name;
    this.code = entry.code;
    this.sqlState = sqlState;
    this.httpStatus = entry.httpStatus;
    this.details = details;
    this.hint = hint;
  }

  /** For logs and answers: without the cause, which may hold values. */
  toJSON(): Pick<
    CommerceError,
    'name' | 'code' | 'message' | 'sqlState' | 'httpStatus' | 'details' | 'hint'
  > {
    const { name, code, message, sqlState, httpStatus, details, hint } = this;
    return { name, code, message, sqlState, httpStatus, details, hint };
  }

  protected number(field: string): number {
    return Number(this.details[field]);
  }

  protected text(field: string): string | null {
    const value = this.details[field];
    return typeof value === 'string' ? value : null;
  }

  protected list(field: string): readonly string[] {
    const value = this.details[field];
    return Array.isArray(value) ? value.map(String) : [];
  }
}

/** SCVER: the row is at another version than the one that was read. */
export class VersionConflictError extends CommerceError {
  /**
   * The row as it is now, with the columns of its view that the caller may read, by their names in TypeScript; null
   * where the caller may see none. It is read when the transaction has been taken back, and is there when
   * `withTenant` throws.
   */
  present: Readonly<Record<string, unknown>> | null = null;

  /** The view of schema api that shows the row; null where the row is not the one that was named. */
  get table(): string | null {
    return this.text('table');
  }
  get id(): string | null {
    return this.text('id');
  }

  get expected(): number {
    return this.number('expected');
  }
  get actual(): number {
    return this.number('actual');
  }
}

/**
 * A product that cannot be served: units asked for, and units that there are, which a shopper learns only where the
 * shop's settings have `tellShoppersStock`.
 */
export type ShortLine = { productId: string; requested: number; available: number | null };

/** SCSTK: every line that cannot be served, not just the first. */
export class OutOfStockError extends CommerceError {
  get shortLines(): ShortLine[] {
    return (this.details.lines ?? []) as ShortLine[];
  }
}

/**
 * A line whose price or tax rate is no longer what was read: what was seen (null where a line that is ordered at once
 * did not name it), and what it is now.
 */
export type ChangedPrice = {
  productId: string;
  seenUnitPrice: string | null;
  unitPrice: string;
  seenTaxRate: string | null;
  taxRate: string;
};

/** A total that is not the one that was read; null where nothing was read, or nothing is charged, in this currency. */
export type ChangedTotal = {
  currencyCode: string;
  seenTotalAmount: string | null;
  totalAmount: string | null;
};

/** How the shop taxes, which is not what the basket was made with. */
export type ChangedTaxes = {
  seenPricesIncludeTax: boolean;
  pricesIncludeTax: boolean;
  seenShippingTaxRate: string;
  shippingTaxRate: string;
};

/** SCPRC: every line whose price has changed since it was read, and the totals and rules that have. */
export class PriceChangedError extends CommerceError {
  get changedPrices(): ChangedPrice[] {
    return (this.details.lines ?? []) as ChangedPrice[];
  }

  get changedTotals(): ChangedTotal[] {
    return (this.details.totals ?? []) as ChangedTotal[];
  }

  get changedTaxes(): ChangedTaxes | null {
    return (this.details.taxes ?? null) as ChangedTaxes | null;
  }
}

/** Why a discount code does not hold for an order. */
export type DiscountRefusal =
  | 'currency'
  | 'ended'
  | 'minimum'
  | 'not_started'
  | 'products'
  | 'seller'
  | 'used_by_customer'
  | 'used_up';

/** SCDSC: the discount code does not hold for this order; `reason` says why. */
export class DiscountRefusedError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
  get reason(): DiscountRefusal {
    return this.details.reason as DiscountRefusal;
  }
}

/** SCTRN: the state machine has no such step. */
export class InvalidTransitionError extends CommerceError {
  get machine(): string | null {
    return this.text('machine');
  }
  get from(): string | null {
    return this.text('from');
  }
  get to(): string | null {
    return this.text('to');
  }
}

/**
 * SCVAL and the built-in codes for bad values; `field` says which, `constraint` by which rule, and `faults` all
 * that is wrong and can be reported at once. `productId` is not for sale; an onboarding lacks the documents in `missing`, which count in the states of `status`.
 */
export class InvalidInputError extends CommerceError {
  get faults(): readonly Fault[] {
    return (this.details.faults ?? []) as Fault[];
  }
  get productId(): string | null {
    return this.text('productId');
  }
  get missing(): readonly string[] {
    return this.list('missing');
  }
  get status(): readonly string[] {
    return this.list('status');
  }
  get field(): string | null {
    return this.text('field');
  }
  get constraint(): string | null {
    return this.text('constraint');
  }
}

/**
 * SCPRM and 42501; `permission` is the code that the session lacks, or whose the query is (`member or worker`), `field`
 * what nobody may use, `until` the end of a ban that has one, where they are known.
 */
export class ForbiddenError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
  get permission(): string | null {
    return this.text('permission');
  }
  get until(): string | null {
    return this.text('until');
  }
}

/** SCDUP and 23505; `field` says what is taken, `constraint` by which rule, `table` where a deleted row's place is. */
export class AlreadyExistsError extends CommerceError {
  get table(): string | null {
    return this.text('table');
  }
  get field(): string | null {
    return this.text('field');
  }
  get constraint(): string | null {
    return this.text('constraint');
  }
}

/** SCLIM: the plan allows no more. */
export class LimitReachedError extends CommerceError {
  get metric(): string | null {
    return this.text('metric');
  }
  get limit(): number {
    return this.number('limit');
  }
  get used(): number {
    return this.number('used');
  }
}

/** SCDEP: live rows of `table` stand in the way. */
export class HasDependentsError extends CommerceError {
  get table(): string | null {
    return this.text('table');
  }
  get count(): number {
    return this.number('count');
  }
}

/** SCNTF and 23503; `field` is the argument, `constraint` the key, that names what is not there. */
export class NotFoundError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
  get constraint(): string | null {
    return this.text('constraint');
  }
}

/** SCAMT: `field` has more digits than its currency (`minorUnit`), or more than there is (`limit`). */
export class InvalidAmountError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
  get minorUnit(): number | null {
    return this.details.minorUnit === undefined ? null : this.number('minorUnit');
  }
  /** As all amounts, a text. */
  get limit(): string | null {
    return this.details.limit === undefined ? null : String(this.details.limit);
  }
}

/** SCIMM; `status` is the state that freezes the row, where it is one, and `field` what no longer changes. */
export class ImmutableError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
  get status(): string | null {
    return this.text('status');
  }
}

/** SCRET: not delivered (`status`), or more units (`requested`) than can still come back (`returnable`). */
export class ReturnNotAllowedError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
  get status(): string | null {
    return this.text('status');
  }
  get requested(): number | null {
    return this.details.requested === undefined ? null : this.number('requested');
  }
  get returnable(): number | null {
    return this.details.returnable === undefined ? null : this.number('returnable');
  }
}

/** SCEXP: what `field` names is over, such as an invitation's token. */
export class ExpiredError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
}

/** SCWIN: only a template may be sent; the window ended at `replyWindowEndsAt`, or the customer never wrote (null). */
export class ReplyWindowClosedError extends CommerceError {
  get replyWindowEndsAt(): Date | null {
    const moment = this.text('replyWindowEndsAt');
    return moment === null ? null : new Date(moment);
  }
}

/** SCTEN: no tenant was named, or it is suspended or closed. */
export class TenantRequiredError extends CommerceError {}
/** SCMOV: the merchant is being moved to another server; worth another try in a few seconds, where it is then. */
export class TenantMovedError extends CommerceError {}
/** SCCTX: the session has ended, or is of another role. */
export class InvalidSessionError extends CommerceError {}
/** SCVRQ: an update has not named the version that it read, as `field`. */
export class VersionRequiredError extends CommerceError {
  get field(): string | null {
    return this.text('field');
  }
}
/** SCIDM: the idempotency key came with another request before. */
export class IdempotencyMismatchError extends CommerceError {}
/** SCOWN: an active merchant keeps an active owner. */
export class LastOwnerError extends CommerceError {}
/** 40001 and 40P01: rolled back, and worth another try. */
export class ConcurrentChangeError extends CommerceError {}
/** 55P03: somebody else held the row for longer than lock_timeout allows; worth another try. */
export class BusyError extends CommerceError {}
/** 57014, 25P03 and 25P04: a statement or the whole transaction took longer than its limit. */
export class TimeoutError extends CommerceError {}
/** 25P02: an earlier query of the same transaction failed, and nothing that was done in it is kept. */
export class RolledBackError extends CommerceError {}

/**
 * The connection was lost or refused, or the database can do nothing at the moment, and `reason` says why; or the
 * audit log has no partition for now (23514). Nothing is kept of the transaction, and it is worth another try,
 * unless the outcome is unknown.
 */
export class UnavailableError extends CommerceError {
  get isOutcomeUnknown(): boolean {
    return this.code === 'OUTCOME_UNKNOWN';
  }
  /** Null where the database could not be asked. */
  get reason(): UnavailableReason | null {
    return this.text('reason') as UnavailableReason | null;
  }
}

/** 08007: the connection was lost during COMMIT. What the transaction did may be kept, or not. */
export class OutcomeUnknownError extends UnavailableError {}

/** A mistake of the program: a transaction inside of one that it cannot join. */
export class NestedTransactionError extends Error {
  override readonly name = 'NestedTransactionError';
}

/** A mistake of the program: a connection that was entered for one identity and is entered for another. */
export class ConnectionTakenError extends Error {
  override readonly name = 'ConnectionTakenError';

  constructor() {
    super('the connection was entered for another identity: clean it first (cleanConnection)');
  }
}

/** A mistake of the program: a query outside of the transaction that it was meant for. */
export class TransactionEndedError extends Error {
  override readonly name = 'TransactionEndedError';

  constructor(message = 'the transaction has ended: await every query before the work returns') {
    super(message);
  }
}

const classes: Readonly<Record<ErrorCode, typeof CommerceError>> = {
  TENANT_REQUIRED: TenantRequiredError,
  TENANT_MOVED: TenantMovedError,
  INVALID_SESSION: InvalidSessionError,
  FORBIDDEN: ForbiddenError,
  NOT_FOUND: NotFoundError,
  VERSION_CONFLICT: VersionConflictError,
  VERSION_REQUIRED: VersionRequiredError,
  INVALID_TRANSITION: InvalidTransitionError,
  OUT_OF_STOCK: OutOfStockError,
  PRICE_CHANGED: PriceChangedError,
  DISCOUNT_REFUSED: DiscountRefusedError,
  IDEMPOTENCY_MISMATCH: IdempotencyMismatchError,
  ALREADY_EXISTS: AlreadyExistsError,
  EXPIRED: ExpiredError,
  INVALID_INPUT: InvalidInputError,
  INVALID_AMOUNT: InvalidAmountError,
  LIMIT_REACHED: LimitReachedError,
  REPLY_WINDOW_CLOSED: ReplyWindowClosedError,
  LAST_OWNER: LastOwnerError,
  IMMUTABLE: ImmutableError,
  RETURN_NOT_ALLOWED: ReturnNotAllowedError,
  HAS_DEPENDENTS: HasDependentsError,
  CONCURRENT_CHANGE: ConcurrentChangeError,
  BUSY: BusyError,
  TIMEOUT: TimeoutError,
  ROLLED_BACK: RolledBackError,
  UNAVAILABLE: UnavailableError,
  OUTCOME_UNKNOWN: OutcomeUnknownError,
};

/** A failure found before the database was asked. */
export function commerceError(
  sqlState: keyof typeof errorTable & `SC${string}`,
  message: string,
  details: Record<string, unknown> = {},
): CommerceError {
  const entry = errorTable[sqlState] as Entry;
  const faults = entry.code === 'INVALID_INPUT' ? [{ field: details.field ?? null, message }] : undefined;
  return new classes[entry.code](sqlState, entry, message, { ...details, ...(faults && { faults }) });
}

/** INVALID_INPUT for all that is wrong with an input. */
export function inputError(faults: readonly Fault[]): InvalidInputError {
  const [first] = faults;
  const details = { ...(first?.field && { field: first.field }), faults };
  return new InvalidInputError('SCVAL', errorTable.SCVAL as Entry, first?.message ?? '', details);
}

/** The typed error for a connection that was lost or refused, for which the driver has no SQLSTATE. */
export function unavailable(error: unknown): unknown {
  if (isDatabaseError(error)) return toCommerceError(error);
  return new UnavailableError('08006', lost, lost.message ?? '', {}, error);
}

/** For a connection that was lost when the answer to COMMIT was awaited. */
export function outcomeUnknown(error: unknown): OutcomeUnknownError {
  const entry = errorTable['08007'] as Entry;
  return new OutcomeUnknownError('08007', entry, entry.message ?? '', {}, error);
}

/** For a change in a transaction that was asked to make none: no fault of the server's. */
export function changeRefused(error: unknown): ForbiddenError {
  const entry: Entry = { code: 'FORBIDDEN', httpStatus: 403 };
  return new ForbiddenError('25006', entry, 'a read-only transaction changes nothing', {}, error);
}

type DatabaseError = Error &
  Pick<pg.DatabaseError, 'detail' | 'hint' | 'where' | 'constraint' | 'column' | 'schema' | 'table'> & {
    code: string;
  };

/** By its looks: with another copy of the driver it is of another class. */
function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

function lacksPartition({ code, schema, table, constraint }: DatabaseError): boolean {
  return code === '23514' && constraint === undefined && schema === 'audit' && table === 'log';
}

/**
 * The typed error for what the driver threw, recognised by SQLSTATE alone; anything else (a bug) is returned
 * as it came.
 */
export function toCommerceError(error: unknown): unknown {
  if (!isDatabaseError(error)) return error;
  const entry = lacksPartition(error) ? noPartition : errorTable[error.code];
  if (entry === undefined) return error;
  const { code, reason } = entry;
  const details: Record<string, unknown> = { ...detailsOf(error, entry), ...(reason && { reason }) };
  const [first] = (details.faults ?? []) as Fault[];
  // Of a row's rules the database says their names, and of an input's its own words.
  const message = first?.message ?? entry.message ?? spelled(error.message);
  if (code === 'INVALID_INPUT') details.faults ??= [{ field: details.field ?? null, message }];
  const hint = error.code.startsWith('SC') && error.hint ? spelled(error.hint) : null;
  return new classes[code](error.code, entry, message, details, error, hint);
}

/** A value that could not be read as what its parameter is: the database says the parameter's number. */
export function ofParameter(error: unknown, names: readonly (string | undefined)[]): unknown {
  if (!(error instanceof InvalidInputError) || error.field !== null) return error;
  const { where = '' } = (error.cause ?? {}) as Partial<DatabaseError>;
  const field = names[Number(/\$(\d+)/.exec(where)?.[1]) - 1];
  if (field === undefined) return error;
  const message = `${field}: ${error.message}`;
  const details = { ...error.details, field, faults: [{ field, message }] };
  return new InvalidInputError(
    error.sqlState,
    errorTable[error.sqlState] as Entry,
    message,
    details,
    error.cause,
  );
}

/** A login that may not do what its connection is for is no fault of the caller's, who may be anybody. */
export function ofLogin(error: unknown): unknown {
  if (!(error instanceof ForbiddenError) || error.sqlState !== '42501') return error;
  const { message = '', reason } = loginRefused;
  return new UnavailableError('42501', loginRefused, message, { reason }, error.cause);
}

/** A query for others: PostgreSQL says no more of a right to a view or function than that it is missing. */
export function ofCallers(error: ForbiddenError, name: string, callers: readonly string[]): ForbiddenError {
  if (error.sqlState !== '42501' || error.permission !== null || callers.length === 0) return error;
  const permission = callers.join(' or ');
  const message = `${name} is for a ${permission} only`;
  return new ForbiddenError(
    '42501',
    errorTable['42501'] as Entry,
    message,
    { ...error.details, permission },
    error.cause,
  );
}

const values = new Set<string>(Object.values(closedSets).flat());

/** Names of columns, arguments and functions in the spelling of TypeScript and GraphQL; values are what they are. */
function spelled(words: string): string {
  return words.replace(/\b[a-z]+(_[a-z0-9]+)+\b/g, (word) => (values.has(word) ? word : camelCase(word)));
}

/** Ours come as one JSON object; of PostgreSQL's own only names are passed on, never values. */
function detailsOf(error: DatabaseError, entry: Entry): Record<string, unknown> {
  const { code, detail = '', constraint, column } = error;
  const object = detail.startsWith('{') ? readObject(detail) : {};
  if (!code.startsWith('SC')) {
    const rules = (object.faults ?? [{ constraint, column }]) as Rule[];
    return builtIn(rules.map(faultOf), entry);
  }
  const { field, faults, lines, totals, taxes, ...rest } = object;
  return {
    ...(withKeys(rest, camelCase) as object),
    ...(typeof field === 'string' && { field: camelCase(field) }),
    ...(lines !== undefined && { lines: withKeys(lines, camelCase) }),
    ...(totals !== undefined && { totals: withKeys(totals, camelCase) }),
    ...(taxes !== undefined && { taxes: withKeys(taxes, camelCase) }),
    ...(Array.isArray(faults) && { faults: (faults as Fault[]).map(faultOfInput) }),
  };
}

function faultOfInput({ field, message }: Fault): Fault {
  return { field: field && camelCase(field), message: spelled(message) };
}

/** What the database names of a row's fault: a CHECK or key, a column without a value, or one with the rule that it breaks. */
type Rule = { constraint?: string | undefined; column?: string | undefined; rule?: string };

function faultOf({ constraint, column, rule: told }: Rule): Fault {
  const [named, rule = told] = constraintFields[constraint ?? ''] ?? [];
  const field = (column === undefined ? named : camelCase(column)) ?? null;
  const words = rule ?? (constraint === undefined && column !== undefined ? 'is needed' : undefined);
  const message = words === undefined ? '' : `${field} ${words}`;
  return { field, message, ...(constraint !== undefined && { constraint }) };
}

/** Faults are listed for an input only: what is taken, or missing elsewhere, has its field and its rule's name. */
function builtIn(faults: Fault[], { code, message = '' }: Entry): Record<string, unknown> {
  const [first] = faults;
  const isKnown = first !== undefined && (first.field !== null || first.constraint !== undefined);
  if (!isKnown) return {};
  const told = faults.map((fault) => ({ ...fault, message: fault.message || message }));
  return {
    ...(first.constraint !== undefined && { constraint: first.constraint }),
    ...(first.field !== null && { field: first.field }),
    ...(code === 'INVALID_INPUT' && { faults: told }),
  };
}

/** A function of the caller's own may raise one of our codes and explain itself in words. */
function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
