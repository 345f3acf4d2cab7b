import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import t from 'tap';
import { createDatabase, dropDatabase } from '../../src/embedded/throw-away.ts';
import { withDatabase } from '../../src/operations/login-urls.ts';
import { libpqEnv } from '../support/libpq.ts';
import { attempt, inRequest, openScene, type Side } from './scene.ts';

/**
 * Random statements by Debian's sqlsmith. It writes them for tables that look like the views of api, in a database
 * of its own, so that nearly all of them name what a request can name.
 */
const count = process.env.LONG ? 20_000 : 250;
const run = promisify(execFile);
const isInstalled = await run('sqlsmith', ['--version']).then(
  () => true,
  () => false,
);
const skip = !isInstalled && 'sqlsmith is not installed here';

/** The views and functions of api as tables and functions that do nothing. */
async function lookalikes({ installer }: Side): Promise<string> {
  const { rows } = await installer.query<{ sql: string }>(`
    select format('create table api.%I (%s)', c.relname,
             (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
                from pg_attribute a where a.attrelid = c.oid and a.attnum > 0)) as sql
      from pg_class c
     where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
    union all
    select format('create function api.%I(%s) returns %s language sql as %L', p.proname,
             pg_get_function_identity_arguments(p.oid), p.prorettype::regtype, 'select null::' || p.prorettype::regtype)
      from pg_proc p join pg_type r on r.oid = p.prorettype
     where p.pronamespace = 'api'::regnamespace and not p.proretset
       and r.typnamespace = 'pg_catalog'::regnamespace and r.typtype = 'b'`);
  return ['create schema api', ...rows.map(({ sql }) => sql)].join(';\n');
}

async function statements(side: Side, seed: number): Promise<string[]> {
  const { DATABASE_URL: url = '', TEST_DATABASE_PREFIX: prefix = '' } = process.env;
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await createDatabase(url, name);
  try {
    const client = new pg.Client({ connectionString: withDatabase(url, name) });
    await client.connect();
    await client.query(await lookalikes(side));
    await client.end();
    const { stdout } = await run(
      'sqlsmith',
      ['--dry-run', '--exclude-catalog', `--max-queries=${count}`, `--seed=${seed}`],
      { maxBuffer: 2 ** 30, env: libpqEnv(withDatabase(url, name)) },
    );
    // Views have no samples.
    return stdout
      .replace(/\btablesample \w+ \([\d.]+\)/g, '')
      .split(/;\s*\n/)
      .filter((text) => text.trim() !== '');
  } finally {
    await dropDatabase(url, name);
  }
}

/** Everything of theirs, as one digest. */
async function digest({ installer, theirs }: Side): Promise<string> {
  const { rows } = await installer.query<{ name: string }>(`
    select c.relname as name from pg_class c
     where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
     order by 1`);
  const digests = rows.map(
    ({ name }) =>
      `(select md5(string_agg(r::text, '' order by r::text)) from commerce.${name} r where tenant_id = $1)`,
  );
  const found = await installer.query({
    text: `select concat_ws(' ', ${digests.join(', ')}) as digest`,
    values: [theirs.tenantId],
  });
  return found.rows[0].digest;
}

/** What only their rows hold: their ids, and the words of their customers. */
async function marks({ installer, theirs }: Side): Promise<string[]> {
  const { rows } = await installer.query<{ mark: string }>(
    `select id::text as mark from commerce.orders where tenant_id = $1
     union select id::text from commerce.products where tenant_id = $1
     union select id::text from commerce.customer where tenant_id = $1
     union select id::text from commerce.users where tenant_id = $1
     union select id::text from commerce.conversation_history where tenant_id = $1
     union select $1::text`,
    [theirs.tenantId],
  );
  return rows.map(({ mark }) => mark);
}

type Result = { ran: number; foreign: string[] };

/** Runs the statements as a member of ours; each is undone, so that one cannot spoil the next. */
async function play(side: Side, texts: string[]): Promise<Result> {
  const theirMarks = await marks(side);
  const result: Result = { ran: 0, foreign: [] };
  for (let first = 0; first < texts.length; first += 50) {
    await inRequest(side, 'member', async (client) => {
      for (const text of texts.slice(first, first + 50)) {
        await client.query(`savepoint statement; set local statement_timeout = '2s'`);
        const { rows, code, words } = await attempt(client, text);
        if (code === null) result.ran += 1;
        const answer = `${JSON.stringify(rows)} ${words}`;
        if (theirMarks.some((mark) => answer.includes(mark))) result.foreign.push(text);
        await client.query('rollback to statement');
      }
    });
  }
  return result;
}

t.test('random statements read and change nothing of theirs', { skip }, async (t) => {
  const { product, copy } = await openScene(t);
  const seed = Number(process.env.SEED ?? (process.env.LONG ? randomBytes(3).readUIntBE(0, 3) : 1));
  // One that is not random shows that the eye for foreign rows is open.
  const texts = ['select * from api.orders', ...(await statements(product, seed))];
  t.ok(texts.length > count * 0.8, `sqlsmith wrote ${texts.length} statements with seed ${seed}`);

  const before = await digest(product);
  const { ran, foreign } = await play(product, texts);
  t.comment(`${ran} of ${texts.length} statements ran`);
  t.ok(ran > texts.length / 10, 'enough of them run');
  t.strictSame(foreign, [], `none shows a row of theirs (seed ${seed})`);
  t.equal(await digest(product), before, 'nothing of theirs is changed');

  await copy.installer.query(`
    do $$
    declare v_table regclass;
    begin
      for v_table in
        select c.oid from pg_class c where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
      loop
        execute format('alter table %s disable row level security', v_table);
      end loop;
    end $$`);
  const without = await play(copy, texts);
  t.comment(`${without.foreign.length} statements show rows of theirs without the policies`);
  t.ok(without.foreign.length > 0, 'without the policies some do');
});
