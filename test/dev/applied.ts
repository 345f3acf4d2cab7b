import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from '../../src/migrations/changes.ts';
import { parseLivingFile } from '../../src/migrations/living.ts';
import { withClient } from '../../src/operations/client.ts';

/** A name of the database as its migrations left it: one that was made anew or migrated has another. */
async function stateOf(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ state: string }>(
      `select concat_ws('/', s.system_identifier, d.oid, (select string_agg(m::text, '' order by m.name) from ccdb.migrations as m)) as state
         from pg_control_system() as s, pg_database as d where d.datname = current_database()`,
    );
    return createHash('sha256')
      .update(rows[0]?.state ?? '')
      .digest('hex')
      .slice(0, 16);
  });
}

/** Where an earlier run noted what it applied to the development database beyond its migrations. */
export async function noteOf(root: string, url: string): Promise<string> {
  return join(root, 'node_modules/.cache/ccdb-dev', `${await stateOf(url)}.json`);
}

/** The living files as the earlier run left them in the database, or as its migrations carry them. */
export async function readNote(note: string, carried: Files): Promise<Files> {
  if (!existsSync(note)) return carried;
  const texts: [path: string, text: string][] = JSON.parse(await readFile(note, 'utf8'));
  return new Map(texts.map(([path, text]) => [path, parseLivingFile(path, text)]));
}

export async function writeNote(note: string, files: Files): Promise<void> {
  await mkdir(dirname(note), { recursive: true });
  await writeFile(note, JSON.stringify([...files.values()].map(({ path, text }) => [path, text])));
}
