import type { ParseArgsConfig } from 'node:util';

export { UserError } from '../operations/user-error.ts';

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** One command of `ccdb`; main.ts parses the flags by `options` and calls `run`. */
export type Command = {
  summary: string;
  usage: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** What follows the flags is another program and its arguments, which are not ours to parse. */
  takesProgram?: true;
  run(args: { values: Values; positionals: string[]; env: NodeJS.ProcessEnv }): Promise<void>;
};
