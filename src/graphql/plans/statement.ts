import { PgSelectSingleStep, PgSelectStep } from 'postgraphile/@dataplan/pg';
import { ConnectionStep, ConstantStep, type ExecutionDetails } from 'postgraphile/grafast';
import { limits } from '../limits.ts';
import type { Plan } from './plan.ts';

/** A step as it is executed: what its value is made from. */
type Source = { id: number; dependencies: readonly Source[] };

type Placeholder = {
  dependencyIndex: number;
  alreadyEncoded: boolean;
  codec: { toPg(value: unknown): unknown };
};

/** What the statement of a step is written from. */
type Internals = Source & {
  contextId: number;
  placeholders: readonly Placeholder[];
  applyDepIds: readonly number[];
  deferreds: readonly { dependencyIndex: number }[];
  firstStepId: number | null;
  lastStepId: number | null;
  offsetStepId: number | null;
  afterStepId: number | null;
  beforeStepId: number | null;
  /** Whether a row more is read than the page has, to know whether there is another page. */
  fetchOneExtra: boolean;
  resource: { executeWithCache(specs: unknown[], statement: Asked): Promise<{ values: readonly unknown[] }> };
};

type Asked = { rawSqlValues: readonly unknown[]; identifierIndex: number | null; eventEmitter: unknown };
type Result = { items: readonly unknown[]; hasNextPage: boolean };
type Execute = (details: ExecutionDetails) => Promise<readonly Result[]>;
type Written = { statement: Asked; result: Result } | null;
/** The values of a request, by the steps that gave them. */
type Values = { get(id: number): { unaryValue(): unknown } };

/** Stands for a value of a request. */
class Given {
  readonly placeholder: Placeholder;

  constructor(placeholder: Placeholder) {
    this.placeholder = placeholder;
  }

  of(values: ExecutionDetails['values']): unknown {
    const { dependencyIndex, alreadyEncoded, codec } = this.placeholder;
    const value = values[dependencyIndex]?.at(0);
    if (value === null || value === undefined) return null;
    return alreadyEncoded ? value : codec.toPg(value);
  }
}

/** What JSON tells apart, as it does variables: no function, no object of a class, and no piece of a statement. */
function isData(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return ['undefined', 'string', 'number', 'boolean'].includes(typeof value);
  if (Array.isArray(value)) return value.every(isData);
  const isPlain = [null, Object.prototype].includes(Object.getPrototypeOf(value));
  // A piece of a statement has symbols.
  return isPlain && Object.getOwnPropertySymbols(value).length === 0 && Object.values(value).every(isData);
}

/** Adds the data that the step's value was made from; false if that is not data alone. */
function addData(step: Source, values: Values, data: unknown[]): boolean {
  if (step instanceof ConstantStep) return true;
  const value = values.get(step.id).unaryValue();
  if (isData(value)) {
    if (value !== undefined) data.push(step.id, value);
    return true;
  }
  return step.dependencies.length > 0 && step.dependencies.every((each) => addData(each, values, data));
}

/** What tells the statements of a step apart, besides values that are sent with it; null if it must be written anew. */
function keyOf(step: Internals, { extra, count, stream }: ExecutionDetails): string | null {
  const { firstStepId, lastStepId, offsetStepId, afterStepId, beforeStepId } = step;
  const isForwards = lastStepId === null && beforeStepId === null;
  if (count !== 1 || stream || !isForwards) return null;
  const { store } = (extra as unknown as { _bucket: { store: Values } })._bucket;
  const pages = [firstStepId, offsetStepId, afterStepId].filter((each) => each !== null);
  const pieces = step.deferreds.map(({ dependencyIndex }) => dependencyIndex);
  const data: unknown[] = [];
  for (const dependency of [...pages, ...step.applyDepIds, ...pieces]) {
    const source = step.dependencies[dependency];
    if (source === undefined || !addData(source, store, data)) return null;
  }
  const key = JSON.stringify(data);
  return key.length <= limits.statementKey ? key : null;
}

/** The statement that the step would send, with its values left open, and what it would make of no rows. */
async function write(step: Internals, execute: Execute, details: ExecutionDetails): Promise<Written> {
  const asked: Asked[] = [];
  const given = step.placeholders.map((placeholder) => new Given(placeholder));
  const count = details.values.length;
  const pretending = Object.create(step, {
    placeholders: {
      value: given.map(({ placeholder }, i) => ({
        ...placeholder,
        dependencyIndex: count + i,
        alreadyEncoded: true,
      })),
    },
    resource: {
      value: Object.create(step.resource, {
        executeWithCache: {
          value: async (_: unknown, each: Asked) => {
            asked.push(each);
            return { values: [[]] };
          },
        },
      }),
    },
  });
  const values = [...details.values, ...given.map((each) => ({ isBatch: false, at: () => each }))];
  const [result] = await execute.call(pretending, { ...details, values } as never);
  const [statement] = asked;
  return statement && result && (statement.identifierIndex ?? null) === null ? { statement, result } : null;
}

/** The page that the rows are, of which one more may have been read. */
function pageOf({ fetchOneExtra }: Internals, first: unknown, rows: readonly unknown[]) {
  const hasNextPage = fetchOneExtra && typeof first === 'number' && rows.length > first;
  return { items: hasNextPage ? rows.slice(0, first) : rows, hasNextPage };
}

/** The step writes each of its statements once, and then sends it with the values of each request. */
function writeOnce($select: PgSelectStep): void {
  const step = $select as unknown as Internals & { execute: Execute };
  const { execute } = step;
  const statements = new Map<string, Promise<Written>>();
  const find = (key: string, details: ExecutionDetails) => {
    const writing = statements.get(key) ?? write(step, execute, details);
    writing.catch(() => statements.delete(key));
    statements.delete(key);
    statements.set(key, writing);
    const [oldest = ''] = statements.keys();
    if (statements.size > limits.writtenStatements) statements.delete(oldest);
    return writing;
  };
  step.execute = async (details) => {
    const { values, extra } = details;
    const key = keyOf(step, details);
    const written = key === null ? null : await find(key, details);
    if (written === null) return execute.call(step, details);
    const { statement, result } = written;
    const valueAt = (dependency: number | null) => values[dependency ?? -1]?.at(0);
    const answer = await step.resource.executeWithCache(
      [{ context: valueAt(step.contextId), queryValues: [] }],
      {
        ...statement,
        rawSqlValues: statement.rawSqlValues.map((each) => (each instanceof Given ? each.of(values) : each)),
        eventEmitter: extra.eventEmitter,
      },
    );
    const first = valueAt(step.firstStepId);
    return answer.values.map((rows) => ({ ...result, ...pageOf(step, first, rows as unknown[]) }));
  };
}

/** The step of a field that reads rows, if it is one. */
function selectOf($field: unknown): unknown {
  if ($field instanceof PgSelectSingleStep) return $field.getClassStep();
  return $field instanceof ConnectionStep ? $field.getSubplan() : $field;
}

/** A field of the root, whose statements are written once. */
export function withWrittenStatements(plan: Plan): Plan {
  return (...args) => {
    const $field = plan(...args);
    const $select = selectOf($field);
    if ($select instanceof PgSelectStep) writeOnce($select);
    return $field;
  };
}
