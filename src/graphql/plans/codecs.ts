import { enumCodec, listOfCodec, type PgCodec, type PgEnumCodec } from 'postgraphile/@dataplan/pg';
import { sql } from 'postgraphile/pg-sql2';
import { errorTable } from '../../database/errors.ts';

export type EnumCodec = PgEnumCodec<string, string>;

type Values = Parameters<typeof enumCodec<string, string>>[0]['values'];

/** The values that a text is limited to. */
export function closedSet(name: string, values: Values, description: string | undefined): EnumCodec {
  const identifier = sql`text`;
  return enumCodec<string, string>({ name, identifier, values, ...(description && { description }) });
}

/** SQLSTATEs in a result, which become the codes that errors have. */
export function errorCodeSet(name: string, values: Values, description: string): EnumCodec {
  const fromPg = (sqlState: string) => errorTable[sqlState]?.code ?? 'INVALID_INPUT';
  return { ...closedSet(name, values, description), fromPg };
}

type ItemCodec = Parameters<typeof listOfCodec>[0];

/** A list of these in which there are no nulls. */
export function listWithoutNulls(item: PgCodec): PgCodec {
  const name = `${item.name}[] without nulls`;
  return listOfCodec(item as ItemCodec, { name, extensions: { listItemNonNull: true } });
}
