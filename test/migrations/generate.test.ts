import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import t from 'tap';
import { readMigrations } from '../../src/migrations/files.ts';
import { generateMigration, regenerateMigration, type Written } from '../../src/migrations/generate.ts';
import { embeddedAfter, inOrder, parseLivingFile, readLivingFiles } from '../../src/migrations/living.ts';
import { failure, folder, migration } from './support.ts';

const living = (name: string, body = name) => `create function ${name} as '${body}';\n`;

/** The text of the migration that was written. */
const textOf = async (written: Promise<Written>) => readFile((await written).path, 'utf8');

const a = 'functions/internal/a.sql';
const b = 'functions/api/b.sql';
const table = 'policies/t.sql';

/** The statements of a section, without what lends the roles. */
function statements(text: string, direction: 'up' | 'down'): string[] {
  const section = text.split('\n-- Down Migration\n')[direction === 'up' ? 0 : 1] ?? '';
  return section.split('\n').filter((line) => /^(?:create function|drop|-- removed)/.test(line));
}

const package_ = {
  'migrations/0001_start.sql': migration('select 1;'),
  [a]: living('a()'),
  [b]: living('b()'),
  [table]: living('t()'),
};

t.test('new files go up in their order and down in reverse', async (t) => {
  const root = await folder(t, package_);
  const { path } = await generateMigration('create_functions', [], { root });
  t.equal(basename(path), '0002_create_functions.sql');
  const text = await readFile(path, 'utf8');
  t.strictSame(statements(text, 'up'), [
    "create function a() as 'a()';",
    "create function b() as 'b()';",
    "create function t() as 't()';",
  ]);
  t.strictSame(statements(text, 'down'), ['drop function t();', 'drop function b();', 'drop function a();']);
  t.match(
    await failure(generateMigration('again', ['policies'], { root })),
    'nothing differs from the migrations in policies',
  );
});

t.test('a changed file goes back to its former text', async (t) => {
  const root = await folder(t, package_);
  await generateMigration('create_functions', [], { root });
  await writeFile(join(root, a), living('a()', 'better'));
  const text = await textOf(generateMigration('change_a', [], { root }));
  t.strictSame(statements(text, 'up'), ["create function a() as 'better';"]);
  t.strictSame(statements(text, 'down'), ["create function a() as 'a()';"]);
  t.match(text, `-- from ${a}\n${living('a()', 'better')}-- end ${a}\n`);
});

t.test('a changed signature removes the former function first, both ways', async (t) => {
  const root = await folder(t, package_);
  await generateMigration('create_functions', [], { root });
  await writeFile(join(root, a), living('a(int)'));
  const text = await textOf(generateMigration('change_a', [], { root }));
  t.strictSame(statements(text, 'up'), ['drop function a();', "create function a(int) as 'a(int)';"]);
  t.strictSame(statements(text, 'down'), ['drop function a(int);', "create function a() as 'a()';"]);
});

t.test('a removed file is undone, and comes back on the way down', async (t) => {
  const root = await folder(t, package_);
  await generateMigration('create_functions', [], { root });
  await rm(join(root, a));
  const text = await textOf(generateMigration('remove_a', [], { root }));
  t.strictSame(statements(text, 'up'), [`-- removed ${a}`, 'drop function a();']);
  t.strictSame(statements(text, 'down'), ["create function a() as 'a()';"]);
  const embedded = embeddedAfter(await readMigrations(join(root, 'migrations')));
  t.strictSame([...embedded.keys()].sort(), [b, table].sort());
});

t.test('only what is asked for is written', async (t) => {
  const root = await folder(t, package_);
  const functions = await textOf(generateMigration('create_functions', ['functions'], { root }));
  t.strictSame(statements(functions, 'up').length, 2);
  const policies = await textOf(generateMigration('create_policies', [table], { root }));
  t.strictSame(statements(policies, 'up'), ["create function t() as 't()';"]);
});

