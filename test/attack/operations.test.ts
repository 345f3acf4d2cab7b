import t from 'tap';
import type { PreparedQuery } from '../../src/index.ts';
import * as queries from '../../src/queries/index.ts';
import { makeCases, type QueryName } from '../queries/cases.ts';
import { type Door, openStage, type Stage, type Tx } from '../queries/stage.ts';

/** Every operation of the typed API, by whomever may call it, with ids of the other merchant and with names of ours. */
type Side = { stage: Stage; cases: ReturnType<typeof makeCases> };

async function openSide(): Promise<Side> {
  const stage = await openStage(t);
  return { stage, cases: makeCases(stage) };
}
const product = await openSide();

const all = new Map(Object.entries(queries)) as ReadonlyMap<string, PreparedQuery<unknown, object, unknown>>;
const operations = [...all.keys()] as QueryName[];
type Call = { name: QueryName; door: Door };
const calls = operations.flatMap((name) => {
  const [doors] = product.cases[name];
  return [doors].flat().map((door): Call => ({ name, door: door as Door }));
});

type Answer = { rows: number; words: string };

/** Runs the operation with its parameters, changed or not; nothing of it stays. */
async function call(
  { stage, cases }: Side,
  { name, door }: Call,
  change: (params: object, tx: Tx) => Promise<object> | object,
): Promise<Answer> {
  const answer: Answer = { rows: 0, words: '' };
  const refused = (error: unknown) => {
    const { code, message, detail, details } = error as Record<string, unknown>;
    answer.words = JSON.stringify([code, message, detail, details]);
  };
  await stage
    .enter(door, async (tx) => {
      const [, params] = cases[name];
      for (const each of [await params(tx)].flat()) {
        const changed = await change(each, tx);
        try {
          const given = await tx.run(all.get(name) as PreparedQuery<object, object, unknown>, changed);
          answer.rows += [given].flat().filter((row) => row !== null).length;
        } catch (error) {
          refused(error);
          throw error;
        }
      }
    })
    .catch(refused);
  return answer;
}

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);

/** Every id in the parameters, however deep. */
function idsOf(params: unknown): string[] {
  if (isUuid(params)) return [params];
  if (params === null || typeof params !== 'object' || params instanceof Date || Buffer.isBuffer(params))
    return [];
  return Object.values(params).flatMap(idsOf);
}

/** The same parameters with one id replaced. */
function replaced<T>(params: T, id: string, by: string): T {
  if (params === id) return by as T;
  if (params === null || typeof params !== 'object' || params instanceof Date || Buffer.isBuffer(params)) {
    return params;
  }
  if (Array.isArray(params)) return params.map((each) => replaced(each, id, by)) as T;
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, replaced(value, id, by)]),
  ) as T;
}

const unknown = '6f1c2f0e-0000-7000-8000-000000000000';

/** The tables that ids are of, and one id of theirs for every table. */
async function readIds({ scene, tenantId }: Stage) {
  const { rows: tables } = await scene.installer.query<{ name: string }>(`
    select c.relname as name from pg_class c
     where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
       and (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('id', 'tenant_id')) = 2`);
  const tableOf = new Map<string, string>();
  const theirs = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await scene.installer.query<{ id: string; tenant_id: string }>(
      `select id, tenant_id from commerce.${name} where tenant_id is not null order by id`,
    );
    for (const { id, tenant_id } of rows) {
      tableOf.set(id, name);
      if (tenant_id !== tenantId) theirs.set(name, id);
    }
  }
  return { tableOf, theirs };
}

/** Where a case makes the row itself, these kinds of ids are tried. */
const likely = ['orders', 'payment', 'refund', 'conversation_thread', 'order_returns'];

/** Machines find the tenant by what they are given: that is their task. */
const ofRequests = calls.filter(({ door }) => door !== 'worker');

