import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** More files than these are left to `npm test`. */
const most = 5;

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The files of tests of what a file in functions/, policies/ or sql/ makes: those that have its name, or else the
 * first few that mention it. Queries are all tested by one file.
 */
export async function testsOf(root: string, path: string): Promise<string[]> {
  if (path.startsWith('sql/')) return ['test/queries/queries.test.ts'];
  const name = basename(path, '.sql');
  const files: string[] = [];
  for await (const file of glob('test/**/*.test.ts', { cwd: root })) files.push(file);
  files.sort();
  const named = files.filter((file) => basename(file, '.test.ts') === name);
  if (named.length > 0) return named;
  const pattern = new RegExp(`\\b(?:${name}|${camelCase(name)})\\b`);
  const mentioning: string[] = [];
  for (const file of files) {
    if (pattern.test(await readFile(join(root, file), 'utf8'))) mentioning.push(file);
  }
  return mentioning.slice(0, most);
}
