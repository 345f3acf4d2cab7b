/**
 * Reads SQL, and the statements in bodies of plpgsql, for relations that are read without saying whose rows.
 *
 * A scope is a statement, a branch of a union or a sub-query. Each relation of a scope must be tied by the column
 * that says whose its rows are, directly or through other relations of the scope, to a value from outside of it.
 * What stands beside an OR, or under a NOT, ties nothing.
 */

/** The columns of each relation that say whose its rows are. */
export type TenantColumns = ReadonlyMap<string, readonly string[]>;

/** A word, a string or a sign; of a parenthesis also what it holds. */
type Token = { text: string; inner?: Token[] };

type Read = { relation: string; alias: string };

const lexer =
  /--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|e?'(?:[^']|'')*'|"(?:[^"]|"")*"|[a-z_][\w$]*|\d+(?:\.\d+)?|::|:=|<=|>=|<>|!=|\S/gi;
const isString = (text: string): boolean => /^(e?'|\$\w*\$)/i.test(text);
const quotes = /^(?:e?'|\$\w*\$)|(?:'|\$\w*\$)$/gi;

function parse(sql: string): Token[] {
  const root: Token[] = [];
  const open = [root];
  for (const [text] of sql.matchAll(lexer)) {
    if (/^(--|\/\*)/.test(text)) continue;
    if (text === ')') {
      open.pop();
      continue;
    }
    const token: Token = { text: isString(text) ? text : text.toLowerCase() };
    open.at(-1)?.push(token);
    if (text === '(') {
      token.inner = [];
      open.push(token.inner);
    }
  }
  return root;
}

const isSubQuery = (inner: Token[]): boolean =>
  /^(select|with|insert|update|delete)$/.test(inner[0]?.text ?? '');

const endsScope = /^(;|begin|loop|then|else|elsif|union|except|intersect)$/;

/** Statements and the branches of unions; the words of a CASE end nothing. */
function scopesOf(tokens: Token[]): Token[][] {
  const scopes: Token[][] = [[]];
  let cases = 0;
  for (const token of tokens) {
    if (token.text === 'case') cases += 1;
    else if (token.text === 'end' && cases > 0) cases -= 1;
    if (cases === 0 && endsScope.test(token.text)) scopes.push([]);
    else scopes.at(-1)?.push(token);
  }
  return scopes;
}

const follows =
  /^(as|where|on|set|join|left|right|full|inner|cross|natural|group|order|limit|offset|for|using|returning|window)$/;

/** What a scope reads or changes; a list after ANALYZE or LOCK is none of it. */
function readsOf(tokens: Token[], relations: TenantColumns): Read[] {
  const flat = tokens.flatMap(flatten);
  const first = flat.findIndex(({ text }) => /^(from|update|using|join)$/.test(text));
  return flat.flatMap(({ text }, at) => {
    const [before, dot, name, next] = [flat[at - 1], flat[at + 1], flat[at + 2], flat[at + 3]];
    const relation = `${text}.${name?.text}`;
    if (first < 0 || at < first || dot?.text !== '.' || !relations.has(relation)) return [];
    if (next?.text === '(' || !/^(from|join|update|using|only|,|\()$/.test(before?.text ?? '')) return [];
    const alias = (next?.text === 'as' ? flat[at + 4] : next)?.text ?? '';
    return [{ relation, alias: /^[a-z_]/.test(alias) && !follows.test(alias) ? alias : (name?.text ?? '') }];
  });
}

/** A view's joins stand in parentheses. */
const flatten = (token: Token): Token[] =>
  token.inner === undefined || isSubQuery(token.inner) ? [token] : [token, ...token.inner.flatMap(flatten)];

/** Both sides of each comparison that has to hold; '' is anything but a column. */
function comparisons(tokens: Token[]): [left: string, right: string][] {
  if (tokens.some(({ text }) => text === 'or')) return [];
  const word = (at: number): string => tokens[at]?.text ?? '';
  const column = (at: number): string => (word(at + 1) === '.' ? `${word(at)}.${word(at + 2)}` : '');
  return tokens.flatMap(({ text, inner }, at): [string, string][] => {
    if (text === '=') return [[column(at - 3), column(at + 1)]];
    if (text === 'in' || (text === 'is' && word(at + 1) === 'null')) return [[column(at - 3), '']];
    if (inner === undefined || isSubQuery(inner) || word(at - 1) === 'not') return [];
    // (t.tenant_id, t.id) in (select …)
    if (word(at + 1) === 'in') return inner.map((_, each) => [columnOf(inner, each), '']);
    return comparisons(inner);
  });
}

const columnOf = (tokens: Token[], at: number): string =>
  tokens[at + 1]?.text === '.' ? `${tokens[at]?.text}.${tokens[at + 2]?.text}` : '';

/** From the first relation or condition on: what is set or selected ties nothing. */
function conditionsOf(tokens: Token[]): Token[] {
  const begin = tokens.findIndex(
    ({ text }, at) => /^(from|where|using)$/.test(text) && tokens[at - 1]?.text !== 'distinct',
  );
  return begin < 0 ? [] : tokens.slice(begin);
}

/** The reads of a scope that are tied to no tenant; those of a view may be tied by the statement that reads it. */
function untiedReads(tokens: Token[], relations: TenantColumns, isView: boolean): Read[] {
  const reads = readsOf(tokens, relations);
  const aliasOf = (column: string): string | undefined => {
    const [alias, name = ''] = column.split('.');
    return reads.find((read) => read.alias === alias && relations.get(read.relation)?.includes(name))?.alias;
  };
  const isOwn = (column: string): boolean => reads.some(({ alias }) => column.startsWith(`${alias}.`));
  const pairs = comparisons(conditionsOf(tokens)).flatMap(([left, right]) => [
    [left, right] as const,
    [right, left] as const,
  ]);
  const tied = new Set(
    pairs
      .flatMap(([own, other]) => (isOwn(other) ? [] : [aliasOf(own)]))
      .filter((alias) => alias !== undefined),
  );
  const [first] = reads;
  if (isView && tied.size === 0 && first !== undefined) tied.add(first.alias);
  for (let size = -1; size < tied.size; ) {
    size = tied.size;
    for (const [own, other] of pairs) {
      const [alias, through] = [aliasOf(own), aliasOf(other)];
      if (alias !== undefined && through !== undefined && tied.has(through)) tied.add(alias);
    }
  }
  return reads.filter(({ alias }) => !tied.has(alias));
}

function search(tokens: Token[], relations: TenantColumns, isView: boolean): Read[] {
  const within = ({ text, inner }: Token): Read[] => {
    if (inner !== undefined)
      return isSubQuery(inner) ? search(inner, relations, false) : inner.flatMap(within);
    // Dynamic SQL.
    return isString(text) ? search(parse(text.replace(quotes, '')), relations, false) : [];
  };
  return scopesOf(tokens).flatMap((scope) => [
    ...untiedReads(scope, relations, isView),
    ...scope.flatMap(within),
  ]);
}

/** The relations that are read without saying whose rows, each once. */
export function readsWithoutTenant(sql: string, relations: TenantColumns, { isView = false } = {}): string[] {
  return [...new Set(search(parse(sql), relations, isView).map(({ relation }) => relation))].sort();
}