t.test('an id of theirs is answered as one that nobody has', async (t) => {
  const { tableOf, theirs } = await readIds(product.stage);
  const told: string[] = [];
  let asked = 0;
  let alive = 0;
  for (const each of ofRequests) {
    let own: string[] = [];
    const { rows, words } = await call(product, each, (params) => {
      own = [...new Set([...own, ...idsOf(params)])];
      return params;
    });
    for (const [place, id] of own.entries()) {
      const ask = async (by: string) => {
        const answer = await call(product, each, (params) => {
          const instead = [...new Set(idsOf(params))][place];
          return instead === undefined ? params : replaced(params, instead, by);
        });
        return `${answer.rows} ${answer.words.replaceAll(by, 'ID')}`;
      };
      const expected = await ask(unknown);
      // The same question about a row of ours gets another answer: so would one about theirs, were it seen.
      if (`${rows} ${words}` !== expected) alive += 1;
      const table = tableOf.get(id);
      const tables = process.env.LONG ? [...theirs.keys()] : table === undefined ? likely : [table];
      for (const kind of tables) {
        asked += 1;
        const answer = await ask(theirs.get(kind) ?? unknown);
        if (answer !== expected)
          told.push(`${each.door}: ${each.name}, id ${place + 1} of ${kind}: ${answer}`);
      }
    }
  }
  t.comment(`${asked} questions about ids of theirs; ${alive} of the places tell a row of ours from none`);
  t.strictSame(told, []);
  t.ok(alive >= 50, `${alive} places are shown able to tell`);
});

t.test('nothing temporary takes the place of a name of ours', async (t) => {
  // TEMP is a defence of its own: here the caller has it, on either side.
  const grantTemporary = `do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$`;
  const { rows: found } = await product.stage.scene.installer.query<{ shadow: string }>(`
    select format('create domain pg_temp.%I as pg_catalog.%1$I check (pg_temp.notice())', t.typname) as shadow
      from pg_type t
     where t.typnamespace = 'pg_catalog'::regnamespace and t.typtype = 'b' and t.typcategory <> 'A'
       and t.typname in ('uuid', 'text', 'jsonb', 'json', 'bool', 'int2', 'int4', 'int8', 'numeric', 'timestamptz', 'date',
                         'bytea', 'name', 'tsquery', 'tsvector', 'interval', 'oid', 'regclass', 'regprocedure', 'inet')
    union all
    select distinct format('create table pg_temp.%I (id pg_catalog.int4)', c.relname)
      from pg_class c
     where c.relnamespace::regnamespace::text in ('commerce', 'internal', 'audit') and c.relkind in ('r', 'p')
       and not c.relispartition
    union all
    select distinct format('create function pg_temp.%I() returns pg_catalog.text language sql as ''select pg_temp.notice()::pg_catalog.text''', p.proname)
      from pg_proc p
     where p.pronamespace = 'internal'::regnamespace and p.pronargs = 0 and p.prorettype <> 'trigger'::regtype`);
  const poison = `
    do $poison$
    begin
      create function pg_temp.notice() returns pg_catalog.bool language plpgsql as $$
        begin
          if current_user !~ '^commerce_(member|buyer|anonymous|worker|platform|api)$' then
            raise exception 'ran as %', current_user;
          end if;
          return true;
        end $$;
      ${found.map(({ shadow }) => `${shadow};`).join('\n')}
      set local search_path = pg_temp, pg_catalog, public;
    end $poison$`;
  t.ok(found.length > 80, `${found.length} names are shadowed`);

  const disturbed = async (side: Side, calls: Call[]): Promise<string[]> => {
    await side.stage.scene.installer.query(grantTemporary);
    const found: string[] = [];
    for (const each of calls) {
      let hasRun = false;
      const { words } = await call(side, each, async (params, tx) => {
        if (!hasRun) await tx.sql(poison);
        hasRun = true;
        return params;
      });
      if (!hasRun || words !== '') found.push(`${each.door}: ${each.name}: ${words}`);
    }
    return found;
  };
  t.strictSame(await disturbed(product, calls), []);

  const copy = await openSide();
  await copy.stage.scene.installer.query(`
    do $$
    declare v_function regprocedure;
    begin
      for v_function in
        select p.oid from pg_proc p
         where p.pronamespace::regnamespace::text in ('api', 'audit', 'commerce', 'internal')
           and p.proconfig::text like '%search_path%'
      loop
        execute format('alter function %s set search_path = ''''', v_function);
      end loop;
    end $$`);
  // What a plan of one transaction remembers of the types of another makes some calls fail here.
  const some = process.env.LONG ? calls : calls.filter((_, index) => index % 4 === 0);
  const taken = (await disturbed(copy, some)).filter((each) => each.includes('ran as commerce_'));
  t.comment(
    `of ${some.length} operations ${taken.length} ran the attacker's function with another role's rights`,
  );
  t.ok(taken.length >= 8, `${taken.length} are shown able to succeed`);
});
