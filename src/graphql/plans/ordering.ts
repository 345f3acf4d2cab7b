import type { PgCodec, PgSelectQueryBuilder } from 'postgraphile/@dataplan/pg';
import { sql } from 'postgraphile/pg-sql2';

export type Order = { attribute: string; direction: 'ASC' | 'DESC'; isNullable: boolean; isUnique: boolean };

/** Orders a list by a column. */
export function orderBy(
  column: PgCodec,
  { attribute, direction, isNullable, isUnique }: Order,
): (query: PgSelectQueryBuilder) => void {
  return (query) => {
    if (isNullable) query.where(sql`${query.alias}.${sql.identifier(attribute)} is not null`);
    query.orderBy({ attribute, direction, callback: (expression) => [expression, column, false] });
    if (isUnique) query.setOrderIsUnique();
  };
}
