/** A statement of a script; `line` counts from 1 within it, and `text` begins at the statement itself. */
export type Statement = { text: string; line: number };

const quotedIdentifier = /"[^"]*(?:""[^"]*)*"/y;
const plainString = /'[^']*(?:''[^']*)*'/y;
const escapeString = /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const space = /\s+/y;

function blockCommentEnd(sql: string, start: number): number {
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
  return at;
}

function lineEnd(sql: string, start: number): number {
  const end = sql.indexOf('\n', start);
  return end < 0 ? sql.length : end;
}

/**
 * Splits a script at the semicolons that end statements: not those in strings, comments, dollar
 * quotes, parentheses or the BEGIN ATOMIC body of a SQL function. What is not closed runs to the
 * end of the script; the server says what is wrong with it.
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

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  };
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

  while (at < sql.length) {
    if (sql.startsWith('--', at)) {
      at = lineEnd(sql, at);
      continue;
    }
    if (sql.startsWith('/*', at)) {
      at = blockCommentEnd(sql, at);
      continue;
    }
    const blank = match(space);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const character = sql.charAt(at);
    if (character === ';' && parentheses === 0 && blocks === 0) {
      at += 1;
      finish(at);
      continue;
    }
    if (start < 0) start = at;

    const quoted = match(escapeString) ?? match(plainString) ?? match(quotedIdentifier);
    if (quoted !== undefined) {
      at += quoted.length;
      continue;
    }
    const tag = match(dollarTag);
    if (tag !== undefined) {
      const end = sql.indexOf(tag, at + tag.length);
      at = end < 0 ? sql.length : end + tag.length;
      continue;
    }
    const name = match(word)?.toLowerCase();
    if (name !== undefined) {
      at += name.length;
      words.push(name);
      if (blocks === 0) {
        if (name === 'atomic' && words.at(-2) === 'begin' && words[0] === 'create') blocks = 1;
      } else if (name === 'case' || name === 'begin') {
        blocks += 1;
      } else if (name === 'end') {
        blocks -= 1;
      }
      continue;
    }
    if (character === '(') parentheses += 1;
    if (character === ')') parentheses -= 1;
    at += 1;
  }
  finish(sql.length);
  return statements;
}
