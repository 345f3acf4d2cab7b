import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { startIn } from '../support/ccdb.ts';
import { shellEnv } from '../support/checkout.ts';

/** The recipes of docs/working-on-it.md: what each is for, and the commands of a shell that it consists of. */
export async function readRecipes(root: string): Promise<Map<string, string>> {
  const text = await readFile(join(root, 'docs/working-on-it.md'), 'utf8');
  const found = text.matchAll(/^## (.+)\n[\s\S]*?^```sh\n([\s\S]*?)^```$/gm);
  return new Map([...found].map(([, name = '', script = '']) => [name, script]));
}

/** Runs the commands in a copy of the project, as a contributor would. */
export async function shell(t: Test, root: string, script: string): Promise<void> {
  const { code, stdout, stderr } = await startIn(root, 'sh', ['-ec', script], shellEnv(root)).ended;
  t.equal(code, 0, code === 0 ? script : `${stdout}${stderr}`);
}
