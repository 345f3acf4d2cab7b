import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { processSQLQueryIR } from '@pgtyped/runtime';
import { type ClosedSet, readClosedSets, typeName } from '../model/closed-set-names.ts';
import { camelCase, snakeCase } from '../model/spelling.ts';
import { withClient } from '../operations/client.ts';
import { UserError } from '../operations/user-error.ts';
import { callersOf, printCallers } from './callers.ts';
import { valuesName } from './closed-sets.ts';
import type { Generator, Scene } from './generator.ts';
import { type Comments, meaningsOf, readComments } from './meanings.ts';

/**
 * The generators read nullability from the catalogue, where a column of a view is never NOT NULL. In the
 * throw-away database a view's column takes it from the column of the table that it shows.
 */
export const notNullFromTables = `
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

/** The columns that are never null of each function that returns a row of a view. */
const returnedColumns = `
  select p.proname || '.' || a.attname as name
    from pg_proc as p
    join pg_type as t on t.oid = p.prorettype
    join pg_attribute as a on a.attrelid = t.typrelid and a.attnum > 0 and a.attnotnull
   where p.pronamespace = 'api'::regnamespace`;

type Catalogue = {
  sets: ClosedSet[];
  open: Set<string>;
  /** Each `function.column` that is never null. */
  returned: Set<string>;
  comments: Comments;
  /** Whom each query is for. */
  callers: Map<string, string[]>;
};

async function readCatalogue(url: string, written: Written[string][]): Promise<Catalogue> {
  return withClient(url, async (client) => {
    const sets = await readClosedSets(client);
    const closed = sets.flatMap(({ columns }) => columns);
    const open = await client.query<{ name: string }>(openColumns, [closed]);
    const returned = await client.query<{ name: string }>(returnedColumns);
    const callers = new Map<string, string[]>();
    for (const { text, sources } of written) {
      for (const [index, body] of bodiesOf(text).entries()) {
        callers.set(sources[index]?.name ?? '', await callersOf(client, statementOf(body).query));
      }
    }
    return {
      callers,
      sets,
      open: new Set(open.rows.map(({ name }) => name)),
      returned: new Set(returned.rows.map(({ name }) => name)),
      comments: await readComments(client),
    };
  });
}

/** How many rows a query gives, and the class of src/database that says so. */
const classes = { many: 'ManyQuery', one: 'OneQuery', maybeOne: 'MaybeOneQuery' } as const;

/** A query as it stands in `sql/`: its comment, and the types and meanings that it gives itself. */
type Source = {
  name: string;
  gives: keyof typeof classes;
  comment: string[];
  types: Map<string, string>;
  /** The parameters and columns whose JSON is made of columns. */
  ownJson: string[];
  meanings: Map<string, string>;
  statement: string;
};

/** A query's comment, which pgtyped itself would not read, its name, how many rows it gives, and its statement. */
const pattern = /((?:^-- .*\n)*)^\/\* @name (\w+)(?: :(\w+))? \*\/\n([^;]+);/gm;

/**
 * `-- @type metadata OrderMetadata`: a parameter or column and its type, whose names are those of src/model/json.ts.
 * `-- @json lines NewOrderLine[]`: the same of JSON that is made of columns, whose keys are spelled as names are.
 * `-- @doc count How many are left.`: what it is, where no comment in the database says so.
 */
const mark = /^-- @(type|json|doc) (\w+) (.+)$/;

function readSources(text: string): Source[] {
  return [...text.matchAll(pattern)].map(([, head = '', name = '', gives = '', statement = '']) => {
    const lines = head.trimEnd().split('\n');
    const comment = lines.filter((line) => !mark.test(line)).map((line) => line.slice(3));
    if (head === '' || comment.length === 0)
      throw new UserError(`sql/: ${name} has no comment above its @name`);
    if (!isGiven(gives)) {
      throw new UserError(
        `sql/: ${name} is to say how many rows it gives: @name ${name} :one, :maybeOne or :many`,
      );
    }
    const marked = (wanted: string) =>
      new Map(
        lines.flatMap((line) => {
          const [, kind, field = '', text = ''] = mark.exec(line) ?? [];
          return kind === wanted ? [[field, text] as const] : [];
        }),
      );
    const json = marked('json');
    const types = new Map([...marked('type'), ...json]);
    return { name, gives, comment, types, ownJson: [...json.keys()], meanings: marked('doc'), statement };
  });
}

function isGiven(text: string): text is keyof typeof classes {
  return Object.hasOwn(classes, text);
}

/** The typed queries of `sql/`, one file each, with the closed sets as unions. */
export const queries: Generator = {
  owns: ['src/queries/*.ts'],
  async generate({ urls, root }) {
    const written = await runPgtyped({ urls, root });
    const catalogue = await readCatalogue(urls.DATABASE_URL, Object.values(written));
    const files: Record<string, string> = {};
    for (const [name, { text, sources }] of Object.entries(written)) {
      files[`src/queries/${name}.ts`] = print(name, text, sources, catalogue);
    }
    const list = Object.keys(written).map((name) => `export * from './${name}.ts';\n`);
    files['src/queries/index.ts'] =
      `// Generated from sql/ by "npm run generate"; do not edit.\n${list.join('')}`;
    return files;
  },
};

