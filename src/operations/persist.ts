import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './user-error.ts';

type ApolloManifest = { format: string; operations: { id: string; body: string }[] };

/** An id is a hash in one alphabet or another; it becomes the name of a file. */
const idForm = /^[\w-]{16,128}$/;

/** Each operation by the id that the client sends; the algorithm before it says nothing (`sha256:`). */
function readManifest(manifest: string, text: string): Map<string, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${manifest} is not JSON`, { cause });
  }
  const { format, operations } = json as Partial<ApolloManifest>;
  const entries =
    format === 'apollo-persisted-query-manifest' && Array.isArray(operations)
      ? operations.map(({ id, body }) => [id, body] as const)
      : Object.entries(json as Record<string, unknown>);
  const found = new Map<string, string>();
  for (const [name, body] of entries) {
    const id = String(name).replace(/^\w+:/, '');
    if (typeof body !== 'string' || !idForm.test(id))
      throw new UserError(`${manifest} has no operations by their ids: ${name}`);
    found.set(id, body);
  }
  if (found.size === 0) throw new UserError(`there are no operations in ${manifest}`);
  return found;
}

/**
 * Writes a file for each operation of what a client's tool has written, and leaves alone what is there. An id that
 * is there with another text is refused, for a client that sends it would be answered something else.
 */
export async function persist(manifest: string, folder: string): Promise<{ total: number; added: number }> {
  const text = await readFile(manifest, 'utf8').catch((cause) => {
    throw new UserError(`cannot read ${manifest}: ${(cause as Error).message}`, { cause });
  });
  const operations = readManifest(manifest, text);
  await mkdir(folder, { recursive: true });
  let added = 0;
  for (const [id, body] of operations) {
    const file = join(folder, `${id}.graphql`);
    const present = await readFile(file, 'utf8').catch(() => undefined);
    if (present === body) continue;
    if (present !== undefined) throw new UserError(`${file} is another operation than that of ${manifest}`);
    await writeFile(file, body);
    added++;
  }
  return { total: operations.size, added };
}
