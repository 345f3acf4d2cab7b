import { readFile } from 'node:fs/promises';
import t from 'tap';
import { createTestDatabase } from '../support/database.ts';

/** The user's own document is read here word by word, and every word of it is looked up in the catalogue. */
const document = await readFile(new URL('../../docs/seed.md', import.meta.url), 'utf8');

type Kind = 'One-to-many' | 'One-to-one' | 'Many-to-one';
type Relation = { from: string; kind: Kind; to: string };
type Heading = { name: string; fields: string[]; relations: Relation[] };

/** Relation names of the document that are the plural of a heading. */
const headingOf: Record<string, string> = {
  kyc_documents: 'kyc_document',
  saved_payment_methods: 'saved_payment_method',
  storefronts: 'storefront',
};

/** Relations that lead over another table: the thread's key carries the customer of each message. */
const over: Record<string, string> = { 'conversation_history → customer': 'conversation_thread' };

const primaryKeyLine = '- Primary key: `id` (UUID)';
const namesIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name as string);

/** The headings with what stands under them; a line of another form is an error, so none is passed over. */
function parse(text: string): { headings: Heading[]; primaryKeys: number; relationLines: number } {
  const headings: Heading[] = [];
  let primaryKeys = 0;
  let relationLines = 0;
  const tables = text.slice(text.indexOf('## Core Tables'), text.indexOf('## Entity Relationship Diagram'));
  for (const line of tables.split('\n')) {
    if (line === '' || line.startsWith('#') || line === '- Relationships:') continue;
    const name = /^\*\*(\w+)\*\*$/.exec(line)?.[1];
    if (name !== undefined) {
      headings.push({ name, fields: [], relations: [] });
      continue;
    }
    const heading = headings.at(-1);
    const fields = /^- Key fields: (`\w+`(?:, `\w+`)*)$/.exec(line)?.[1];
    const relation = /^ {2}- (One-to-many|One-to-one|Many-to-one) with (`\w+`(?:, `\w+`)*)$/.exec(line);
    if (heading && line === primaryKeyLine) {
      primaryKeys++;
    } else if (heading && fields !== undefined) {
      heading.fields.push(...namesIn(fields));
    } else if (heading && relation) {
      relationLines++;
      const [, kind, others] = relation as unknown as [string, Kind, string];
      heading.relations.push(
        ...namesIn(others).map((other) => ({ from: heading.name, kind, to: headingOf[other] ?? other })),
      );
    } else {
      throw new Error(`docs/seed.md: not understood: ${line}`);
    }
  }
  return { headings, primaryKeys, relationLines };
}

const { headings, primaryKeys, relationLines } = parse(document);
const relations = headings.flatMap((heading) => heading.relations);
const fieldsOf = new Map(headings.map(({ name, fields }) => [name, fields]));

const db = await createTestDatabase(t, { template: 'empty' });

type ForeignKey = { from: string; columns: string[]; to: string; referenced: string[]; unique: boolean };

const { rows: columns } = await db.installer.query<{ name: string; type: string; primary: boolean }>(`
  select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
         exists (select from pg_index i
                  where i.indrelid = c.oid and i.indisprimary and i.indkey::text = a.attnum::text) as primary
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'commerce'::regnamespace and c.relkind = 'r'`);

/** unique: no two rows refer to the same one, whatever else they hold. */
const { rows: foreignKeys } = await db.installer.query<ForeignKey>(`
  select k.conrelid::regclass::text as from, k.confrelid::regclass::text as to, own.names as columns,
         other.names as referenced,
         exists (select from pg_index i
                  where i.indrelid = k.conrelid and i.indisunique and i.indpred is null
                    and k.conkey @> (i.indkey::smallint[])[0:i.indnkeyatts - 1]) as unique
    from pg_constraint k
   cross join lateral (
     select array_agg(a.attname::text order by u.place) as names
       from unnest(k.conkey) with ordinality as u (number, place)
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number) as own
   cross join lateral (
     select array_agg(a.attname::text order by u.place) as names
       from unnest(k.confkey) with ordinality as u (number, place)
       join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number) as other
   where k.contype = 'f' and k.connamespace = 'commerce'::regnamespace`);
for (const key of foreignKeys) {
  key.from = key.from.replace('commerce.', '');
  key.to = key.to.replace('commerce.', '');
}

/** The columns of `from` by which it refers to `to`, straight or over the declared table. */
function references(from: string, to: string): { columns: string[]; unique: boolean }[] {
  const middle = over[`${from} → ${to}`];
  if (middle === undefined) return foreignKeys.filter((key) => key.from === from && key.to === to);
  return foreignKeys
    .filter((key) => key.from === from && key.to === middle)
    .flatMap((first) =>
      foreignKeys
        .filter((second) => second.from === middle && second.to === to)
        .filter((second) => second.columns.every((column) => first.referenced.includes(column)))
        .map((second) => ({
          columns: second.columns.map((column) => first.columns[first.referenced.indexOf(column)] as string),
          unique: false,
        })),
    );
}

t.test('the document is understood to its last line', async (t) => {
  t.strictSame(
    {
      headings: headings.length,
      primaryKeys,
      fields: headings.flatMap(({ fields }) => fields).length,
      relationLines,
      relations: relations.length,
    },
    { headings: 23, primaryKeys: 23, fields: 111, relationLines: 43, relations: 51 },
  );
});

for (const { name, fields } of headings) {
  t.test(name, async (t) => {
    const id = columns.find((column) => column.name === `${name}.id`);
    t.match(id, { type: 'uuid', primary: true }, 'the primary key is id, a UUID');
    for (const field of fields) {
      const column = columns.find((column) => column.name === `${name}.${field}`);
      t.ok(column, `key field ${field}`);
      if (column?.type === 'uuid') {
        t.ok(
          foreignKeys.some((key) => key.from === name && key.columns.includes(field)),
          `${field} is a foreign key`,
        );
      }
    }
  });
}

for (const { from, kind, to } of relations) {
  t.test(`${from}: ${kind} with ${to}`, async (t) => {
    // The many refer to the one; which of two in a one-to-one refers to the other, the document leaves open.
    const [child, parent] = kind === 'Many-to-one' ? [from, to] : [to, from];
    const found = [
      ...references(child, parent),
      ...(kind === 'One-to-one' ? references(parent, child) : []),
    ].filter(({ unique }) => unique || kind !== 'One-to-one');
    t.ok(found.length > 0, 'a foreign key in the right direction');
    const keyFields = [
      ...(fieldsOf.get(child) ?? []),
      ...(kind === 'One-to-one' ? (fieldsOf.get(parent) ?? []) : []),
    ];
    if (fieldsOf.has(child)) {
      t.ok(
        found.some(({ columns }) => columns.some((column) => keyFields.includes(column))),
        'made of a key field of the document',
      );
    }
  });
}
