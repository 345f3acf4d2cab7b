import { readFileSync } from 'node:fs';

/** The written list of rights (rights.md beside this file), as data. */

export type Who = 'staff' | 'seller' | 'shopper' | 'visitor';
export type May = 'see' | 'add' | 'change' | 'remove';

/** Who may do what with which rows; without a permission every such person may. */
export type Right = {
  readonly table: string;
  readonly who: Who;
  readonly may: May;
  readonly rows: string;
  readonly permissions: readonly string[];
};

export type FieldRight = {
  readonly table: string;
  readonly who: Who;
  readonly may: May;
  readonly fields: string;
};

const text = readFileSync(new URL('rights.md', import.meta.url), 'utf8');

/** The cells of the table under a heading. */
function linesOf(heading: string): string[][] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

export const rights: readonly Right[] = linesOf('Rows').map(
  ([table = '', who, may, rows = '', held = '']) => ({
    table,
    who: who as Who,
    may: may as May,
    rows,
    permissions: held === '' ? [] : held.split(', '),
  }),
);

export const viewLines: readonly string[][] = linesOf('Views');

/** What the owners of functions see: the role, whose rows, and of which tables, or of every one. */
export const ownerLines: readonly string[][] = linesOf('Owners of functions');

export const fieldRights: readonly FieldRight[] = linesOf('Fields').map(
  ([table = '', who, may, fields = '']) => ({
    table,
    who: who as Who,
    may: may as May,
    fields,
  }),
);

const meanings = new Map(
  linesOf('What "own" and the other words mean').map(([table, word, condition]) => [
    `${table} ${word}`,
    condition ?? '',
  ]),
);

/** What a line's rows are, as a condition over `t`. */
export function meaningOf({ table, rows }: Right): string {
  if (rows === 'all') return 'true';
  const condition = meanings.get(`${table} ${rows}`);
  if (condition === undefined) throw new Error(`rights.md does not say what "${rows}" of ${table} means`);
  return condition;
}

/** Every word that the list explains, to be sure that each is used. */
export const explained: readonly string[] = [...meanings.keys()];
