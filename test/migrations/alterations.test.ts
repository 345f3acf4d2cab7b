import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import t, { type Test } from 'tap';
import { readCatalogue } from '../../src/migrations/catalogue.ts';
import { migrationsDirectory } from '../../src/migrations/files.ts';
import { applyLivingFiles, generateMigration } from '../../src/migrations/generate.ts';
import { migrateDown, migrateUp } from '../../src/migrations/index.ts';
import { packageDirectory, readLivingFiles } from '../../src/migrations/living.ts';
import { connect, emptyDatabase, failure, folder } from './support.ts';

/*
 * A package of two tables: things with a view, a second view and functions upon it, rights, comments, triggers
 * that are generated from its columns, and reference data. Each kind of change is made to a copy of it.
 */
const databaseUrl = process.env.DATABASE_URL;
const header = `language sql stable set search_path = pg_catalog, pg_temp`;

const tables = `set local role commerce_owner;
create table commerce.maker (id integer constraint maker_pkey primary key, name text not null);
create table commerce.thing (
  id integer constraint thing_pkey primary key,
  maker_id integer not null constraint thing_maker_id_fkey references commerce.maker (id),
  name text not null default 'nameless',
  size integer,
  note text,
  constraint thing_note_not_blank check (note <> '')
);
create index thing_maker_id_idx on commerce.thing (maker_id);
comment on table commerce.thing is 'Things.';
comment on column commerce.thing.size is 'In metres.';
-- internal.detach_table of the package empties it.
create table internal.closed_set (
  table_name text, column_name text, allowed text[], constraint closed_set_pkey primary key (table_name, column_name)
);
create table internal.mark (name text constraint mark_pkey primary key, meaning text not null, made_at date default '2026-01-01');
insert into internal.mark (name, meaning) values ('a', 'first'), ('b', 'it''s second');`;

const files: Record<string, string> = {
  'functions/internal/attach_log.sql': `-- Requires: functions/internal/detach_table.sql
create or replace function internal.tg__log() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$ begin return new; end $$;

create or replace function internal.attach_log(p_table regclass) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create or replace trigger log after update of %s on %s for each row execute function internal.tg__log()',
    internal.columns_of(p_table), p_table);
end
$$;
`,
  'functions/internal/columns_of.sql': `create or replace function internal.columns_of(p_table regclass) returns text ${header}
as $$
  select string_agg(quote_ident(a.attname), ', ' order by a.attname) from pg_attribute as a
   where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped and a.attname not in ('id', 'maker_id')
$$;
`,
  'functions/internal/label.sql': `create or replace function internal.label(p_name text) returns text ${header}
as $$ select 'thing ' || p_name $$;
grant execute on function internal.label(text) to commerce_member, commerce_worker;
comment on function internal.label(text) is 'How a thing is called.';
`,
  'functions/api/views/thing.sql': `create or replace view api.thing with (security_invoker = true) as
select t.id,
       t.maker_id,
       internal.label(t.name) as label,
       t.name,
       t.size,
       t.note
  from commerce.thing as t;
comment on view api.thing is 'Things.';
comment on column api.thing.size is 'In metres.';
`,
  'functions/api/views/aged.sql': `-- Requires: functions/api/views/thing.sql
create or replace view api.aged with (security_invoker = true) as
select t.id, t.label from api.thing as t;
`,
  'functions/api/first_thing.sql': `create or replace function api.first_thing() returns setof api.thing ${header}
as $$ select * from api.thing order by id limit 1 $$;
grant execute on function api.first_thing() to commerce_member;
comment on function api.first_thing() is 'The first.';
`,
  'policies/thing.sql': `select internal.attach_log('commerce.thing');
alter table commerce.thing enable row level security;
drop policy if exists select_member on commerce.thing;
create policy select_member on commerce.thing for select to commerce_member using (size > 0 or internal.label(name) <> '');
grant select (id, maker_id, name, size, note) on commerce.thing to commerce_member, commerce_worker;
grant select on api.thing, api.aged to commerce_member;
grant select (id, label) on api.thing to commerce_worker;
`,
};

/** A copy of the package in which one migration has made everything. */
async function start(t: Test): Promise<string> {
  const root = await folder(t, {
    ...files,
    'migrations/0002_create_tables.sql': `-- Up Migration\nset local lock_timeout = '2s';\n${tables}\n\n-- Down Migration\nset local lock_timeout = '2s';\ndrop table commerce.thing, commerce.maker, internal.mark;\n`,
  });
  for (const name of ['detach_table', 'gate_columns']) {
    const path = `functions/internal/${name}.sql`;
    await cp(join(packageDirectory, `functions/internal/attach/${name}.sql`), join(root, path));
  }
  const roles = '0001_create_roles_and_schemas.sql';
  await cp(join(migrationsDirectory, roles), join(root, 'migrations', roles));
  await generateMigration('create_things', [], { root, databaseUrl });
  return root;
}

