import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { withClient } from '../client.ts';
import { type ClosedSet, readClosedSets, typeName } from '../closed-set-names.ts';
import { UserError } from '../user-error.ts';
import type { Generator, Scene } from './generator.ts';

/**
 * pgtyped reads nullability from the catalogue, where a column of a view is never NOT NULL. In the
 * throw-away database a view's column takes it from the column of the table that it shows.
 */
const notNullFromTables = `
  update pg_attribute as v
     set attnotnull = true
    from pg_class as view
    join pg_class as shown on shown.relname = view.relname and shown.relnamespace = 'commerce'::regnamespace
    join pg_attribute as c on c.attrelid = shown.oid and c.attnum > 0 and c.attnotnull
   where view.relnamespace = 'api'::regnamespace
     and view.relkind = 'v'
     and v.attrelid = view.oid
     and v.attname = c.attname`;

/** Names of columns that hold any text somewhere. */
const openColumns = `
  select distinct a.attname::text as name
    from pg_attribute as a
    join pg_class as c on c.oid = a.attrelid and c.relkind = 'r'
   where c.relnamespace = 'commerce'::regnamespace
     and a.atttypid = 'text'::regtype
     and 'commerce.' || c.relname || '.' || a.attname <> all ($1)`;

/** The typed queries of `sql/`, one file each, with the closed sets as unions. */
export const queries: Generator = {
  owns: ['src/queries/*.ts'],
  async generate({ urls, root }) {
    const { sets, open } = await withClient(urls.DATABASE_URL, async (client) => {
      await client.query(notNullFromTables);
      const sets = await readClosedSets(client);
      const closed = sets.flatMap(({ columns }) => columns);
      const { rows } = await client.query<{ name: string }>(openColumns, [closed]);
      return { sets, open: new Set(rows.map(({ name }) => name)) };
    });
    const files = await runPgtyped({ urls, root });
    const names = Object.keys(files).sort();
    return {
      ...Object.fromEntries(
        names.map((name) => [
          `src/queries/${name}.ts`,
          withClosedSets(name, files[name] as string, sets, open),
        ]),
      ),
      'src/queries/index.ts': `// Generated from sql/ by "npm run generate"; do not edit.\n${names
        .map((name) => `export * from './${name}.ts';\n`)
        .join('')}`,
    };
  },
};

/** A query's comment, which pgtyped itself would not read, and the query's name. */
const documented = /((?:^-- .*\n)+)(\/\* @name (\w+) \*\/)/gm;

/**
 * What pgtyped makes of each file of `sql/`, by the file's name. It exits with 0 whatever happens, so
 * what it says counts.
 */
async function runPgtyped({ urls, root }: Scene): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'ccdb-queries-'));
  try {
    const comments = new Map<string, string>();
    for (const file of await readdir(join(root, 'sql'))) {
      const text = await readFile(join(root, 'sql', file), 'utf8');
      for (const [, comment = '', , name = ''] of text.matchAll(documented)) comments.set(name, comment);
      await writeFile(join(folder, file), text.replace(documented, '$2'));
    }
    const config = join(folder, 'pgtyped.json');
    await writeFile(
      config,
      JSON.stringify({
        transforms: [{ mode: 'sql', include: '*.sql', emitTemplate: '{{dir}}/{{name}}.ts' }],
        srcDir: folder,
        failOnError: true,
        hungarianNotation: false,
        nonEmptyArrayParams: true,
        maxWorkerThreads: 1,
        dbUrl: urls.DATABASE_URL,
        // A date is a day, not a moment: it stays text on the way in and out.
        typesOverrides: { date: 'string' },
      }),
    );
    const { stdout, stderr } = await promisify(execFile)('pgtyped', ['-c', config], { cwd: root });
    if (/error|skipped/i.test(stdout + stderr)) throw new UserError(`pgtyped: ${stdout}${stderr}`);
    const written = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
    return Object.fromEntries(
      await Promise.all(
        written.map(async (file) => [
          basename(file, '.ts'),
          withComments(await readFile(join(folder, file), 'utf8'), comments),
        ]),
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Puts each query's comment in the place of pgtyped's, which repeats the statement. */
function withComments(text: string, comments: Map<string, string>): string {
  return text.replace(
    /^\/\*\*\n \* Query generated from SQL:[\s\S]*?^ \*\/\nexport const (\w+)/gm,
    (_, name: string) => {
      const comment = comments.get(name);
      if (comment === undefined) throw new UserError(`sql/: ${name} has no comment above its @name`);
      const lines = comment
        .trimEnd()
        .split('\n')
        .map((line) => ` * ${line.slice(3)}`);
      return `/**\n${lines.join('\n')}\n */\nexport const ${name}`;
    },
  );
}

/**
 * `status: string` becomes `status: OrderStatus`. A column or parameter is known by its name: that of the
 * file's own table first, else that of a set, else that of the columns of one set and of no other column.
 */
function withClosedSets(file: string, text: string, sets: ClosedSet[], open: Set<string>): string {
  const used = new Set<string>();
  const setOf = (name: string): ClosedSet | undefined => {
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const own = sets.find(({ columns }) => columns.includes(`commerce.${file}.${column}`));
    const named = sets.find((set) => set.name === column);
    const others = sets.filter(({ columns }) => columns.some((each) => each.endsWith(`.${column}`)));
    return own ?? named ?? (others.length === 1 && !open.has(column) ? others[0] : undefined);
  };
  const body = text
    .replace(/^( {2})(\w+)(\??): string\b/gm, (line, indent, name, optional) => {
      const set = setOf(name);
      if (set === undefined) return line;
      used.add(typeName(set));
      return `${indent}${name}${optional}: ${typeName(set)}`;
    })
    .replace(/^\/\*\* Types generated.*\n/, '')
    .replace("'@pgtyped/runtime'", "'../prepared-query.ts'")
    // Helpers that every file has its own of.
    .replace(/^export type /gm, 'type ');
  const imported =
    used.size === 0 ? '' : `import type { ${[...used].sort().join(', ')} } from '../closed-sets.ts';\n`;
  return `// Generated from sql/${file}.sql by "npm run generate"; do not edit.\n${imported}${body}`;
}
