import pg from 'pg';

const { builtins } = pg.types;

/**
 * What values become. Parsers that a program sets for queries of its own change nothing here once this is loaded:
 * the types of the queries would be wrong.
 */
const parsers = new Map<number, (text: string) => unknown>(
  Object.values(builtins).map((oid) => [oid, pg.types.getTypeParser(oid)]),
);
// As the database writes them: a Date at local midnight would be another day elsewhere, a number lose digits.
for (const oid of [builtins.DATE, builtins.INT8, builtins.NUMERIC]) parsers.set(oid, String);

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary' = 'text') =>
    (format === 'text' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};
