import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { startIn } from '../support/ccdb.ts';
import { copyOfProject, shellEnv } from '../support/checkout.ts';
import { createTestDatabase } from '../support/database.ts';

/** `npm run dev` in a copy of the project, on a database of the test's; files are saved as an editor would. */
const db = await createTestDatabase(t, { template: 'empty' });
const root = await copyOfProject(t);
const dev = startIn(
  root,
  process.execPath,
  ['test/dev/main.ts'],
  shellEnv(root, { DATABASE_URL: db.urls.DATABASE_URL, DATA_FOLDER: join(root, '.data') }),
);
t.teardown(async () => {
  dev.child.kill('SIGTERM');
  await dev.ended;
});

let output = '';
dev.child.stdout?.on('data', (text) => {
  output += text;
});
/** What it says from one wait for a file to the next. */
async function answerTo(work: () => Promise<void>, end = /waiting for a file/): Promise<string> {
  const from = output.length;
  await work();
  await new Promise<void>((resolve, reject) => {
    const look = () => end.test(output.slice(from)) && resolve();
    dev.child.stdout?.on('data', look);
    dev.ended.then(({ stderr }) => reject(new Error(`it has ended: ${output}${stderr}`)));
    look();
  });
  return output.slice(from);
}

const living = 'functions/internal/checks/search_words.sql';
const original = await readFile(join(root, living), 'utf8');
const save = (path: string, text: string) => answerTo(() => writeFile(join(root, path), text));
const commentOf = async (name: string) =>
  (await db.installer.query(`select obj_description($1::regproc, 'pg_proc') as text`, [name])).rows[0].text;

t.match(
  await answerTo(async () => {}),
  'types: as they were',
  'it begins with what stands in the migrations',
);

t.test('a syntax error is reported with its place, and nothing is applied', async (t) => {
  const before = await commentOf('internal.search_words');
  const line = original.split('\n').length;
  const said = await save(living, `${original}comment on functoin internal.search_words(text) is 'New.';\n`);
  t.match(said, `${living}:${line}: ERROR 42601: syntax error at or near "functoin"`);
  t.equal(await commentOf('internal.search_words'), before);
});

t.test('an error inside of a function is reported with its whole context', async (t) => {
  const said = await save(
    living,
    `${original}do $$\nbegin\n  perform internal.no_such_function();\nend\n$$;\n`,
  );
  t.match(said, /ERROR 42883: function internal\.no_such_function\(\) does not exist/);
  t.match(said, /PL\/pgSQL function inline_code_block line 3 at PERFORM/);
});

t.test('what is saved is applied, and its tests run on it', async (t) => {
  const broken = original.replace(/ {2}select websearch.*/, () => "  select to_tsquery('simple', p_query)");
  const said = await save(
    living,
    broken.replace('Turns what people type', 'Changed. Turns what people type'),
  );
  t.match(said, `applied: ${living} (changed)`);
  t.match(await commentOf('internal.search_words'), /^Changed\. /);
  t.match(said, 'testing: test/functions/search_words.test.ts');
  t.match(said, 'tests failed', 'they see that it finds nothing any more');
  t.match(await save(living, original), 'tests passed');
});

t.test('a query that is saved becomes a typed function', async (t) => {
  const path = 'sql/reference.sql';
  const text = await readFile(join(root, path), 'utf8');
  const query =
    '-- The answer.\n-- @doc answer The answer.\n/* @name readAnswer :one */\nselect 42 as answer;\n';
  const said = await answerTo(() => writeFile(join(root, path), `${text}\n${query}`), /testing: .*/);
  t.match(said, 'types: src/queries/reference.ts');
  t.match(said, 'testing: test/queries/queries.test.ts');
  t.match(await readFile(join(root, 'src/queries/reference.ts'), 'utf8'), 'export const readAnswer = ');
});