/** The catalogue with columns in the order of their names: a column that comes back is the last of its table. */
function sorted(catalogue: string): string {
  return catalogue
    .split('\n\n')
    .map((object) => {
      const lines = object
        .split('\n')
        .map((line) =>
          line.replace(/\(([a-z_]+(?:, [a-z_]+)*)\)$/, (_, list: string) =>
            list.split(', ').sort().join(', '),
          ),
        );
      return [lines[0], ...lines.slice(1).sort()].join('\n');
    })
    .join('\n\n');
}

type Change = {
  sql?: string;
  /** New texts of living files, from their present ones; null removes one. */
  edits?: Record<string, ((text: string) => string) | null>;
  /** What the catalogue says afterwards. */
  gains: RegExp[];
};

const replace = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return text.replaceAll(from, to);
};
const thingView = 'functions/api/views/thing.sql';

const changes: Record<string, Change> = {
  'a column added, in the middle of a view': {
    sql: "alter table commerce.thing add column brand text not null default 'x' constraint thing_brand_check check (brand <> '');\ncomment on column commerce.thing.brand is 'Who made it.'",
    edits: {
      [thingView]: replace('       t.name,', '       t.name,\n       t.brand,'),
      'policies/thing.sql': replace('name, size', 'name, brand, size'),
    },
    gains: [
      /column brand text not null/,
      /UPDATE OF brand, name, note, size/,
      /grant to commerce_worker: select \(id, maker_id, name, size, note, brand\)/,
    ],
  },
  'a column added, of which only the triggers know': {
    sql: 'alter table commerce.thing add column brand text',
    gains: [/UPDATE OF brand, name, note, size/],
  },
  'a column dropped': {
    sql: 'alter table commerce.thing drop column note',
    edits: {
      [thingView]: replace(',\n       t.note', ''),
      'policies/thing.sql': replace(', note', ''),
    },
    gains: [/UPDATE OF name, size ON/],
  },
  'a column renamed': {
    sql: 'alter table commerce.thing rename column size to length; alter table commerce.thing rename constraint thing_note_not_blank to thing_note_filled',
    edits: {
      [thingView]: (text) =>
        replace('api.thing.size', 'api.thing.length')(replace('t.size', 't.length')(text)),
      'policies/thing.sql': replace('size', 'length'),
    },
    gains: [
      /UPDATE OF length, name, note/,
      /column length integer\n {2,}comment In metres/,
      /constraint thing_note_filled/,
    ],
  },
  'a column retyped': {
    sql: 'alter table commerce.thing alter column size type numeric(8,2), alter column size set default 1.5, alter column size set not null, alter column name drop default',
    gains: [/column size numeric\(8,2\) not null default 1\.5/],
  },
  'a function with another signature': {
    edits: {
      'functions/internal/label.sql': (text) =>
        replace(
          'internal.label(text)',
          'internal.label(text, text)',
        )(replace('(p_name text)', "(p_name text, p_prefix text default 'thing')")(text)),
    },
    gains: [
      /function internal\.label\(p_name text, p_prefix text\)\n(?:.*\n)*?.*grant to commerce_member: execute/,
      /grant to commerce_member: select/,
    ],
  },
  'a view added': {
    edits: {
      'functions/api/views/maker.sql': () =>
        'create or replace view api.maker as select m.id from commerce.maker as m;\ngrant select on api.maker to commerce_member;\n',
    },
    gains: [/view api\.maker/],
  },
  'a view and what stands on it dropped': {
    edits: {
      [thingView]: null,
      'functions/api/views/aged.sql': null,
      'functions/api/first_thing.sql': null,
      'policies/thing.sql': (text) => text.replace(/grant select .*api\.[^;]*;\n/g, ''),
    },
    gains: [],
  },
  'a view with its columns in another order': {
    edits: { [thingView]: replace('       t.name,\n       t.size,', '       t.size,\n       t.name,') },
    gains: [
      /view api\.aged\n(?:.*\n)*?.*grant to commerce_member: select/,
      /function api\.first_thing\(\)\n(?:.*\n)*?.*grant to commerce_member: execute/,
    ],
  },
  'a policy changed': {
    edits: { 'policies/thing.sql': replace('size > 0', 'size > 1') },
    gains: [/policy select_member .*size > 1/],
  },
  'column grants changed': {
    edits: {
      'policies/thing.sql': replace('(id, maker_id, name, size, note)', '(id, maker_id, name, size)'),
    },
    gains: [/grant to commerce_worker: select \(id, maker_id, name, size\)/],
  },
  'a table added': {
    sql: 'create table commerce.part (id integer constraint part_pkey primary key, thing_id integer constraint part_thing_id_fkey references commerce.thing (id)); create index part_thing_id_idx on commerce.part (thing_id)',
    edits: { 'policies/part.sql': () => "select internal.attach_log('commerce.part');\n" },
    gains: [/UPDATE OF thing_id ON commerce\.part/],
  },
  'a table dropped': {
    sql: 'drop table commerce.thing',
    edits: Object.fromEntries(
      Object.keys(files)
        .filter((path) => !path.includes('internal'))
        .map((path) => [path, null]),
    ),
    gains: [],
  },
  'an attach function changed': {
    edits: { 'functions/internal/columns_of.sql': replace("'maker_id')", "'maker_id', 'note')") },
    gains: [/UPDATE OF name, size ON/],
  },
  'constraints, indexes and comments changed': {
    sql: `alter table commerce.thing drop constraint thing_note_not_blank;
      alter table commerce.thing add constraint thing_size_check check (size > 0) not valid;
      drop index commerce.thing_maker_id_idx;
      create index thing_name_idx on commerce.thing (name) where size > 3;
      alter table commerce.maker rename to producer;
      comment on table commerce.thing is null`,
    gains: [/thing_size_check CHECK .* NOT VALID/, /thing_name_idx/, /table commerce\.producer/],
  },
  'reference data changed': {
    sql: "insert into internal.mark (name, meaning) values ('c', 'third'); update internal.mark set meaning = 'other' where name = 'a'; delete from internal.mark where name = 'b'",
    gains: [/table internal\.mark/],
  },
};

