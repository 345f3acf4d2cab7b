import type { PgCodecWithAttributes } from 'postgraphile/@dataplan/pg';
import { constant, type FieldArg, type FieldArgs, lambda, list, SafeError } from 'postgraphile/grafast';
import { limits } from '../limits.ts';
import { orderGuard } from './ordering-plugin.ts';
import { shieldGuard } from './shield-plugin.ts';

type Connection = {
  setFirst(first: unknown): void;
  setOffset(offset: unknown): void;
  setAfter(after: unknown): void;
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

/**
 * Pages, forwards only and never without an end, in the place of PgFirstLastBeforeAfterArgsPlugin, which
 * knows no limits. A function that returns a set decides about its own pages (searchProducts has first
 * and after), so it is a plain list to which nothing is added; but its page is no larger than others.
 */
export const PagingPlugin: GraphileConfig.Plugin = {
  name: 'CommercePagingPlugin',
  schema: {
    entityBehavior: {
      pgResource: {
        override: {
          callback: (behavior, resource) =>
            resource.parameters && !resource.isUnique
              ? [behavior, '-queryField:resource:connection', 'queryField:resource:list']
              : behavior,
        },
      },
    },
    hooks: {
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { plan } = field;
        if (!plan) return field;
        if (scope.isRootQuery && !scope.isPgFieldConnection && field.args?.first !== undefined) {
          return {
            ...field,
            plan($root, args, info) {
              return plan.call(this, $root, withBoundedFirst(args), info);
            },
          };
        }
        if (!scope.isPgFieldConnection) return field;
        const guard = orderGuard(build, scope);
        return {
          ...field,
          plan(...planArgs) {
            const [, args, info] = planArgs;
            const $connection = plan.apply(this, planArgs) as Connection;
            const shield = shieldGuard(build, scope.pgFieldResource?.codec as PgCodecWithAttributes);
            const raw = (name: string) =>
              info.field.args.some((arg) => arg.name === name) ? args.getRaw(name) : constant(null);
            const $first = lambda(
              list(['first', 'orderBy', 'condition'].map(raw)),
              ([size, orderBy, condition]) => {
                shield(orderBy, condition);
                guard(orderBy, condition);
                return first(size);
              },
            );
            $connection.setFirst($first);
            return $connection;
          },
        };
      },
      GraphQLObjectType_fields_field_args(args, build, { scope }) {
        if (!scope.isPgFieldConnection) return args;
        const { GraphQLInt } = build.graphql;
        return build.extend(
          args,
          {
            first: {
              type: GraphQLInt,
              defaultValue: limits.defaultPage,
              description: `How many rows, at most ${limits.maxPage}.`,
            },
            after: {
              type: build.getInputTypeByName(build.inflection.builtin('Cursor')),
              description: 'Only rows behind this cursor, the endCursor of the page before.',
              applyPlan(_: unknown, $connection: Connection, arg: FieldArg) {
                $connection.setAfter(lambda(arg.getRaw(), cursor));
              },
            },
            offset: {
              type: GraphQLInt,
              description: `How many rows to skip, at most ${limits.maxOffset}.`,
              applyPlan(_: unknown, $connection: Connection, arg: FieldArg) {
                $connection.setOffset(lambda(arg.getRaw(), offset));
              },
            },
          },
          `paging of ${scope.fieldName}`,
        );
      },
    },
  },
};
