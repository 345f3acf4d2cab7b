#!/usr/bin/env -S node --max-semi-space-size=8
import { parseArgs } from 'node:util';
import { endWithNpm } from '../embedded/guardian.ts';
import { readLedger } from '../migrations/ledger.ts';
import { withClient } from '../operations/client.ts';
import { type Command, UserError } from './command.ts';

/** Each command is loaded when it is called: the modules of all take a tenth of a second. */
const commands: Record<string, () => Promise<Command>> = {
  dev: async () => (await import('./dev.ts')).dev,
  up: async () => (await import('./up.ts')).up,
  down: async () => (await import('./down.ts')).down,
  status: async () => (await import('./status.ts')).status,
  plan: async () => (await import('./plan.ts')).plan,
  new: async () => (await import('./new.ts')).newMigration,
  seed: async () => (await import('./seed.ts')).seed,
  serve: async () => (await import('./serve.ts')).serve,
  worker: async () => (await import('./worker.ts')).worker,
  audit: async () => (await import('./audit.ts')).audit,
  partitions: async () => (await import('./partitions.ts')).partitions,
  token: async () => (await import('./token.ts')).token,
  persist: async () => (await import('./persist.ts')).persist,
  schema: async () => (await import('./schema.ts')).schema,
  'with-database': async () => (await import('./with-database.ts')).withDatabase,
};

async function help(): Promise<string> {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  ${name.padEnd(width)}  ${(await load()).summary}`,
    ),
  );
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
    console.log(await help());
    if (name === undefined) process.exitCode = 1;
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) throw new UserError(`unknown command ${name}; ccdb --help lists them`);
  const command = await load();
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
