import type { DatabaseUrls } from '../embedded/throw-away.ts';

/** What a generator is given: a fresh, migrated database on PostgreSQL 18, and the package's folder. */
export type Scene = { urls: DatabaseUrls; root: string };

/** Makes committed files from the schema; main.ts writes them, or compares them with what is committed. */
export type Generator = {
  /** Globs of every file that is this generator's; what it no longer makes is removed. */
  owns: string[];
  /** The files by path from the package's folder. */
  generate(scene: Scene): Promise<Record<string, string>>;
};
