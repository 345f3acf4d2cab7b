import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { Generator, Scene } from '../../src/generate/generator.ts';
import { renew } from '../../src/generate/renew.ts';

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
