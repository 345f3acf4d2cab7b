import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canReach, makePassage, serverOwner } from '../embedded/owner.ts';

/**
 * Where `ccdb dev` keeps its database and secrets: --data, or DATA_FOLDER, or .data in the current folder. Root's
 * server runs as an unprivileged user, who cannot enter a home like /root: then it is a folder of /var/lib.
 */
export async function dataFolder(flag: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const chosen = flag ?? env.DATA_FOLDER;
  if (chosen !== undefined) return resolve(chosen);
  const here = resolve('.data');
  if (await canReach(resolve('.'), serverOwner())) return here;
  return join(
    '/var/lib/conversational-commerce-db',
    createHash('sha256').update(here).digest('hex').slice(0, 12),
  );
}

/** The secret that signs and verifies tokens of this machine's own making: JWT_SECRET, or one kept in the folder. */
export async function tokenSecret(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  if (env.JWT_SECRET) return env.JWT_SECRET;
  const file = join(folder, 'token-secret');
  if (!existsSync(file)) {
    await makePassage(folder);
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFile(file, 'utf8');
}