async function edit(root: string, edits: Change['edits'] = {}): Promise<void> {
  for (const [path, change] of Object.entries(edits)) {
    const target = join(root, path);
    if (change === null) await rm(target);
    else await writeFile(target, change(await readFile(target, 'utf8').catch(() => '')));
  }
}

for (const [name, { sql, edits, gains }] of Object.entries(changes)) {
  t.test(`${name}: up, down and up again`, async (t) => {
    const root = await start(t);
    const directory = join(root, 'migrations');
    const connectionString = await emptyDatabase(t);
    await migrateUp({ connectionString, directory });
    const client = await connect(t, connectionString);
    const marks = async () =>
      (await client.query('select to_jsonb(m) as mark from internal.mark as m order by name')).rows;
    const before = { catalogue: await readCatalogue(client), marks: await marks() };

    await edit(root, edits);
    const { path } = await generateMigration('alter_things', [], { root, sql, databaseUrl });
    await migrateUp({ connectionString, directory });
    const after = await readCatalogue(client);
    t.notSame({ catalogue: after, marks: await marks() }, before, 'something changes');
    for (const pattern of gains) t.match(after, pattern);

    // Whatever was made again, or not, is as the living files say.
    const living = applyLivingFiles(await readLivingFiles(root));
    await client.query(`begin;\n${living.join('\n')}\ncommit`);
    t.equal(await readCatalogue(client), after, 'the living files have nothing to add');

    t.strictSame(await migrateDown({ connectionString, directory }), [basename(path, '.sql')]);
    t.equal(sorted(await readCatalogue(client)), sorted(before.catalogue), 'Down leads back');
    t.strictSame(await marks(), before.marks, 'with the reference data of before');
    await migrateUp({ connectionString, directory });
    t.equal(sorted(await readCatalogue(client)), sorted(after));
  });
}

t.test('a change whose Down cannot be derived is refused, and taken with one by hand', async (t) => {
  const root = await start(t);
  const sql = "create type commerce.colour as enum ('red')";
  t.match(
    await failure(generateMigration('add_colour', [], { root, sql, databaseUrl })),
    /no Down could be derived[\s\S]*left: type commerce\.colour[\s\S]*"-- by hand"/,
  );
});

t.test('a statement by hand that fails is reported with all that PostgreSQL says', async (t) => {
  const root = await start(t);
  const sql = `do $$ begin execute 'alter table commerce.thing add column size text'; end $$`;
  const message = await failure(generateMigration('add_size', [], { root, sql, databaseUrl }));
  t.match(message, 'the Up does not run: column "size" of relation "thing" already exists');
  t.match(message, 'SQL statement "alter table commerce.thing add column size text"\n');
  t.match(message, 'PL/pgSQL function inline_code_block line 1 at EXECUTE');
});
