import { ErrorStep, error, operationPlan, SafeError, type Step, sideEffect } from 'postgraphile/grafast';
import type { Shield } from '../catalogue.ts';
import type { Plan } from './plan.ts';

// biome-ignore lint/suspicious/noExplicitAny: arguments of every kind
type ApplyPlan = (...args: any[]) => void;
type Tracked = { get(key: string): Tracked; eval(): unknown };

/** A column that not every role may read, with the names by which a condition and an order name it. */
export type GuardedColumn = { field: string; names: string[]; shield: Shield };

/** The role that asks. One operation has a plan for each role that sends it. */
function currentRole(): unknown {
  const { trackedContextStep } = operationPlan() as unknown as { trackedContextStep: Tracked };
  return trackedContextStep.get('pgSettings').get('role').eval();
}

/** The refusal of a thing, if the present role may not have it. */
function refusalOf(shields: Shield[], name: string, verb: 'shown to' | 'for'): SafeError | undefined {
  const role = currentRole();
  const shield = shields.find(({ refused }) => refused.includes(String(role)));
  if (shield === undefined) return undefined;
  const permission = shield.readers.map((reader) => reader.replace('commerce_', '')).join(' or ');
  const message = `${name} is ${verb} a ${permission || 'server'} only`;
  return new SafeError(message, { code: 'FORBIDDEN', field: name, permission });
}

/** Refuses a condition and an order by a column that the present role may not read: they would tell what it holds. */
export function shieldGuard(columns: GuardedColumn[]): (orderBy: unknown, condition: unknown) => void {
  const refusals = new Map<string, SafeError>();
  for (const { field, names, shield } of columns) {
    const refusal = refusalOf([shield], field, 'shown to');
    if (refusal === undefined) continue;
    for (const name of names) refusals.set(name, refusal);
  }
  return (orderBy, condition) => {
    const given = [...[orderBy ?? []].flat(), ...Object.keys(condition ?? {})];
    for (const name of given) {
      const refusal = refusals.get(String(name));
      if (refusal !== undefined) throw refusal;
    }
  };
}

/** A mutation that the role may not run: the refusal comes before it. */
export function refusing(plan: Plan, shield: Shield, name: string): Plan {
  return (...args) => {
    const refusal = refusalOf([shield], name, 'for');
    if (refusal !== undefined) {
      sideEffect(null, () => {
        throw refusal;
      });
    }
    return plan(...args);
  };
}

/** A field that fails alone: a caller who may not have it gets null and an error at its path, and all else. */
export function shielded(plan: Plan | undefined, shields: Shield[], name: string): Plan {
  // A column of a list has none: what it is called in the row is in the row.
  const ofColumn = ($row: { get(column: string | undefined): Step }) => $row.get(shields[0]?.column);
  const planned = plan ?? ofColumn;
  return (...args) => {
    const refusal = refusalOf(shields, name, 'shown to');
    return refusal === undefined ? planned(...args) : error(refusal);
  };
}

/** An argument of a list: one that is not asked for has no order and no page. */
export function unlessRefused(applyPlan: ApplyPlan): ApplyPlan {
  return ($parent, $list, ...rest) =>
    $list instanceof ErrorStep ? undefined : applyPlan($parent, $list, ...rest);
}
