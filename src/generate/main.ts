import { glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readText } from '../migrations/files.ts';
import { packageDirectory } from '../migrations/living.ts';
import { createMigratedDatabase, openThrowAwayServer } from '../throw-away.ts';
import { UserError } from '../user-error.ts';
import { closedSets } from './closed-sets.ts';
import type { Generator, Scene } from './generator.ts';
import { snapshot } from './snapshot.ts';

const generators: Generator[] = [closedSets, snapshot];

async function readCommitted({ owns }: Generator, root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const found of glob(owns, { cwd: root })) {
    files.set(found.replaceAll('\\', '/'), await readText(join(root, found)));
  }
  return files;
}

async function write(root: string, path: string, text: string | undefined): Promise<void> {
  const target = join(root, path);
  if (text === undefined) {
    await rm(target);
  } else {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

/** Renews what a generator owns, or with `check` only compares; returns the paths that differ. */
async function renew(generator: Generator, scene: Scene, check: boolean): Promise<string[]> {
  const committed = await readCommitted(generator, scene.root);
  const generated = new Map(Object.entries(await generator.generate(scene)));
  const paths = new Set([...committed.keys(), ...generated.keys()]);
  const differing = [...paths].filter((path) => committed.get(path) !== generated.get(path));
  for (const path of check ? [] : differing) await write(scene.root, path, generated.get(path));
  return differing;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  // Always the embedded server: what is committed is the spelling of PostgreSQL 18.
  const server = await openThrowAwayServer(undefined);
  try {
    const urls = await createMigratedDatabase(server, `${server.prefix}generate`, process.env);
    const differing: string[] = [];
    for (const generator of generators) {
      differing.push(...(await renew(generator, { urls, root: packageDirectory }, values.check)));
    }
    if (values.check && differing.length > 0) {
      throw new UserError(
        `not as generated: ${differing.join(', ')}; run "npm run generate" and commit what it changes`,
      );
    }
    console.log(
      values.check
        ? 'generated files agree with the schema'
        : `renewed: ${differing.join(', ') || 'nothing'}`,
    );
  } finally {
    await server.close();
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
