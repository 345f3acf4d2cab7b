import { readFile } from 'node:fs/promises';
import { buildSchema, isScalarType, isSpecifiedScalarType } from 'postgraphile/graphql';
import t from 'tap';
import { scalars } from '../../src/scalars.ts';

t.test("each scalar of the schema has its type for clients' tools", async (t) => {
  const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => isScalarType(type) && !isSpecifiedScalarType(type),
  );
  t.same(Object.keys(scalars).sort(), own.map(({ name }) => name).sort());
});
