import { PgSelectSingleStep, PgSelectStep } from 'postgraphile/@dataplan/pg';
import type { ExecutionDetails } from 'postgraphile/grafast';
import type { Plan } from './plan.ts';

type Placeholder = {
  dependencyIndex: number;
  alreadyEncoded: boolean;
  codec: { toPg(value: unknown): unknown };
};

/** What the statement of a step is written from. */
type Internals = {
  contextId: number;
  placeholders: readonly Placeholder[];
  /** What may write another statement for each request: arguments, pages, streams. */
  applyDepIds: readonly number[];
  deferreds: readonly unknown[];
  streamDetailsDepIds: readonly number[] | null;
  firstStepId: number | null;
  lastStepId: number | null;
  offsetStepId: number | null;
  afterStepId: number | null;
  beforeStepId: number | null;
  resource: { executeWithCache(specs: unknown[], statement: Asked): Promise<{ values: readonly unknown[] }> };
};

type Asked = { rawSqlValues: readonly unknown[]; identifierIndex: number | null; eventEmitter: unknown };
type Result = { items: readonly unknown[] };
type Execute = (details: ExecutionDetails) => Promise<readonly Result[]>;

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

function isSame(step: Internals): boolean {
  const { firstStepId, lastStepId, offsetStepId, afterStepId, beforeStepId } = step;
  const page = [firstStepId, lastStepId, offsetStepId, afterStepId, beforeStepId];
  const lists = [step.applyDepIds, step.deferreds, step.streamDetailsDepIds ?? []];
  return page.every((each) => each === null) && lists.every((each) => each.length === 0);
}

/** The statement that the step would send, with its values left open, and what it would make of no rows. */
async function write(step: Internals, execute: Execute, details: ExecutionDetails) {
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

/** The step writes its statement once, and then sends it with the values of each request. */
function writeOnce($select: PgSelectStep): void {
  const step = $select as unknown as Internals & { execute: Execute };
  const { execute } = step;
  let writing: ReturnType<typeof write> | undefined;
  step.execute = async (details) => {
    const { values, extra, count, stream } = details;
    if (count !== 1 || stream || !isSame(step)) return execute.call(step, details);
    writing ??= write(step, execute, details);
    const written = await writing;
    if (written === null) return execute.call(step, details);
    const { statement, result } = written;
    const context = values[step.contextId]?.at(0);
    const answer = await step.resource.executeWithCache([{ context, queryValues: [] }], {
      ...statement,
      rawSqlValues: statement.rawSqlValues.map((each) => (each instanceof Given ? each.of(values) : each)),
      eventEmitter: extra.eventEmitter,
    });
    return answer.values.map((rows) => ({ ...result, items: rows as unknown[] }));
  };
}

/** A field of the root that gives a row, whose statement is written once. */
export function withOneStatement(plan: Plan): Plan {
  return (...args) => {
    const $row = plan(...args);
    const $select = $row instanceof PgSelectSingleStep ? $row.getClassStep() : undefined;
    if ($select instanceof PgSelectStep) writeOnce($select);
    return $row;
  };
}