t.test('with nothing changed, or when asked, there is an empty migration', async (t) => {
  const root = await folder(t, { 'migrations/0001_start.sql': migration('select 1;') });
  await generateMigration('add_note', [], { root });
  await writeFile(join(root, 'functions.txt'), '');
  const files = await readMigrations(join(root, 'migrations'));
  t.match(files[1], {
    name: '0002_add_note',
    up: { statements: [{}, {}, { text: 'set local role commerce_owner;' }] },
  });

  const other = await folder(t, {
    'x/migrations/0001_start.sql': migration('select 1;'),
    [`x/${a}`]: living('a()'),
  });
  const text = await textOf(generateMigration('add_note', [], { root: join(other, 'x'), empty: true }));
  t.notMatch(text, 'create function');
  t.match(
    await failure(generateMigration('Add Note', [], { root })),
    '"Add Note" is no name for a migration',
  );
});

t.test('an unreleased migration is written again with the present text', async (t) => {
  const root = await folder(t, {
    ...package_,
    'migrations/0001_start.sql': migration(`-- from ${a}\n${living('a()')}-- end ${a}\nselect 'kept';`),
  });
  const { path } = await generateMigration('create_policies', ['policies'], { root });
  await writeFile(join(root, table), living('t(int)', 'new $& text'));
  await writeFile(join(root, 'policies/u.sql'), living('u()'));
  t.equal((await regenerateMigration('0002', { root })).path, path);
  const text = await readFile(path, 'utf8');
  t.strictSame(statements(text, 'up'), [
    "create function t(int) as 'new $& text';",
    "create function u() as 'u()';",
  ]);
  t.strictSame(statements(text, 'down'), ['drop function u();', 'drop function t(int);']);

  await writeFile(join(root, a), living('a()', 'new $& text'));
  const handWritten = await textOf(regenerateMigration('0001', { root }));
  t.equal(handWritten, migration(`-- from ${a}\n${living('a()', 'new $& text')}-- end ${a}\nselect 'kept';`));

  await writeFile(join(root, table), living('t(int)', 'later'));
  await generateMigration('change_t', [], { root });
  await regenerateMigration('0002', { root });
  t.equal(await readFile(path, 'utf8'), text, 'a file that a later migration carries stays as it is');
  t.match(await failure(regenerateMigration('0009', { root })), 'no migration has the number 0009');
});

t.test('files come by rank, then by name, but after what they require', async (t) => {
  const file = (path: string, requires = '') =>
    parseLivingFile(path, `${requires && `-- Requires: ${requires}\n`}create function x() as '';\n`);
  const order = inOrder([
    file('policies/a.sql'),
    file('functions/api/a.sql'),
    file('functions/api/views/z.sql'),
    file('functions/internal/a_room/b.sql'),
    file('functions/internal/a.sql', 'functions/internal/c.sql'),
    file('functions/internal/c.sql'),
  ]);
  t.strictSame(
    order.map(({ path }) => path),
    [
      'functions/internal/c.sql',
      'functions/internal/a.sql',
      'functions/internal/a_room/b.sql',
      'functions/api/views/z.sql',
      'functions/api/a.sql',
      'policies/a.sql',
    ],
  );
  t.throws(() => inOrder([file(a, 'functions/internal/c.sql'), file('functions/internal/c.sql', a)]), {
    message: `${a}: requires itself, by way of ${a}, functions/internal/c.sql`,
  });
});

t.test('living files that cannot be carried are refused', async (t) => {
  const refusals: [string, string, string][] = [
    [a, 'select 1;\n', `${a}: no statement makes anything that a Down could remove`],
    [a, living('a()').trimEnd(), `${a}: the last line has no line end`],
    [
      a,
      `-- Requires: functions/internal/z.sql\n${living('a()')}`,
      `${a}: requires functions/internal/z.sql, which does not exist`,
    ],
    ['functions/other/a.sql', living('a()'), 'functions/other/a.sql: living files are in functions/internal'],
  ];
  for (const [path, text, message] of refusals) {
    const root = await folder(t, { [path]: text });
    t.match(await failure(readLivingFiles(root)), message);
    await rm(join(root, path));
  }
  const crossed = await folder(t, {
    '0001_x.sql': migration(`select 1;\n-- from ${a}\n${living('a()')}-- end ${b}`),
  });
  const migrations = await readMigrations(crossed);
  t.throws(() => embeddedAfter(migrations), {
    message: `0001_x.sql:4: "-- from ${a}" is closed by "-- end ${b}"`,
  });
});
