import { SafeError } from 'postgraphile/grafast';
import { Lexer, Source, TokenKind } from 'postgraphile/graphql';
import { limits } from './limits.ts';

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** The parser descends into each bracket until its stack is full; the lexer, which also knows texts, does not. */
function isNested(query: string): boolean {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      if (opening.has(kind)) depth += 1;
      if (closing.has(kind)) depth -= 1;
      if (depth > limits.maxBrackets) return true;
    }
  } catch {
    // What cannot be read is reported as such, further on.
  }
  return false;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

function tooComplex(message: string): SafeError {
  return new SafeError(message, { code: 'TOO_COMPLEX', statusCode: 400 });
}

/** Refuses a request that would be expensive or impossible to read, before it is read. */
export function refuseTooLarge(query: unknown, variables: unknown): void {
  if (typeof query === 'string') {
    if (query.length > limits.maxQueryLength) {
      throw tooComplex(`a query has at most ${limits.maxQueryLength} characters`);
    }
    if (isNested(query)) {
      throw tooComplex(`a query has at most ${limits.maxBrackets} brackets inside each other`);
    }
  }
  if (isDeeper(variables, limits.maxVariableDepth)) {
    throw tooComplex(`variables have at most ${limits.maxVariableDepth} levels`);
  }
}
