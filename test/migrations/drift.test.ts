import type pg from 'pg';
import t from 'tap';
import { ourSchemas, readCatalogue } from '../../src/migrations/catalogue.ts';
import { readMigrations } from '../../src/migrations/files.ts';
import { applyLivingFiles } from '../../src/migrations/generate.ts';
import { migrateUp } from '../../src/migrations/index.ts';
import { embeddedAfter, readLivingFiles } from '../../src/migrations/living.ts';
import { connect, emptyDatabase } from './support.ts';

const mend =
  'write the migration with "npm run ccdb -- new NAME", or an unreleased one again with "npm run ccdb -- new --replace NNNN"';

const living = await readLivingFiles();
const migrations = await readMigrations();

/** Rows of the catalogues that a living file can write, each with a version that every write changes. */
async function versions(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ object: string; version: string }>(
    `with ours as (select oid, nspname from pg_namespace where nspname = any ($1))
     select 'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as object,
            p.xmin || ' ' || p.ctid as version
       from pg_proc as p
       join ours as n on n.oid = p.pronamespace
      where not exists (select from pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
     union all
     select 'view ' || n.nspname || '.' || c.relname, r.xmin || ' ' || r.ctid
       from pg_rewrite as r
       join pg_class as c on c.oid = r.ev_class
       join ours as n on n.oid = c.relnamespace
     union all
     select 'trigger ' || t.tgname || ' on ' || n.nspname || '.' || c.relname, t.xmin || ' ' || t.ctid
       from pg_trigger as t
       join pg_class as c on c.oid = t.tgrelid
       join ours as n on n.oid = c.relnamespace
      where not t.tgisinternal
     union all
     select 'policy ' || p.polname || ' on ' || n.nspname || '.' || c.relname, p.xmin || ' ' || p.ctid
       from pg_policy as p
       join pg_class as c on c.oid = p.polrelid
       join ours as n on n.oid = c.relnamespace
     union all
     select 'rights on ' || n.nspname || '.' || c.relname, c.xmin || ' ' || c.ctid
       from pg_class as c
       join ours as n on n.oid = c.relnamespace
     union all
     select 'rights on ' || n.nspname, s.xmin || ' ' || s.ctid
       from pg_namespace as s
       join ours as n on n.oid = s.oid`,
    [ourSchemas],
  );
  return new Map(rows.map(({ object, version }) => [object, version]));
}

t.test('the migrations carry the text of every living file, and no other', async (t) => {
  const embedded = embeddedAfter(migrations);
  t.ok(living.length > 0, 'there are living files');
  const stale = living.filter(({ path, text }) => embedded.get(path)?.text !== text);
  t.strictSame(
    stale.map(({ path }) => path),
    [],
    `no file is other than the migrations carry it; ${mend}`,
  );
  const paths = new Set(living.map(({ path }) => path));
  const gone = [...embedded.keys()].filter((path) => !paths.has(path));
  t.strictSame(gone, [], `the migrations carry no file that does not exist; ${mend}`);
});

t.test('the living files make nothing that the migrations did not make', async (t) => {
  const connectionString = await emptyDatabase(t);
  await migrateUp({ connectionString });
  const client = await connect(t, connectionString);
  const migrated = await readCatalogue(client);

  // Each file is applied by itself, so that every function, trigger, view and policy finds its maker.
  const makers = new Map<string, string[]>();
  for (const object of (await versions(client)).keys()) {
    if (!object.startsWith('rights on ')) makers.set(object, []);
  }
  const idle: string[] = [];
  const [lend = '', ...steps] = applyLivingFiles(living);
  await client.query('begin');
  await client.query(lend);
  for (const [index, { path }] of living.entries()) {
    const before = await versions(client);
    await client.query(steps[index] ?? '');
    const after = await versions(client);
    const written = [...after].flatMap(([object, version]) =>
      before.get(object) === version ? [] : [object],
    );
    if (written.length === 0) idle.push(path);
    for (const object of written) makers.get(object)?.push(path);
  }
  await client.query(steps.at(-1) ?? '');
  await client.query('commit');

  t.strictSame(idle, [], 'every file leaves something in the catalogue');
  const orphans = [...makers].filter(([, paths]) => paths.length === 0).map(([object]) => object);
  t.strictSame(
    orphans,
    [],
    `every object has a living file; move it to functions/ or policies/, then ${mend}`,
  );
  const shared = [...makers].filter(([, paths]) => paths.length > 1);
  t.strictSame(shared, [], 'no object is made by two files');
  t.equal(
    await readCatalogue(client),
    migrated,
    `the living files leave the schema as the migrations do; ${mend}`,
  );
});
