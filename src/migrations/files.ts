import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../operations/user-error.ts';
import { type Statement, splitStatements } from './statements.ts';

/** The part of a migration after one of its markers; `firstLine` is its place in the file. */
export type Section = {
  sql: string;
  firstLine: number;
  inTransaction: boolean;
  statements: Statement[];
};

export type MigrationFile = {
  /** `0003_create_reference_data`, as the database remembers it. */
  name: string;
  fileName: string;
  path: string;
  number: number;
  text: string;
  checksum: string;
  lineDigests: string;
  up: Section;
  down: Section;
};

export const migrationsDirectory = fileURLToPath(new URL('../../migrations/', import.meta.url));

const fileNamePattern = /^(\d{4})_[a-z0-9_]+\.sql$/;
const digestLength = 6;

export function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** One short digest a line, so that the database can name the line that differs without keeping the text. */
export function lineDigests(text: string): string {
  return text
    .split('\n')
    .map((line) => checksum(line).slice(0, digestLength))
    .join('');
}

/** The first line, from 1, in which two texts differ. */
export function firstDifferingLine(digestsA: string, digestsB: string): number {
  let at = 0;
  while (at < digestsA.length && digestsA.charAt(at) === digestsB.charAt(at)) at += 1;
  return Math.floor(at / digestLength) + 1;
}

/** Text as it is in the repository, whatever line ends the checkout gave it. */
export async function readText(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
}

function markerLine(lines: string[], marker: string, fileName: string): number {
  const found = lines.flatMap((line, index) => (line === marker ? [index] : []));
  const [first, second] = found;
  if (first === undefined) {
    const pattern = new RegExp(`^\\s*-{2,}\\s*${marker.slice(3)}\\s*$`, 'i');
    const similar = lines.findIndex((line) => pattern.test(line));
    throw new UserError(
      similar < 0
        ? `${fileName}:1: the line "${marker}" is missing`
        : `${fileName}:${similar + 1}: write this line exactly as "${marker}"`,
    );
  }
  if (second !== undefined) {
    throw new UserError(`${fileName}:${second + 1}: a second line "${marker}"`);
  }
  return first;
}

function parseSection(lines: string[], start: number, end: number, fileName: string): Section {
  const body = lines.slice(start, end);
  const statements = splitStatements(body.join('\n'));
  const firstText = body.findIndex((line) => line.trim() !== '');
  const lone = body.indexOf('-- no transaction');
  if (lone >= 0 && lone !== firstText) {
    throw new UserError(
      `${fileName}:${start + lone + 1}: "-- no transaction" must be the first line of its section`,
    );
  }
  const inTransaction = lone < 0;
  const [first] = statements;
  if (inTransaction && first !== undefined) {
    if (!/^set\s+local\s+lock_timeout\b/i.test(first.text)) {
      throw new UserError(
        `${fileName}:${start + first.line}: a section begins with "set local lock_timeout = '2s';", so that it cannot queue everyone behind itself`,
      );
    }
    const control = statements.find(({ text }) =>
      /^(?:begin|commit|end|abort|start\s+transaction|rollback(?!\s+to\b))\b/i.test(text),
    );
    if (control !== undefined) {
      throw new UserError(
        `${fileName}:${start + control.line}: a section runs in one transaction and may not begin or end one`,
      );
    }
  }
  return { sql: `${body.join('\n')}\n`, firstLine: start + 1, inTransaction, statements };
}

export function parseMigration(path: string, fileName: string, text: string): MigrationFile {
  const lines = text.split('\n');
  const up = markerLine(lines, '-- Up Migration', fileName);
  const down = markerLine(lines, '-- Down Migration', fileName);
  if (down < up) throw new UserError(`${fileName}:${down + 1}: the Down section comes after the Up section`);
  const [stray] = splitStatements(lines.slice(0, up).join('\n'));
  if (stray !== undefined) {
    throw new UserError(`${fileName}:${stray.line}: a statement before "-- Up Migration" would never run`);
  }
  const file = {
    name: nameOf(fileName),
    fileName,
    path,
    number: Number(fileName.slice(0, 4)),
    text,
    checksum: checksum(text),
    lineDigests: lineDigests(text),
    up: parseSection(lines, up + 1, down, fileName),
    down: parseSection(lines, down + 1, lines.length, fileName),
  };
  if (file.up.statements.length === 0) {
    throw new UserError(`${fileName}:${up + 1}: the Up section has no statement`);
  }
  return file;
}

/** The files of a folder that are migrations, in the order of their numbers. */
async function migrationFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names.filter((name) => name.endsWith('.sql') && !name.startsWith('.')).sort();
}

const nameOf = (fileName: string): string => fileName.replace(/\.sql$/, '');

/** The names of the package's migrations, which nobody needs to read for it. */
export async function migrationNames(): Promise<string[]> {
  return (await migrationFiles(migrationsDirectory)).map(nameOf);
}

/** The checksums of the package's migrations by their names. */
export async function migrationChecksums(): Promise<Map<string, string>> {
  const fileNames = await migrationFiles(migrationsDirectory);
  return new Map(
    await Promise.all(
      fileNames.map(async (fileName): Promise<[name: string, checksum: string]> => {
        return [nameOf(fileName), checksum(await readText(join(migrationsDirectory, fileName)))];
      }),
    ),
  );
}

/** Every migration of a folder, in the order of their numbers. */
export async function readMigrations(directory = migrationsDirectory): Promise<MigrationFile[]> {
  const files: MigrationFile[] = [];
  for (const fileName of await migrationFiles(directory)) {
    if (!fileNamePattern.test(fileName)) {
      throw new UserError(
        `${fileName}: a migration is named NNNN_verb_object.sql, like 0007_add_order_note.sql`,
      );
    }
    const path = join(directory, fileName);
    const file = parseMigration(path, fileName, await readText(path));
    const before = files.at(-1);
    if (before?.number === file.number) {
      throw new UserError(`${fileName}: has the number of ${before.fileName}; each migration needs its own`);
    }
    files.push(file);
  }
  return files;
}
