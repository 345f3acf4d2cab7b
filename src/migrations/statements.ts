/** A statement of a script; `line` counts from 1 within it, and `text` begins at the statement itself. */
export type Statement = { text: string; line: number };

type Token = { kind: 'space' | 'comment' | 'string' | 'word' | 'symbol'; text: string };

const patterns: [Token['kind'], RegExp][] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*/y],
  ['string', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['string', /'[^']*(?:''[^']*)*'/y],
  ['word', /"[^"]*(?:""[^"]*)*"/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
];
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

function matchAt(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
}

function blockComment(sql: string, start: number): string {
  let depth = 0;
  let at = start;
  do {
    if (sql.startsWith('/*', at)) {
      depth += 1;
      at += 2;
    } else if (sql.startsWith('*/', at)) {
      depth -= 1;
      at += 2;
    } else {
      at += 1;
    }
  } while (depth > 0 && at < sql.length);
  return sql.slice(start, at);
}

function dollarQuoted(sql: string, at: number): string | undefined {
  const tag = matchAt(dollarTag, sql, at);
  if (tag === undefined) return undefined;
  const end = sql.indexOf(tag, at + tag.length);
  return sql.slice(at, end < 0 ? sql.length : end + tag.length);
}

/** The tokens of a script. What is not closed runs to its end; the server says what is wrong with it. */
function* tokens(sql: string): Generator<Token> {
  for (let at = 0; at < sql.length; ) {
    const token = readToken(sql, at);
    at += token.text.length;
    yield token;
  }
}

function readToken(sql: string, at: number): Token {
  if (sql.startsWith('/*', at)) return { kind: 'comment', text: blockComment(sql, at) };
  for (const [kind, pattern] of patterns) {
    const text = matchAt(pattern, sql, at);
    if (text !== undefined) return { kind, text };
  }
  const quoted = dollarQuoted(sql, at);
  return quoted === undefined ? { kind: 'symbol', text: sql.charAt(at) } : { kind: 'string', text: quoted };
}

/** The script with comments and strings, function bodies among them, as blanks: places stay what they were. */
export function withoutStrings(sql: string): string {
  return blank(sql, (text) => text.replace(/[^\n]/g, ' '));
}

/** The same, but what stands between dollar quotes is code as well, without its own strings. */
export function code(sql: string): string {
  return blank(sql, (text) =>
    text.startsWith('$')
      ? withoutStrings(text.replace(/^\$\w*\$|\$\w*\$$/g, (tag) => ' '.repeat(tag.length)))
      : "''",
  );
}

function blank(sql: string, string: (text: string) => string): string {
  const parts: string[] = [];
  for (const { kind, text } of tokens(sql)) {
    if (kind === 'string') parts.push(string(text));
    else parts.push(kind === 'comment' ? text.replace(/[^\n]/g, ' ') : text);
  }
  return parts.join('');
}

/**
 * Splits a script at the semicolons that end statements: not those in strings, comments, dollar
 * quotes, parentheses or the BEGIN ATOMIC body of a SQL function.
 */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = [];
  let start = -1;
  let line = 1;
  let counted = 0;
  let parentheses = 0;
  let blocks = 0;
  let words: string[] = [];
  let at = 0;

  const finish = (end: number) => {
    if (start >= 0) {
      line += sql.slice(counted, start).split('\n').length - 1;
      counted = start;
      statements.push({ text: sql.slice(start, end), line });
    }
    start = -1;
    parentheses = 0;
    blocks = 0;
    words = [];
  };

  for (const { kind, text } of tokens(sql)) {
    const begin = at;
    at += text.length;
    if (kind === 'space' || kind === 'comment') continue;
    if (text === ';' && parentheses === 0 && blocks === 0) {
      finish(at);
      continue;
    }
    if (start < 0) start = begin;
    if (text === '(') parentheses += 1;
    if (text === ')') parentheses -= 1;
    if (kind !== 'word' || text.startsWith('"')) continue;

    const name = text.toLowerCase();
    words.push(name);
    if (blocks === 0) {
      if (name === 'atomic' && words.at(-2) === 'begin' && words[0] === 'create') blocks = 1;
    } else if (name === 'case' || name === 'begin') {
      blocks += 1;
    } else if (name === 'end') {
      blocks -= 1;
    }
  }
  finish(sql.length);
  return statements;
}
