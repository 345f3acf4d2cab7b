import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { readMigrations } from '../../src/migrations/files.ts';
import { folder } from './support.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const files = await readMigrations();

for (const inTransaction of [true, false]) {
  t.test(
    `squawk finds nothing in the way up, ${inTransaction ? 'within' : 'without'} a transaction`,
    async (t) => {
      const sections: Record<string, string> = {};
      for (const { fileName, up } of files) {
        // Empty lines in place of the rest, so that the places it names are those of the file.
        if (up.inTransaction === inTransaction) sections[fileName] = '\n'.repeat(up.firstLine - 1) + up.sql;
      }
      const names = Object.keys(sections);
      if (names.length === 0) return;
      const mode = inTransaction ? '--assume-in-transaction' : '--no-assume-in-transaction';
      const { stdout, stderr, status } = spawnSync(
        root('node_modules/.bin/squawk'),
        ['--config', root('.squawk.toml'), '--reporter', 'gcc', mode, ...names],
        { cwd: await folder(t, sections), encoding: 'utf8' },
      );
      t.equal(stdout + stderr, '');
      t.equal(status, 0);
    },
  );
}
