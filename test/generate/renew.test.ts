import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { Generator, Scene } from '../../src/generate/generator.ts';
import { renew } from '../../src/generate/renew.ts';
import { packageDirectory } from '../../src/migrations/living.ts';

const generator: Generator = {
  owns: ['out/**/*.ts'],
  generate: async () => ({ 'out/a.ts': 'a\n', 'out/deep/b.ts': 'new\n' }),
};

t.test('what differs is named, and renewed unless it is only checked', async (t) => {
  const root = t.testdir({
    'other.ts': 'not its own\n',
    out: { 'a.ts': 'a\r\n', 'orphan.ts': 'of a query that is gone\n', deep: { 'b.ts': 'old\n' } },
  });
  const scene = { root } as Scene;
  const differing = ['out/deep/b.ts', 'out/orphan.ts'];
  t.strictSame((await renew(generator, scene, true)).sort(), differing);
  t.equal(await readFile(join(root, 'out/deep/b.ts'), 'utf8'), 'old\n', 'a check writes nothing');

  t.strictSame((await renew(generator, scene, false)).sort(), differing);
  t.equal(await readFile(join(root, 'out/deep/b.ts'), 'utf8'), 'new\n');
  t.strictSame((await readdir(join(root, 'out'))).sort(), ['a.ts', 'deep']);
  t.strictSame(await renew(generator, scene, true), [], 'a second time nothing differs');
});

t.test('reviews are shown which files are generated', async (t) => {
  const attributes = await readFile(join(packageDirectory, '.gitattributes'), 'utf8');
  const marked = [...attributes.matchAll(/^(\S+) linguist-generated$/gm)].map(([, path]) => path as string);
  for (const folder of ['docs', 'src/model', 'src/queries']) {
    for (const name of await readdir(join(packageDirectory, folder))) {
      if (!/\.(?:md|ts)$/.test(name)) continue;
      const text = await readFile(join(packageDirectory, folder, name), 'utf8');
      if (!text.slice(0, 200).includes('do not edit')) continue;
      t.ok(
        marked.some((path) => path === `${folder}/${name}` || path === `${folder}/*.ts`),
        name,
      );
    }
  }
});
