import pg from 'pg';
import type { Files } from '../../src/migrations/changes.ts';
import { alterLivingFiles } from '../../src/migrations/generate.ts';
import { describeError, sessionSettings } from '../../src/migrations/index.ts';
import { withClient } from '../../src/operations/client.ts';
import { UserError } from '../../src/operations/user-error.ts';

/** A database, and the living files as they stand in it. */
export class Target {
  readonly url: string;
  files: Files;

  constructor(url: string, files: Files) {
    this.url = url;
    this.files = files;
  }

  /**
   * Brings the database from its files to these in one transaction; returns each path with the reason. Throws a
   * UserError with all that PostgreSQL says: then nothing has changed.
   */
  async apply(after: Files): Promise<Map<string, string>> {
    const { sql, reasons } = alterLivingFiles(this.files, after);
    if (reasons.size > 0) {
      await withClient(this.url, async (client) => {
        await client.query(sessionSettings);
        const text = `begin;\n${sql}commit;`;
        await client.query(text).catch((error) => {
          throw explain(text, error);
        });
      });
    }
    this.files = after;
    return reasons;
  }
}

/** The error with its place in the file that was saved. */
function explain(text: string, error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const { code, severity, position } = error;
  const place = position === undefined ? '' : `${placeOf(text, Number(position))}: `;
  return new UserError(`${place}${severity} ${code}: ${describeError(error)}`, { cause: error });
}

/** The living file and the line in it that hold the character; PostgreSQL counts from 1. */
function placeOf(text: string, position: number): string {
  const lines = Array.from(text)
    .slice(0, position - 1)
    .join('')
    .split('\n');
  const head = lines.findLastIndex((line) => line.startsWith('-- from '));
  return `${lines[head]?.slice('-- from '.length)}:${lines.length - 1 - head}`;
}
