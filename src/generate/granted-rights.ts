import { withClient } from '../operations/client.ts';
import { readGrants } from '../operations/login-check.ts';
import type { Generator } from './generator.ts';

const file = 'src/model/granted-rights.ts';

const head = `// Generated from the rights of a migrated database by "npm run generate"; do not edit.

/** What the migrations grant: the holders of rights, each behind a digest of the rights. */
const text = \`
`;
const tail = `
\`;

export const grantedRights: ReadonlySet<string> = new Set(text.trim().split('\\n'));
`;

/** In full the rights stand in schema.snapshot.txt, and their reasons in policies/. */
export const grantedRights: Generator = {
  owns: [file],
  generate: ({ urls }) =>
    withClient(urls.DATABASE_URL, async (client) => {
      const nameOf = (holding: string) => holding.slice(holding.indexOf(' '));
      const holdings = await readGrants(client);
      holdings.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
      return { [file]: head + holdings.join('\n') + tail };
    }),
};
