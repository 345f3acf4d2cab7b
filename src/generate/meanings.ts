import type { ClientBase } from 'pg';
import { snakeCase } from '../model/spelling.ts';

/** What the comments of the catalogue say. */
export type Comments = {
  /** By `view.column`, and those of tables without a view. */
  columns: Map<string, string>;
  /** The names of all those columns. */
  columnNames: Set<string>;
  functions: Map<string, CommentedFunction>;
};

/** A function's comment, and the table or view of which it returns a row. */
type CommentedFunction = { comment: string | null; view: string | null };

const columnComments = `
  select c.relname || '.' || a.attname as name, col_description(c.oid, a.attnum) as comment
    from pg_class as c
    join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
   where c.relnamespace in ('api'::regnamespace, 'commerce'::regnamespace)
     and col_description(c.oid, a.attnum) is not null
   order by c.relnamespace = 'api'::regnamespace, 1`;

const functionComments = `
  select p.proname as name, obj_description(p.oid, 'pg_proc') as comment, c.relname as view
    from pg_proc as p
    join pg_type as t on t.oid = p.prorettype
    left join pg_class as c on c.oid = t.typrelid
   where p.pronamespace in ('api'::regnamespace, 'internal'::regnamespace)`;

export async function readComments(client: ClientBase): Promise<Comments> {
  const columns = await client.query<{ name: string; comment: string }>(columnComments);
  const functions = await client.query<CommentedFunction & { name: string }>(functionComments);
  return {
    columns: new Map(columns.rows.map(({ name, comment }) => [name, comment])),
    columnNames: new Set(columns.rows.map(({ name }) => name.split('.')[1] ?? '')),
    functions: new Map(functions.rows.map((row) => [row.name, row])),
  };
}

/** What means the same in every query. */
const common: Readonly<Record<string, string>> = {
  'param first': 'How many rows at most, from 1.',
  'param after': 'The cursor to read on behind; from the beginning unless given.',
  'param before': 'The cursor to read on before, in the order of the list; not together with after.',
  'param tenant_id': 'The tenant; withTenant fills it in.',
  'param expected_version': 'The version that was read; if there is a newer one, nothing is changed.',
  'param idempotency_key':
    'A name for this request, of your own choice: sent again, it gets the first answer again.',
  'param batch': 'How many at most in one call.',
  'param occurred_at': "When it happened, by the provider's clock; now unless given.",
  'param host': 'A host name; a port is ignored.',
  'returns count': 'How many there were.',
};

/** One line of a function's comment: `@returns rank {products.id} How well it fits.` */
const note = /^@(param|returns) (\w+)[?!]?(?: \{([^}]+)\})?(?: (.+))?$/gm;

/** Says what a parameter or column of one query is, or null. */
export type Meanings = (kind: 'param' | 'returns', name: string) => string | null;

/**
 * What the query says itself (`own`), what is common to all, what the function says that it calls, and else the
 * column of that name: of the view that the function returns, that the query names, or whose file it is in.
 */
export function meaningsOf(
  { statement, own, view }: { statement: string; own: ReadonlyMap<string, string>; view: string },
  { columns, functions }: Comments,
): Meanings {
  const called = functions.get(/\b(?:api|internal)\.(\w+)\(/.exec(statement)?.[1] ?? '');
  const notes = new Map(
    [...(called?.comment ?? '').matchAll(note)].map(([, kind, name, source, words]) => [
      `${kind} ${name}`,
      words ?? withoutTags(columns.get(source ?? '')),
    ]),
  );
  const views = [...statement.matchAll(/\b(?:from|join|into|update) (?:api|commerce)\.(\w+)(?!\w*\()/g)].map(
    ([, name]) => name,
  );
  const isTold = (name: string) => statement.includes(`true as "${name}!"`);
  return (kind, name) => {
    const column = snakeCase(name);
    const id = /^(\w+)_id$/.exec(column)?.[1]?.replaceAll('_', ' ');
    return (
      own.get(name) ??
      common[`${kind} ${column}`] ??
      (isTold(name) ? 'Always true: what is refused throws.' : undefined) ??
      notes.get(`${kind} ${column}`) ??
      [called?.view, ...views, view]
        .map((each) => withoutTags(columns.get(`${each}.${column}`)))
        .find(Boolean) ??
      (id === undefined ? null : `The ${id}.`)
    );
  };
}

/** Tags are for GraphQL. */
function withoutTags(comment: string | undefined): string | undefined {
  return comment?.replace(/\n@[\s\S]*$/, '');
}
