import { type PgResource, type PgSelectSingleStep, TYPES } from 'postgraphile/@dataplan/pg';
import { constant, lambda, list, type Step } from 'postgraphile/grafast';
import { camelCase } from '../../model/spelling.ts';

type RowPlan<T = unknown> = ($row: PgSelectSingleStep) => Step<T>;

/** What a function returns for the row whose id it takes. */
export function resultOf(resource: PgResource): RowPlan {
  return ($row) => resource.execute([{ step: $row.get('id'), pgCodec: TYPES.uuid }]) as Step;
}

/** The row that a column names. */
export function namedBy(column: string, resource: PgResource): RowPlan {
  return ($row) => resource.get({ id: $row.get(column) });
}

/** The latest message of a thread. */
export function latestOf(messages: PgResource): RowPlan {
  return ($thread) => {
    const $messages = messages.find({ thread_id: $thread.get('id') });
    for (const attribute of ['occurred_at', 'id']) $messages.orderBy({ attribute, direction: 'DESC' });
    $messages.setFirst(constant(1));
    return $messages.single();
  };
}

const inGraphql = (name: string | null): string | null => name && camelCase(name);

/** A column that names a field of the input, as clients know it. */
export function fieldNameIn(column: string): RowPlan {
  return ($row) => lambda($row.get(column), inGraphql, true);
}

type Money = { amount: string; currencyCode: string; minorUnit: number };
type Parts = readonly [amount: string | null, currencyCode: string | null, minorUnit: number | null];

function toMoney([amount, currencyCode, minorUnit]: Parts): Money | null {
  if (amount === null || currencyCode === null || minorUnit === null) return null;
  return { amount, currencyCode, minorUnit };
}

/** The money of one attribute; all of a row share one look at its currency. */
export function moneyOf(currencies: PgResource, attribute: string): RowPlan<Money | null> {
  return ($row) => {
    const $code = $row.get('currency_code');
    const $currency = currencies.get({ code: $code }) as PgSelectSingleStep;
    return lambda(list([$row.get(attribute), $code, $currency.get('minor_unit')]), (parts) =>
      toMoney(parts as unknown as Parts),
    );
  };
}

/** What a mutation without a result says. */
export const succeeded = (): Step<boolean> => constant(true);
