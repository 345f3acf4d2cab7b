import type pg from 'pg';

/** What a table held before, by its own name. */
type Table = { bytes: number; rows: number; columns: string[]; comment: string | null };

type Catalogue = Map<string, Table>;

/** Sizes and estimates, as counting would take long and the owner may see no row under FORCE. */
const tablesQuery = `
  select c.oid::regclass::text as name,
         pg_relation_size(c.oid)::float8 as bytes,
         greatest(c.reltuples, s.n_live_tup, 0)::float8 as rows,
         array(
           select a.attname::text from pg_attribute as a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         ) as columns,
         obj_description(c.oid, 'pg_class') as comment
    from pg_class as c
    left join pg_stat_user_tables as s on s.relid = c.oid
   where c.relkind = 'r'
     and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'ccdb')
   order by 1`;

const deletedQuery = `
  select relid::regclass::text as name, n_tup_del::float8 as count
    from pg_stat_xact_user_tables where n_tup_del > 0 and schemaname <> 'ccdb' order by 1`;

async function readTables(client: pg.Client): Promise<Catalogue> {
  const { rows } = await client.query<Table & { name: string }>(tablesQuery);
  return new Map(rows.map(({ name, ...table }) => [name, table]));
}

const number = new Intl.NumberFormat('en');

function describeTable(name: string, { rows, bytes, comment }: Table): string {
  const size = `about ${number.format(rows)} rows, ${number.format(Math.ceil(bytes / 1024))} kB`;
  return `table ${name} (${size})${comment === null ? '' : `: ${comment.split(/[.;:]/, 1)[0]}`}`;
}

function lossesOf(before: Catalogue, after: Catalogue): string[] {
  const gone = [...before].filter(([name]) => !after.has(name));
  const filled = gone.filter(([, { bytes }]) => bytes > 0);
  const empty = gone.length - filled.length;
  const columns = [...before].flatMap(([name, table]) => {
    const kept = after.get(name)?.columns ?? table.columns;
    return table.columns
      .filter((column) => !kept.includes(column))
      .map((column) => `column ${name}.${column}`);
  });
  return [
    ...filled.map(([name, table]) => describeTable(name, table)),
    ...columns,
    ...(empty > 0 ? [`${empty} empty tables`] : []),
  ];
}

/**
 * Runs the steps in one transaction that is taken back, and says what they would destroy. Throws what they
 * throw: then nothing has happened.
 */
export async function rehearse(client: pg.Client, steps: () => Promise<void>): Promise<string[]> {
  try {
    await client.query('begin');
    const before = await readTables(client);
    await steps();
    await client.query('reset role');
    const after = await readTables(client);
    const { rows: deleted } = await client.query<{ name: string; count: number }>(deletedQuery);
    return [
      ...lossesOf(before, after),
      ...deleted.map(({ name, count }) => `at most ${number.format(count)} rows of table ${name}`),
    ];
  } finally {
    await client.query('rollback').catch(() => {});
  }
}
