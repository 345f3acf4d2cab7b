/**
 * What a basket costs, computed a second time and by other means than the database's: whole minor units in BigInt,
 * rates in ten-thousandths. Nothing here is read from the functions under test.
 */

export type Line = { product: number; quantity: bigint; price: bigint; taxRate: bigint };
export type Rules = {
  lines: readonly Line[];
  /** Prices contain the tax. */
  included: boolean;
  /** What staff took off: a sum, given when the goods cost so much, or a rate. */
  staff: { sum: bigint; basis: bigint } | { rate: bigint };
  code: { amount?: bigint; rate?: bigint; minimum?: bigint; product?: number } | null;
  shipping: bigint;
  shippingTaxRate: bigint;
  fees: readonly { amount: bigint; taxRate: bigint }[];
};
export type Costs = {
  subtotal: bigint;
  discount: bigint;
  fees: bigint;
  lineTax: bigint;
  shippingTax: bigint;
  feeTax: bigint;
  total: bigint;
  discounts: bigint[];
  taxes: bigint[];
};

const whole = 10_000n;
const sum = (values: readonly bigint[]) => values.reduce((left, right) => left + right, 0n);
const halfUp = (dividend: bigint, divisor: bigint) =>
  divisor === 0n ? 0n : (2n * dividend + divisor) / (2n * divisor);

/** The parts of an amount, in proportion to the weights; they add up to it. */
function spread(amount: bigint, weights: readonly bigint[]): bigint[] {
  const all = sum(weights);
  let until = 0n;
  return weights.map((weight) => {
    const before = halfUp(amount * until, all);
    until += weight;
    return halfUp(amount * until, all) - before;
  });
}

export function costsOf({ lines, included, staff, code, shipping, shippingTaxRate, fees }: Rules): Costs {
  const tax = (amount: bigint, rate: bigint) => halfUp(amount * rate, included ? whole + rate : whole);
  const prices = lines.map(({ quantity, price }) => quantity * price);
  const subtotal = sum(prices);

  const byStaff =
    'rate' in staff
      ? halfUp(subtotal * staff.rate, whole)
      : subtotal >= staff.basis
        ? staff.sum
        : halfUp(staff.sum * subtotal, staff.basis);
  const staffParts = spread(byStaff, prices);

  const isEnough = code !== null && subtotal >= (code.minimum ?? 0n);
  const left = lines.map(({ product }, at) =>
    isEnough && (code.product ?? product) === product ? (prices[at] ?? 0n) - (staffParts[at] ?? 0n) : 0n,
  );
  const leftOver = sum(left);
  const byCode =
    code?.amount === undefined
      ? halfUp(leftOver * (code?.rate ?? 0n), whole)
      : code.amount < leftOver
        ? code.amount
        : leftOver;
  const codeParts = spread(byCode, left);

  const discounts = staffParts.map((part, at) => part + (codeParts[at] ?? 0n));
  const taxes = lines.map(({ taxRate }, at) => tax((prices[at] ?? 0n) - (discounts[at] ?? 0n), taxRate));
  const costs = {
    subtotal,
    discount: sum(discounts),
    fees: sum(fees.map(({ amount }) => amount)),
    lineTax: sum(taxes),
    shippingTax: tax(shipping, shippingTaxRate),
    feeTax: sum(fees.map(({ amount, taxRate }) => tax(amount, taxRate))),
  };
  return {
    ...costs,
    total:
      subtotal -
      costs.discount +
      shipping +
      costs.fees +
      (included ? 0n : costs.lineTax + costs.shippingTax + costs.feeTax),
    discounts,
    taxes,
  };
}

/** Whole minor units as the database writes them: 250000 with two decimals is 2500.00. */
export function inCurrency(units: bigint, decimals: number): string {
  if (decimals === 0) return String(units);
  const digits = String(units).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The other way. */
export function unitsOf(amount: string, decimals: number): bigint {
  const [before = '0', after = ''] = amount.split('.');
  return BigInt(before + after.padEnd(decimals, '0'));
}
