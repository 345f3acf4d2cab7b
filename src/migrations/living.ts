import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../operations/user-error.ts';
import { type MigrationFile, readText } from './files.ts';
import { type Makings, readMakings } from './objects.ts';

/** The present text of functions, triggers, views or policies, and what it makes. */
export type LivingFile = { path: string; text: string; makings: Makings; requires: string[] };

export const packageDirectory = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The order in which living files are applied; alphabetical by the file's name inside a rank, except for
 * `-- Requires:`. A rank may be divided into rooms, folders that show a reader where to look and have no other meaning.
 */
const ranks = ['functions/internal', 'functions/audit', 'functions/api/views', 'functions/api', 'policies'];

/** The rank of the file's folder, or of the nearest one above it that has one; -1 without any. */
function rank(path: string): number {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const found = ranks.indexOf(folder);
  return found >= 0 || !folder.includes('/') ? found : rank(folder);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function parseLivingFile(path: string, text: string): LivingFile {
  if (!text.endsWith('\n')) throw new UserError(`${path}: the last line has no line end`);
  const makings = readMakings(text);
  if (makings.undo.length === 0) {
    throw new UserError(`${path}: no statement makes anything that a Down could remove`);
  }
  const requires = [...text.matchAll(/^-- Requires: (\S+)$/gm)].map(([, required]) => required as string);
  return { path, text, makings, requires };
}

/** Puts files in the order of application: by rank, but after what they require. */
export function inOrder(files: Iterable<LivingFile>): LivingFile[] {
  const sorted = [...files].sort(
    (a, b) => rank(a.path) - rank(b.path) || (fileName(a.path) < fileName(b.path) ? -1 : 1),
  );
  const byPath = new Map(sorted.map((file) => [file.path, file]));
  const placed = new Set<LivingFile>();
  const visit = (file: LivingFile, dependants: string[]) => {
    if (placed.has(file)) return;
    if (dependants.includes(file.path)) {
      throw new UserError(`${file.path}: requires itself, by way of ${dependants.join(', ')}`);
    }
    for (const path of file.requires) {
      const required = byPath.get(path);
      if (required !== undefined) visit(required, [...dependants, file.path]);
    }
    placed.add(file);
  };
  for (const file of sorted) visit(file, []);
  return [...placed];
}

/** Every living file of the package, in the order of application. */
export async function readLivingFiles(root = packageDirectory): Promise<LivingFile[]> {
  const files: LivingFile[] = [];
  const tops = ['functions', 'policies'].filter((top) => existsSync(join(root, top)));
  for (const top of tops) {
    for (const found of await readdir(join(root, top), { recursive: true })) {
      if (!found.endsWith('.sql')) continue;
      const path = `${top}/${found.replaceAll('\\', '/')}`;
      if (rank(path) < 0) throw new UserError(`${path}: living files are in ${ranks.join(', ')}`);
      files.push(parseLivingFile(path, await readText(join(root, path))));
    }
  }
  const paths = new Set(files.map(({ path }) => path));
  for (const { path, requires } of files) {
    const missing = requires.find((required) => !paths.has(required));
    if (missing !== undefined) throw new UserError(`${path}: requires ${missing}, which does not exist`);
  }
  return inOrder(files);
}

/** A living file as a migration carries it. */
export function embed({ path, text }: LivingFile): string {
  return `-- from ${path}\n${text}-- end ${path}\n`;
}

/** How a migration says that it removes a living file. */
export function embedRemoval(file: LivingFile): string {
  return `-- removed ${file.path}\n${undo(file)}`;
}

/** The SQL that takes back all that a living file makes. */
export function undo({ makings }: LivingFile): string {
  return `${makings.undo.join('\n')}\n`;
}

/** What the Up section of a migration does to living files, in its order; undefined is a removal. */
export function embeddedIn(migration: MigrationFile): Map<string, LivingFile | undefined> {
  const found = new Map<string, LivingFile | undefined>();
  const { sql, firstLine } = migration.up;
  const pattern =
    /^-- (?:from (?<from>\S+)\n(?<text>[\s\S]*?)^-- end (?<end>\S+)|removed (?<removed>\S+))$/gm;
  for (const match of sql.matchAll(pattern)) {
    const { from, text, end, removed } = match.groups as Record<string, string | undefined>;
    if (removed !== undefined) {
      found.set(removed, undefined);
    } else if (from !== undefined && text !== undefined) {
      if (from !== end) {
        const line = firstLine + sql.slice(0, match.index).split('\n').length - 1;
        throw new UserError(`${migration.fileName}:${line}: "-- from ${from}" is closed by "-- end ${end}"`);
      }
      found.set(from, parseLivingFile(from, text));
    }
  }
  return found;
}

/** The living files as they are once these migrations have run. */
export function embeddedAfter(migrations: MigrationFile[]): Map<string, LivingFile> {
  const state = new Map<string, LivingFile>();
  for (const migration of migrations) {
    for (const [path, file] of embeddedIn(migration)) {
      if (file === undefined) state.delete(path);
      else state.set(path, file);
    }
  }
  return state;
}
