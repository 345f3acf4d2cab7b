import { splitStatements, withoutStrings } from './statements.ts';

/** Something that a living file makes: how to remove it, and what a replacement has to keep. */
export type MadeObject = {
  kind: 'function' | 'view' | 'trigger' | 'policy';
  /** As others mention it: schema and name, without arguments. */
  name: string;
  drop: string;
  /** A function's arguments and result, or a view's columns in their order; `create or replace` keeps these. */
  shape: string[];
};

/** `select internal.attach_version('commerce.orders')`: one of our functions makes things of a table. */
export type MakerCall = { maker: string; tables: string[] };

export type Makings = {
  objects: MadeObject[];
  calls: MakerCall[];
  /** What takes back all that the file makes. */
  undo: string[];
  /** Whether making it again needs the undoing first, which takes back all triggers, policies or rights of a table. */
  isSweeping: boolean;
  /** The code that stops PostgreSQL from dropping what it mentions, and that which would only be lost. */
  holding: string;
  lost: string;
};

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Cuts at the commas that stand in no brackets; `bare` is the text without its strings. */
function splitList(text: string, bare = withoutStrings(text)): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < bare.length; at += 1) {
    const character = bare.charAt(at);
    if ('(['.includes(character)) depth += 1;
    if (')]'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)].map(squeeze).filter((part) => part !== '');
}

/** Where a word stands in no brackets, from a place on; the end of the text when nowhere. */
function findWord(bare: string, word: string, from: number): number {
  const pattern = new RegExp(`[()]|\\b${word}\\b`, 'g');
  pattern.lastIndex = from;
  let depth = 0;
  for (let found = pattern.exec(bare); found !== null; found = pattern.exec(bare)) {
    if (found[0] === '(') depth += 1;
    else if (found[0] === ')') depth -= 1;
    else if (depth === 0) return found.index;
  }
  return bare.length;
}

function readFunction(text: string, bare: string): MadeObject | undefined {
  const head = /^create (?:or replace )?function\s+([\w.]+)\s*\(/.exec(bare);
  if (head === null) return undefined;
  const name = head[1] as string;
  let end = head[0].length;
  for (let depth = 1; depth > 0 && end < bare.length; end += 1) {
    if (bare.charAt(end) === '(') depth += 1;
    if (bare.charAt(end) === ')') depth -= 1;
  }
  const args = splitList(text.slice(head[0].length, end - 1), bare.slice(head[0].length, end - 1));
  // Those that only return something do not belong to a function's identity.
  const types = args
    .filter((arg) => !arg.startsWith('out '))
    .map((arg) =>
      arg
        .replace(/\s+(?:default\b|=).*$/s, '')
        .replace(/^variadic /, '')
        .replace(/\bp_\w+\s+/, ''),
    );
  const returns = text.slice(end, Math.min(findWord(bare, 'language', end), findWord(bare, 'as', end)));
  return {
    kind: 'function',
    name,
    drop: `drop function ${name}(${types.join(', ')});`,
    shape: [...args, squeeze(returns)],
  };
}

function readView(text: string, bare: string): MadeObject | undefined {
  const head = /^create (?:or replace )?view\s+([\w.]+)/.exec(bare);
  if (head === null) return undefined;
  const name = head[1] as string;
  const body = findWord(bare, 'as', head[0].length) + 'as'.length;
  const isPlain = /^\s*select\s(?!\s*distinct)/.test(bare.slice(body)) && !/\bunion\b/.test(bare);
  const start = findWord(bare, 'select', body) + 'select'.length;
  const columns = text.slice(start, findWord(bare, 'from', start));
  return {
    kind: 'view',
    name,
    drop: `drop view ${name};`,
    shape: isPlain ? splitList(columns) : [squeeze(text)],
  };
}

function readAttached(bare: string): MadeObject | undefined {
  const found =
    /^create (?:or replace )?(?:constraint )?(trigger|policy)\s+(\w+)\s[\s\S]*?\bon\s+([\w.]+)/.exec(bare);
  if (found === null) return undefined;
  const [, kind, name, table] = found as unknown as [string, 'trigger' | 'policy', string, string];
  return { kind, name: `${name} on ${table}`, drop: `drop ${kind} ${name} on ${table};`, shape: [] };
}

/** A function that a DO block makes, in one form or another, is known by its comment. */
function readComment(text: string): MadeObject | undefined {
  const found = /^comment on function\s+(([\w.]+)\([^)]*\))/.exec(text);
  if (found === null) return undefined;
  return { kind: 'function', name: found[2] as string, drop: `drop function ${found[1]};`, shape: [] };
}

