import { readCatalogue } from '../migrations/catalogue.ts';
import { withClient } from '../operations/client.ts';
import type { Generator } from './generator.ts';

/** The schema as the catalogues of PostgreSQL 18 describe it, for reviews to read. */
export const snapshot: Generator = {
  owns: ['schema.snapshot.txt'],
  generate: ({ urls }) =>
    withClient(urls.DATABASE_URL, async (client) => ({ 'schema.snapshot.txt': await readCatalogue(client) })),
};
