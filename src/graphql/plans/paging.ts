import {
  type PgSelectQueryBuilder,
  type PgSelectStep,
  sqlValueWithCodec,
  TYPES,
} from 'postgraphile/@dataplan/pg';
import {
  ConstantStep,
  constant,
  context,
  type FieldArg,
  type FieldArgs,
  lambda,
  list,
  SafeError,
} from 'postgraphile/grafast';
import { sql } from 'postgraphile/pg-sql2';
import { limits } from '../limits.ts';
import type { RequestSession } from '../transaction.ts';
import type { Plan } from './plan.ts';
import { type GuardedColumn, shieldGuard } from './shields.ts';

type Connection = {
  setFirst(first: unknown): void;
  setOffset(offset: unknown): void;
  setAfter(after: unknown): void;
  getSubplan(): PgSelectStep;
};

/** For each order that an index serves only within others, the lists of fields of which one must be given. */
export type OrderNeeds = Readonly<Record<string, readonly (readonly string[])[]>>;

/** What a list is asked by, and what it may not be asked by. */
export type ListRules = {
  guarded: GuardedColumn[];
  needs: OrderNeeds;
  /** Fields that the list is bound by already: those of a relation. */
  bound: string[];
  /** Whether each row is of one tenant. */
  isOfTenant: boolean;
};

function within(field: string, most: number, fallback: number | null): (value: unknown) => unknown {
  return (value) => {
    if (value === null || value === undefined) return fallback;
    if (typeof value === 'number' && value >= 0 && value <= most) return value;
    throw new SafeError(`${field} must be from 0 to ${most}`, { code: 'INVALID_INPUT', field });
  };
}

const first = within('first', limits.maxPage, limits.defaultPage);
const offset = within('offset', limits.maxOffset, null);

/** A cursor as a page gave it: of another order, it is refused further on. */
function cursor(value: unknown): unknown {
  try {
    if (value == null || Array.isArray(JSON.parse(Buffer.from(String(value), 'base64').toString())))
      return value;
  } catch {
    // What is no JSON is no cursor either.
  }
  throw new SafeError('after must be a cursor of the same list', { code: 'INVALID_INPUT', field: 'after' });
}

export function setAfter(_: unknown, $connection: Connection, arg: FieldArg): void {
  $connection.setAfter(lambda(arg.getRaw(), cursor));
}

export function setOffset(_: unknown, $connection: Connection, arg: FieldArg): void {
  $connection.setOffset(lambda(arg.getRaw(), offset));
}

/** The arguments of a function, whose page size is looked at on the way: a step beside it would keep others apart. */
function withBoundedFirst(args: FieldArgs): FieldArgs {
  const checked = (size: unknown): unknown => {
    first(size);
    return size;
  };
  return new Proxy(args, {
    get(target, name) {
      if (name !== 'getRaw') return Reflect.get(target, name);
      return (path: Parameters<FieldArgs['getRaw']>[0]) =>
        String(path) === 'first' ? lambda(target.getRaw(path), checked) : target.getRaw(path);
    },
  });
}

/** A function's list, whose page is no larger than others. */
export function boundedList(plan: Plan): Plan {
  return ($root, args, info) => plan($root, withBoundedFirst(args), info);
}

/** Refuses an order that would sort every row of the tenant. */
function orderGuard({ needs, bound }: ListRules): (orderBy: unknown, condition: unknown) => void {
  return (orderBy, condition) => {
    const given = (condition ?? {}) as Record<string, unknown>;
    const isGiven = (field: string) => bound.includes(field) || (given[field] ?? null) !== null;
    const [order] = [orderBy ?? []].flat() as string[];
    const lists = order === undefined ? undefined : needs[order];
    if (lists === undefined || lists.some((each) => each.every(isGiven))) return;
    const conditions = lists.map((each) => each.join(' and ')).join(', or ');
    throw new SafeError(`orderBy ${order} needs a condition on ${conditions}`, {
      code: 'INVALID_INPUT',
      field: 'orderBy',
    });
  };
}

function tenantOf({ session }: RequestSession): string | null {
  return session?.tenantId ?? null;
}

/**
 * Names the tenant of a list that has a condition. Its rows are of the tenant in any case, but what row-level security
 * compares with is not known when a statement is planned, and how many rows match decides which index serves.
 */
function nameTenant([condition, tenantId]: readonly [unknown, string | null]) {
  const isGiven = Object.values(condition ?? {}).some((each) => each !== undefined);
  if (!isGiven || !tenantId) return () => {};
  return (query: PgSelectQueryBuilder) =>
    query.where(sql`${query.alias}.tenant_id = ${sqlValueWithCodec(tenantId, TYPES.uuid)}`);
}

/** A list with a page size, which looks at its order and condition on the way. */
export function boundedConnection(plan: Plan, rules: ListRules): Plan {
  const guard = orderGuard(rules);
  return (...planArgs) => {
    const [, args, info] = planArgs;
    const $connection = plan(...planArgs) as unknown as Connection;
    const shield = shieldGuard(rules.guarded);
    const raw = (name: string) =>
      info.field.args.some((arg) => arg.name === name) ? args.getRaw(name) : constant(null);
    const $first = lambda(list(['first', 'orderBy', 'condition'].map(raw)), ([size, orderBy, condition]) => {
      shield(orderBy, condition);
      guard(orderBy, condition);
      return first(size);
    });
    $connection.setFirst($first);
    const $condition = raw('condition');
    const isNeverGiven = $condition instanceof ConstantStep && $condition.data == null;
    if (rules.isOfTenant && !isNeverGiven) {
      const $tenantId = lambda(context().get('pgSettings') as never, tenantOf);
      $connection.getSubplan().apply(lambda(list([$condition, $tenantId]) as never, nameTenant));
    }
    return $connection as never;
  };
}