function undoSecurity(bare: string): string | undefined {
  const found = /^alter table\s+([\w.]+)\s+(enable|force)\s+row level security/.exec(bare);
  if (found === null) return undefined;
  return `alter table ${found[1]} ${found[2] === 'enable' ? 'disable' : 'no force'} row level security;`;
}

/** Rights on what other files or migrations made: the roles that get any, by object. */
function readGrant(bare: string): { objects: string[]; roles: string[] } | undefined {
  const found = /^grant\s[\s\S]+?\son\s+([\s\S]+?)\s+to\s+([\s\S]+?);?$/.exec(bare);
  if (found === null || /^function\b/.test(found[1] as string)) return undefined;
  const kind = /^schema\s/.test(found[1] as string) ? 'schema ' : '';
  const objects = splitList((found[1] as string).replace(/^(?:schema|table)\s+/, ''));
  return { objects: objects.map((object) => kind + object), roles: splitList(found[2] as string) };
}

function readCall(text: string): MakerCall | undefined {
  const maker = /^select\s+(\w+\.\w+)\(\s*'/.exec(text)?.[1];
  const tables = [...text.matchAll(/'(\w+\.\w+)'/g)].map(([, table]) => table as string);
  return maker === undefined ? undefined : { maker, tables };
}

/** What takes back all that attach functions made of a table. */
function sweep({ maker, tables: [table] }: MakerCall): string | undefined {
  return /\.attach(?:_|$)/.test(maker) ? `select internal.detach_table('${table}');` : undefined;
}

/** Reads what a living file makes from its statements. */
export function readMakings(text: string): Makings {
  const statements = splitStatements(text).map((statement) => ({
    text: statement.text,
    bare: withoutStrings(statement.text),
  }));
  const created = statements.flatMap(
    ({ text, bare }) => readFunction(text, bare) ?? readView(text, bare) ?? readAttached(bare) ?? [],
  );
  const objects =
    created.length > 0 || statements.every(({ bare }) => !/^do\b/.test(bare))
      ? created
      : statements.flatMap(({ text }) => readComment(text) ?? []);
  const calls = statements.flatMap(({ text }) => readCall(text) ?? []);
  const sweeps = [...new Set(calls.flatMap((call) => sweep(call) ?? []))];

  const isSwept = (target: string) => sweeps.some((statement) => statement.includes(`'${target}'`));
  const views = new Set(objects.filter(({ kind }) => kind === 'view').map(({ name }) => name));
  const drops = objects
    .filter(({ kind, name }) => {
      const table = name.replace(/^.* on /, '');
      // A view takes its triggers along.
      return kind === 'function' || kind === 'view' || !(isSwept(table) || views.has(table));
    })
    .map(({ drop }) => drop);

  const rights = new Map<string, Set<string>>();
  for (const { bare } of statements) {
    const grant = readGrant(bare);
    for (const object of grant?.objects ?? []) {
      if (views.has(object) || isSwept(object) || isSwept(object.replace(/^api\./, 'commerce.'))) continue;
      const roles = rights.get(object) ?? new Set();
      for (const role of grant?.roles ?? []) roles.add(role);
      rights.set(object, roles);
    }
  }
  const revokes = [...rights].map(
    ([object, roles]) => `revoke all on ${object} from ${[...roles].join(', ')};`,
  );
  const isHolding = (text: string) => /^(?:create|do|alter)\b/.test(text);
  const join = (isWanted: (statement: { text: string }) => boolean) =>
    statements
      .filter(isWanted)
      .map(({ bare }) => bare)
      .join('\n');
  // What cannot be read from a create, grant or attach stands in a comment of the file.
  const said = [...text.matchAll(/^-- Undone by: (.*;)$/gm)].map(([, statement]) => statement as string);
  const security = statements.flatMap(({ bare }) => undoSecurity(bare) ?? []);
  return {
    objects,
    calls,
    undo: [...said, ...revokes, ...sweeps, ...[...security, ...drops].reverse()],
    isSweeping: sweeps.length > 0 || revokes.length > 0,
    holding: join(({ text }) => isHolding(text)),
    lost: join(({ text }) => !isHolding(text)),
  };
}
