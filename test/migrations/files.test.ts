import { join } from 'node:path';
import t from 'tap';
import { readMigrations } from '../../src/migrations/files.ts';
import { failure, folder, migration } from './support.ts';

const timeout = "set local lock_timeout = '2s';";

t.test('a file is read into its two sections', async (t) => {
  const root = await folder(t, {
    '0001_a.sql': `-- Why.\n-- Up Migration\n${timeout}\nselect 1;\n\n-- Down Migration\n-- no transaction\nselect 2;\nselect 3;\n`,
    '0003_b.sql': migration('select 1;').replaceAll('\n', '\r\n'),
    'notes.md': 'not a migration',
  });
  const [a, b] = await readMigrations(root);
  t.match(a, {
    name: '0001_a',
    number: 1,
    up: { firstLine: 3, inTransaction: true, statements: [{ line: 1 }, { line: 2, text: 'select 1;' }] },
    down: { firstLine: 7, inTransaction: false, statements: [{ line: 2 }, { line: 3, text: 'select 3;' }] },
  });
  t.match(b, { name: '0003_b', text: migration('select 1;') }, 'line ends are those of the repository');
});

for (const [name, [text, message]] of Object.entries({
  'without an Up marker': ['select 1;\n-- Down Migration\n', '1: the line "-- Up Migration" is missing'],
  'without a Down marker': [`-- Up Migration\n${timeout}\n`, '1: the line "-- Down Migration" is missing'],
  'with a misspelt marker': [
    `-- Up Migration\n${timeout}\n-- down migration\n`,
    '3: write this line exactly as "-- Down Migration"',
  ],
  'with a marker and a blank after it': [
    `-- Up Migration \n${timeout}\n-- Down Migration\n`,
    '1: write this line exactly as "-- Up Migration"',
  ],
  'with a second marker': [
    `-- Up Migration\n${timeout}\n-- Down Migration\n-- Down Migration\n`,
    '4: a second line "-- Down Migration"',
  ],
  'with Down before Up': [
    `-- Down Migration\n-- Up Migration\n${timeout}\n`,
    '1: the Down section comes after the Up section',
  ],
  'with a statement before Up': [
    `-- Why.\nselect 1;\n-- Up Migration\n${timeout}\n-- Down Migration\n`,
    '2: a statement before "-- Up Migration" would never run',
  ],
  'without a lock_timeout': [
    '-- Up Migration\n-- a comment\n\nselect 1;\n-- Down Migration\n',
    '4: a section begins with "set local lock_timeout',
  ],
  'without a lock_timeout in Down': [
    `-- Up Migration\n${timeout}\n-- Down Migration\nselect 1;\n`,
    '4: a section begins with "set local lock_timeout',
  ],
  'that ends its transaction': [
    `-- Up Migration\n${timeout}\nselect 1;\nCOMMIT;\n-- Down Migration\n`,
    '4: a section runs in one transaction and may not begin or end one',
  ],
  'with -- no transaction too late': [
    `-- Up Migration\n${timeout}\n-- no transaction\n-- Down Migration\n`,
    '3: "-- no transaction" must be the first line of its section',
  ],
  'with nothing to do': ['-- Up Migration\n\n-- Down Migration\n', '1: the Up section has no statement'],
})) {
  t.test(`a file ${name} is refused with its line`, async (t) => {
    const root = await folder(t, { '0001_a.sql': text as string });
    t.match(await failure(readMigrations(root)), `0001_a.sql:${message}`);
  });
}

t.test('a savepoint is no end of the transaction', async (t) => {
  const root = await folder(t, { '0001_a.sql': migration('savepoint a;\nrollback to a;') });
  t.equal((await readMigrations(root)).length, 1);
});

t.test('file names have a number of their own', async (t) => {
  const names = await folder(t, { '0001_a.sql': migration('select 1;'), '2_b.sql': '' });
  t.match(await failure(readMigrations(names)), '2_b.sql: a migration is named NNNN_verb_object.sql');
  const numbers = await folder(t, {
    'x/0001_a.sql': migration('select 1;'),
    'x/0001_b.sql': migration('select 1;'),
  });
  t.match(
    await failure(readMigrations(join(numbers, 'x'))),
    '0001_b.sql: has the number of 0001_a.sql; each migration needs its own',
  );
});
