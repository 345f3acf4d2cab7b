import { glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readText } from '../migrations/files.ts';
import type { Generator, Scene } from './generator.ts';

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
export async function renew(generator: Generator, scene: Scene, check: boolean): Promise<string[]> {
  const committed = await readCommitted(generator, scene.root);
  const generated = new Map(Object.entries(await generator.generate(scene)));
  const paths = new Set([...committed.keys(), ...generated.keys()]);
  const differing = [...paths].filter((path) => committed.get(path) !== generated.get(path));
  for (const path of check ? [] : differing) await write(scene.root, path, generated.get(path));
  return differing;
}
