#!/usr/bin/env -S node --max-semi-space-size=8
import { parseArgs } from 'node:util';
import { endWithNpm } from '../embedded/guardian.ts';
import { readLedger } from '../migrations/ledger.ts';
import { withClient } from '../operations/client.ts';
import { audit } from './audit.ts';
import { type Command, UserError } from './command.ts';
import { dev } from './dev.ts';
import { down } from './down.ts';
import { newMigration } from './new.ts';
import { partitions } from './partitions.ts';
import { persist } from './persist.ts';
import { plan } from './plan.ts';
import { schema } from './schema.ts';
import { seed } from './seed.ts';
import { serve } from './serve.ts';
import { status } from './status.ts';
import { token } from './token.ts';
import { up } from './up.ts';
import { withDatabase } from './with-database.ts';
import { worker } from './worker.ts';

const commands: Record<string, Command> = {
  dev,
  up,
  down,
  status,
  plan,
  new: newMigration,
  seed,
  serve,
  worker,
  audit,
  partitions,
  token,
  persist,
  schema,
  'with-database': withDatabase,
};

function help(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: ccdb COMMAND [flags]\n\n${lines.join('\n')}\n\nccdb COMMAND --help says more.`;
}

function commandHelp({ usage, summary }: Command): string {
  return `Usage: ${usage}\n\n${summary[0]?.toUpperCase()}${summary.slice(1)}.`;
}

/** The flags before the other program, and that program with its arguments. */
function splitProgram(args: string[]): [string[], string[]] {
  const first = args.findIndex((arg) => arg === '--' || !arg.startsWith('-'));
  if (first < 0) return [args, []];
  return [args.slice(0, first), args.slice(args[first] === '--' ? first + 1 : first)];
}

function parse(command: Command, args: string[]) {
  const [flags, program] = command.takesProgram ? splitProgram(args) : [args, []];
  const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: flags, options, allowPositionals: true });
    return { values, positionals: [...positionals, ...program] };
  } catch (error) {
    // The rest of the message is advice on positional arguments.
    const [sentence] = (error as Error).message.split('. ');
    throw new UserError(`${sentence}; see ${command.usage.split(' ', 2).join(' ')} --help`, { cause: error });
  }
}

async function main([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(help());
    if (name === undefined) process.exitCode = 1;
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UserError(`unknown command ${name}; ccdb --help lists them`);
  const { values, positionals } = parse(command, args);
  if (values.help) console.log(commandHelp(command));
  else await command.run({ values, positionals, env: process.env });
}

const signsOfMissingRole = ['28000', '28P01', '22023', '42501', '42704'];

function isOfMissingRole(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as Error & { code?: string };
  return signsOfMissingRole.includes(code ?? '') || isOfMissingRole(cause);
}

/** A login that is refused may be one that a restore has left out: the owner's connection, where it is known, tells. */
async function explain(error: unknown): Promise<unknown> {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL === undefined || !isOfMissingRole(error)) return error;
  return withClient(DATABASE_URL, readLedger).then(
    () => error,
    (reason) => (isOfMissingRole(reason) ? error : reason),
  );
}

/** What a user can mend is one line; anything else is a defect, and its stack helps to find it. */
function describe(error: unknown): unknown {
  if (error instanceof UserError) return `ccdb: ${error.message}`;
  const isSystemError = error instanceof Error && 'syscall' in error;
  return isSystemError ? `ccdb: ${error.message}` : error;
}

endWithNpm();
try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(await explain(error)));
  process.exitCode = 1;
}
