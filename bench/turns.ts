/** What each side costs, in rounds in which they take turns and each begins once; the first round warms up. */
export async function takeTurns<Side extends string>(
  rounds: number,
  sides: Record<Side, () => Promise<number>>,
): Promise<Record<Side, number[]>> {
  const all = Object.entries(sides) as [Side, () => Promise<number>][];
  const costs = Object.fromEntries(all.map(([side]) => [side, []])) as unknown as Record<Side, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % all.length;
    for (const [side, measure] of [...all.slice(first), ...all.slice(0, first)]) {
      const cost = await measure();
      if (round > 0) costs[side].push(cost);
    }
  }
  return costs;
}

/** The cost in each round as a multiple of another in the same round. */
export const ratios = (costs: readonly number[], of: readonly number[]): number[] =>
  costs.map((cost, round) => cost / (of[round] ?? Number.NaN));

export async function repeat(times: number, work: (turn: number) => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await work(turn);
}

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
