import { cpus, release, totalmem } from 'node:os';
import { median } from './cpu.ts';

/** A measured ratio or rate, of which each round of a benchmark has one. */
export type Figure = {
  /** What was compared with what. */
  what: string;
  rounds: number[];
  /** What the median may be at most, or has to be at least; without either it is for orientation. */
  atMost?: number;
  atLeast?: number;
};

export type Measured = {
  figures: Figure[];
  /** Peers that could not be had, with the reason. */
  absent?: string[];
  /** Why the benchmark could not be run to its end. */
  failure?: string;
};

export type Section = Measured & { title: string };

/** Whether the figure keeps its limit; a figure that could not be measured does not. */
function isMet({ rounds, atMost, atLeast }: Figure): boolean {
  const value = median(rounds);
  if (atMost !== undefined) return value <= atMost;
  if (atLeast !== undefined) return value >= atLeast;
  return true;
}

/** Whether the benchmark ran and all its figures keep their limits. */
export const isKept = ({ figures, failure }: Measured): boolean =>
  failure === undefined && figures.every(isMet);

function written(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}

function row(figure: Figure): string {
  const { what, rounds, atMost, atLeast } = figure;
  const limit =
    atMost !== undefined ? `≤ ${written(atMost)}` : atLeast !== undefined ? `≥ ${written(atLeast)}` : '';
  const verdict = limit === '' ? '' : isMet(figure) ? 'met' : '**missed**';
  const spread = `${written(Math.min(...rounds))} to ${written(Math.max(...rounds))}`;
  return `| ${what} | ${written(median(rounds))} | ${spread} | ${rounds.length} | ${limit} | ${verdict} |`;
}

/** The report in Markdown: where it was measured, and a table for each benchmark. */
export function report(sections: readonly Section[], versions: Readonly<Record<string, string>>): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}`;
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    '# Benchmarks',
    '',
    `Machine: ${machine}. Versions: ${named.join(', ')}. ${new Date().toISOString().slice(0, 10)}.`,
    ...sections.flatMap(({ title, figures, absent = [], failure }) => [
      '',
      `## ${title}`,
      '',
      '| what | median | spread | rounds | limit | |',
      '|---|---|---|---|---|---|',
      ...figures.map(row),
      ...(failure === undefined ? [] : ['', `**Failed**: ${failure}`]),
      ...absent.flatMap((each) => ['', `Not measured: ${each}.`]),
    ]),
    '',
  ].join('\n');
}
