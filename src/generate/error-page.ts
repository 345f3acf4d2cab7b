import { errorTable } from '../database/errors.ts';
import { endpointCodes, errorCodes } from '../model/error-codes.ts';
import type { Generator } from './generator.ts';

const className = (code: string): string =>
  `${code.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}Error`;

function lineOf([code, meaning]: [string, string]): string {
  const entries = Object.entries(errorTable).filter(([, entry]) => entry.code === code);
  const statuses = [...new Set(entries.map(([, { httpStatus }]) => httpStatus))].join(', ');
  const states = entries.map(([sqlState]) => sqlState).join(' ');
  return `| \`${code}\` | ${meaning} | \`${className(code)}\` | ${statuses} | ${states} |`;
}

const page = `<!-- Generated from src/model/error-codes.ts and src/database/errors.ts by "npm run generate"; do not edit. -->
# Errors

Every refusal has a code, the same in TypeScript (\`error.code\` of a \`CommerceError\`) and in GraphQL (\`extensions.code\`). These come with it, where they apply:

| | |
|---|---|
| \`field\` | the argument or column, as it is spelled there, such as \`compareAtPrice\` or \`lines[0].productId\` |
| \`faults\` | of INVALID_INPUT, everything that is wrong and does not depend on another fault, each with \`field\` and a \`message\` that fits a form; the first is the error's own |
| \`hint\` | what to do about it |
| \`present\` | of VERSION_CONFLICT, the row as it is now, where the caller may see it |

The meanings below name what else an error carries, and the classes of TypeScript have its types. A message never holds values of rows.

| code | meaning | class | HTTP | SQLSTATE |
|---|---|---|---|---|
${Object.entries(errorCodes).map(lineOf).join('\n')}

The GraphQL endpoint has these as well:

| code | meaning |
|---|---|
${Object.entries(endpointCodes)
  .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  .join('\n')}
`;

/** The list of codes, for people. */
export const errorPage: Generator = {
  owns: ['docs/errors.md'],
  generate: async () => ({ 'docs/errors.md': page }),
};