type Written = Record<string, { text: string; sources: Source[] }>;

/**
 * What pgtyped makes of each file of `sql/`, by the file's name. It exits with 0 whatever happens, so
 * what it says counts.
 */
async function runPgtyped({ urls, root }: Scene): Promise<Written> {
  const folder = await mkdtemp(join(tmpdir(), 'ccdb-queries-'));
  try {
    const sources = new Map<string, Source[]>();
    for (const file of (await readdir(join(root, 'sql'))).sort()) {
      const found = readSources(await readFile(join(root, 'sql', file), 'utf8'));
      sources.set(basename(file, '.sql'), found);
      const bare = found.map(({ name, statement }) => `/* @name ${name} */\n${statement};\n`);
      await writeFile(join(folder, file), bare.join('\n'));
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
        // A date is a day, not a moment: it stays text on the way in and out, once its parameters are known.
        typesOverrides: { date: 'Day' },
      }),
    );
    const { stdout, stderr } = await promisify(execFile)('pgtyped', ['-c', config], {
      cwd: root,
      env: {
        ...process.env,
        // pgtyped would rather take DATABASE_URL than what its configuration says.
        PGURI: urls.DATABASE_URL,
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${new URL('no-delay.ts', import.meta.url)}`,
      },
    });
    if (/error|skipped/i.test(stdout + stderr)) throw new UserError(`pgtyped: ${stdout}${stderr}`);
    const written: Written = {};
    for (const [name, found] of sources) {
      written[name] = { text: await readFile(join(folder, `${name}.ts`), 'utf8'), sources: found };
    }
    return written;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The queries of pgtyped's file, behind the aliases that every file has its own of. */
const bodiesOf = (text: string): string[] => text.split(/^(?=\/\*\* '\w+' parameters type \*\/$)/m).slice(1);

/** pgtyped writes the statement as an object of type any; what is read of it here goes no further. */
function statementOf(body: string): ReturnType<typeof processSQLQueryIR> {
  const [, ir = ''] = /^const \w+IR: any = (.*);$/m.exec(body) ?? [];
  // Read here, so that nobody who runs the queries has to load pgtyped.
  return processSQLQueryIR(JSON.parse(ir));
}

/** pgtyped's file in the words of this package, each query by itself. */
function print(file: string, text: string, sources: Source[], catalogue: Catalogue): string {
  const bodies = bodiesOf(text);
  if (bodies.length !== sources.length) {
    throw new UserError(`pgtyped: ${bodies.length} of the ${sources.length} queries of sql/${file}.sql`);
  }
  const closedSets = new Set<string>();
  const setValues = new Set<string>();
  const jsonTypes = new Set<string>();
  const printed = bodies.map((body, index) => {
    const source = sources[index] as Source;
    const returned = withReturnedColumns(body, source, catalogue);
    const named = withNamedTypes(returned, source, catalogue, { closedSets, jsonTypes });
    const closed = withClosedSets(named, file, source, catalogue, closedSets);
    const described = withMeanings(withCursor(withoutTags(closed)), file, source, catalogue);
    return withConstructor(withNames(withPlainTypes(described), catalogue), source, catalogue, setValues);
  });
  const named = (name: string) => printed.some((body) => body.includes(`new ${name}<`));
  const prepared = Object.values(classes).filter(named).sort();
  const imports = [
    setValues.size > 0 && `import { ${[...setValues].sort().join(', ')} } from '../model/closed-sets.ts';\n`,
    printTypeImport(closedSets, 'model/closed-sets.ts'),
    printTypeImport(jsonTypes, 'model/json.ts'),
    named('PagedQuery') ? "import { PagedQuery } from '../database/paged-query.ts';\n" : '',
    prepared.length > 0 ? `import { ${prepared.join(', ')} } from '../database/prepared-query.ts';\n` : '',
  ];
  return `// Generated from sql/${file}.sql by "npm run generate"; do not edit.\n${imports.filter(Boolean).join('')}\n${printed.join('\n')}`;
}

function printTypeImport(names: Set<string>, module: string): string {
  return names.size === 0 ? '' : `import type { ${[...names].sort().join(', ')} } from '../${module}';\n`;
}

/** A row that a function returns is a row of its view: as rarely null. */
function withReturnedColumns(body: string, { statement }: Source, { returned }: Catalogue): string {
  const called = /\bfrom api\.(\w+)\(/.exec(statement)?.[1];
  if (called === undefined || /\bjoin\b/.test(statement)) return body;
  const [before, result = ''] = body.split(/(?=^export interface \w+Result )/m);
  return (
    before +
    result.replace(/^( {2}(\w+): .+?) \| null;$/gm, (line, column, name) =>
      returned.has(`${called}.${name}`) ? `${column};` : line,
    )
  );
}

/** What each parameter and column is, where pgtyped has found no comment of its column. */
function withMeanings(body: string, file: string, source: Source, { comments }: Catalogue): string {
  const { name, statement, meanings: own } = source;
  const meaning = meaningsOf({ statement, own, view: file }, comments);
  return body
    .replace(/^export interface \w+(Params|Result) \{\n[\s\S]*?^\}/gm, (members, kind) =>
      members.replace(/(\*\/\n)?^ {2}(\w+)\??: /gm, (line, isDescribed, field) => {
        const text = isDescribed ? null : meaning(kind === 'Params' ? 'param' : 'returns', field);
        return text === null ? line : `  /** ${text} */\n${line}`;
      }),
    )
    .replace(/'\w+' parameters type/, `What ${name} takes.`)
    .replace(/'\w+' return type/, `A row of ${name}.`);
}

/**
 * `status: string` becomes `status: OrderStatus`. A column or parameter is known by its name: that of the
 * file's own table first, else that of a set, else that of the columns of one set and of no other column.
 */
function withClosedSets(
  body: string,
  file: string,
  { types }: Source,
  { sets, open }: Catalogue,
  used: Set<string>,
): string {
  const setOf = (name: string): ClosedSet | undefined => {
    const column = snakeCase(name);
    const own = sets.find(({ columns }) => columns.includes(`commerce.${file}.${column}`));
    const named = sets.find((set) => set.name === column);
    const others = sets.filter(({ columns }) => columns.some((each) => each.endsWith(`.${column}`)));
    return own ?? named ?? (others.length === 1 && !open.has(column) ? others[0] : undefined);
  };
  return body.replace(
    /^( {2})(\w+)(\??): (string\b|stringArray\b)/gm,
    (line, indent, name, optional, type) => {
      const set = types.has(name) ? undefined : setOf(name);
      if (set === undefined) return line;
      used.add(typeName(set));
      return `${indent}${name}${optional}: ${typeName(set)}${type === 'string' ? '' : '[]'}`;
    },
  );
}

/** The tags in a column's comment are for GraphQL. */
function withoutTags(body: string): string {
  return body.replace(/(?:\n@\w[^\n]*?)+(?= \*\/$)/gm, '');
}

/** Numbers of arbitrary size are strings in both directions; only the length of a page is a number. */
function withPlainTypes(body: string): string {
  return body
    .replace(/^( {2}first): \w+;$/m, '$1: number;')
    .replace(/\bNumberOrString\b/g, 'string')
    .replace(/\bDateOrString\b/g, 'Date | string')
    .replace(/\bstringArray\b/g, 'string[]')
    .replace(/ \| void;$/gm, ' | undefined;')
    .replace(/\/\*\* '\w+' query type \*\/\nexport interface \w+Query \{[^}]*\}\n\n/, '');
}

/** Columns in the spelling of TypeScript, also where comments speak of them. */
function withNames(body: string, { comments }: Catalogue): string {
  return body
    .replace(/^export interface \w+Result \{\n[\s\S]*?^\}/gm, (members) =>
      members.replace(/^( {2})(\w+)(?=\??: )/gm, (_, indent, name) => indent + camelCase(name)),
    )
    .replace(/^ *\/\*\* [\s\S]*?\*\//gm, (comment) => inTypeScript(comment, comments));
}

function inTypeScript(comment: string, { columnNames }: Comments): string {
  return comment.replace(/\b[a-z]+(_[a-z0-9]+)+\b/g, (word) =>
    columnNames.has(word) ? camelCase(word) : word,
  );
}

/** The types that a query names itself; JSON without one is an object. */
function withNamedTypes(
  body: string,
  { name: query, types }: Source,
  { sets }: Catalogue,
  used: { closedSets: Set<string>; jsonTypes: Set<string> },
): string {
  const unseen = new Set(types.keys());
  const typed = body.replace(/^( {2})(\w+)(\??): (\w+)/gm, (line, indent, name, optional, pgtyped) => {
    const type = types.get(name) ?? (pgtyped === 'Json' && !isCursor(name) ? 'JsonObject' : null);
    if (type === null) return line;
    unseen.delete(name);
    for (const [word] of type.matchAll(/\b[A-Z]\w+/g)) {
      const isSet = sets.some((set) => typeName(set) === word);
      (isSet ? used.closedSets : used.jsonTypes).add(word);
    }
    return `${indent}${name}${optional}: ${type}`;
  });
  if (unseen.size > 0) throw new UserError(`sql/: ${query} has no ${[...unseen].join(', ')} to give a type`);
  return typed;
}

function isCursor(name: string): boolean {
  return name === 'after' || name === 'cursor';
}

/** A cursor is opaque text, whatever the statement makes of it. */
function withCursor(body: string): string {
  return body
    .replace(/^( {2}after\?): \w+/m, '$1: string')
    .replace(
      /^(?: {2}\/\*\* .* \*\/\n)?( {2}cursor): \w+/m,
      '  /** To read on behind this row, pass it as `after`. */\n$1: string',
    );
}

/** Each parameter: whether it has to be given, and the name of its type, or its values. The length of a page has a check of its own. */
function paramsOf(body: string): Map<string, { isNeeded: boolean; type: string }> {
  const [members = ''] = /^export interface \w+Params \{\n[\s\S]*?^\}/m.exec(body) ?? [];
  return new Map(
    [...members.matchAll(/^ {2}(\w+)(\??): (?:readonly )?(\w+|'[^;]*)/gm)].map(
      ([, name = '', optional, type = '']) => [name, { isNeeded: optional === '' && name !== 'first', type }],
    ),
  );
}

/** The query's own comment in the place of pgtyped's, which repeats the statement; lists are paged. */
function withConstructor(
  body: string,
  { name, gives, comment, ownJson }: Source,
  { comments, sets, callers }: Catalogue,
  usedValues: Set<string>,
): string {
  const isList = /^ {2}after\?: /m.test(body) && /^ {2}cursor: /m.test(body);
  const [interfaces] = body.split(/^const \w+IR: any = .*;$/m);
  const types = /new PreparedQuery<(\w+),(\w+)>/.exec(body)?.slice(1).join(', ');
  const { query, mapping } = statementOf(body);
  // The marks of nullability behind column names are for pgtyped.
  const statement = query.replace(/"(\w+)[!?]"/g, '"$1"').replace(/[\\`]|\$\{/g, '\\$&');
  const taken = paramsOf(body);
  const params = mapping.map((each) => `'${each.name}${taken.get(each.name)?.isNeeded ? '!' : ''}'`);
  const closed = mapping.flatMap((each) => {
    const { type = '' } = taken.get(each.name) ?? {};
    const values = type.match(/'\w+'/g);
    if (values !== null) return [`${each.name}: [${values.join(', ')}]`];
    const set = sets.find((one) => typeName(one) === type);
    if (set === undefined) return [];
    usedValues.add(valuesName(set));
    return [`${each.name}: ${valuesName(set)}`];
  });
  const namesOf = (type: string) =>
    mapping.flatMap(({ name }) => (taken.get(name)?.type === type ? [`'${name}'`] : []));
  const moments = namesOf('Date');
  const days = namesOf('Day');
  const options = [
    printCallers(callers.get(name) ?? []),
    ownJson.length > 0 && `ownJson: [${ownJson.map((each) => `'${camelCase(each)}'`).join(', ')}]`,
    closed.length > 0 && `closedSets: { ${closed.join(', ')} }`,
    moments.length > 0 && `moments: [${moments.join(', ')}]`,
    days.length > 0 && `days: [${days.join(', ')}]`,
  ].filter(Boolean);
  const lines = comment.map((line) => ` * ${inTypeScript(line, comments)}\n`).join('');
  const kind = isList ? 'PagedQuery' : classes[gives];
  return `${(interfaces ?? '').replace(/\bDay\b(?=[^*]*?;$)/gm, 'string')}/**\n${lines} */\nexport const ${name} = new ${kind}<${types}>('${name}', \`${statement}\`, [${params.join(', ')}]${options.length > 0 ? `, { ${options.join(', ')} }` : ''});\n`;
}
