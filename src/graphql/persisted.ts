import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PersistedPlugin } from '@grafserv/persisted';
import { UserError } from '../operations/user-error.ts';

type Payload = {
  documentId?: unknown;
  id?: unknown;
  extensions?: { persistedQuery?: { sha256Hash?: unknown } };
};

/**
 * A preset under which only the operations of a folder's .graphql files run, each named by the SHA-256 of its
 * text, as client tools print it, or by its file, for tools that print another hash (`ccdb persist`). They are read
 * once, before the server listens.
 */
export async function persistedOperations(folder: string): Promise<GraphileConfig.Preset> {
  const files = await readdir(folder).catch((cause) => {
    throw new UserError(`cannot read the persisted operations: ${(cause as Error).message}`, { cause });
  });
  const operations = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith('.graphql'))) {
    const text = await readFile(join(folder, file), 'utf8');
    operations.set(basename(file, '.graphql'), text);
    operations.set(createHash('sha256').update(text).digest('hex'), text);
  }
  if (operations.size === 0) throw new UserError(`there are no persisted operations in ${folder}`);
  return {
    plugins: [PersistedPlugin],
    grafserv: {
      // Always a text: the plugin logs requests without one, variables included.
      hashFromPayload: (payload) => {
        const { documentId, id, extensions } = payload as Payload;
        const hash = extensions?.persistedQuery?.sha256Hash ?? documentId ?? id;
        // Apollo and the GraphQL over HTTP draft name the algorithm.
        return typeof hash === 'string' ? hash.replace(/^\w+:/, '') : '';
      },
      // The library expects null for an operation that does not exist.
      persistedOperationsGetter: (hash) => (operations.get(hash) ?? null) as string,
    },
  };
}
