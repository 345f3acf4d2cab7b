import { PreparedQuery as PgtypedQuery } from '@pgtyped/runtime';

/**
 * A query of `sql/`. pgtyped hands each value to the driver as it is, and the driver writes a list as a
 * PostgreSQL array; so what the statement casts to jsonb is made JSON here.
 */
export class PreparedQuery<P, R> extends PgtypedQuery<P, R> {
  constructor(ir: ConstructorParameters<typeof PgtypedQuery>[0]) {
    super(ir);
    const json = ir.params
      .filter(({ locs }) => locs.some(({ b }) => ir.statement.startsWith('::jsonb', b + 1)))
      .map(({ name }) => name);
    if (json.length === 0) return;
    const { run } = this;
    this.run = (params, connection) => {
      const values = { ...params } as Record<string, unknown>;
      for (const name of json) values[name] = values[name] == null ? null : JSON.stringify(values[name]);
      return run(values as P, connection);
    };
  }
}
