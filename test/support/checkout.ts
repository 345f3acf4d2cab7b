import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { packageDirectory } from '../../src/migrations/living.ts';

const parts = [
  '.squawk.toml',
  '.taprc',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'UPGRADING.md',
  'bench',
  'biome.json',
  'docs',
  'examples',
  'functions',
  'migrations',
  'package.json',
  'policies',
  'schema.graphql',
  'schema.snapshot.txt',
  'sql',
  'src',
  'test',
  'tsconfig.build.json',
  'tsconfig.json',
];

/** A copy of the project that a test may alter, with the project's own dependencies; it goes with the test. */
export async function copyOfProject(t: Test): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'ccdb-checkout-'));
  t.teardown(() => rm(root, { recursive: true, force: true }));
  for (const part of parts) await cp(join(packageDirectory, part), join(root, part), { recursive: true });
  await symlink(join(packageDirectory, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** The environment of a shell in the copy: neither npm's nor tap's. */
export function shellEnv(root: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
    HOME: process.env.HOME,
    ...env,
  };
}
