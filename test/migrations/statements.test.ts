import t from 'tap';
import { splitStatements } from '../../src/migrations/statements.ts';

const split = (sql: string) => splitStatements(sql).map(({ text, line }) => [line, text]);

t.test('semicolons end statements, and lines are counted past comments', async (t) => {
  t.strictSame(split('select 1;\n-- why; so\n\n/* a; /* b; */ c; */ select 2;\nselect 3'), [
    [1, 'select 1;'],
    [4, 'select 2;'],
    [5, 'select 3'],
  ]);
  t.strictSame(split('-- only a comment\n'), []);
});

for (const [name, statement] of Object.entries({
  strings: "select 'a;b', 'it''s;', E'\\';', e'a\\\\', U&'\\0041;'",
  'quoted identifiers': 'select 1 as "a;""b;"',
  'dollar quotes': 'do $$ begin; $a$ ; $a$; end $$',
  'tagged dollar quotes': 'do $body$ x; $$ ; $$ $other$ ; $body$',
  'a name with a dollar': 'select a$b$ , 1 as c$d$',
  'umlauts in names': 'select 1 as größe, $ä$;$ä$',
  'a rule': 'create rule r as on insert to t do (select 1; select 2)',
  'a SQL body':
    'create function f() returns int begin atomic select case when true then 1 end; select 2; end',
  'a string after a word': "select type';'",
})) {
  t.test(`one statement with ${name}`, async (t) => {
    t.strictSame(split(`${statement};\nselect 'next';`), [
      [1, `${statement};`],
      [2, "select 'next';"],
    ]);
  });
}
