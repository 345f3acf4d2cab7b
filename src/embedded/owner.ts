import { existsSync } from 'node:fs';
import { chmod, chown, lchown, mkdir, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../operations/user-error.ts';

/** The user that the server runs as, where that is not the user of this process. */
export type Owner = { uid: number; gid: number };

/** PostgreSQL refuses to run as root; this user owns nothing else, and needs no account of its own. */
const nobody: Owner = { uid: 65534, gid: 65534 };

export function serverOwner(): Owner | undefined {
  return process.getuid?.() === 0 ? nobody : undefined;
}

/** Whether the owner gets to what lies in a folder: each folder on the way must let others pass. */
export async function canReach(folder: string, owner: Owner | undefined): Promise<boolean> {
  if (owner === undefined) return true;
  for (let step = folder; ; step = dirname(step)) {
    if (existsSync(step) && ((await stat(step)).mode & 0o001) === 0) return false;
    if (step === dirname(step)) return true;
  }
}

/** The system's temporary folder; for root one that others reach as well, whatever TMPDIR says. */
export async function reachableTemporaryFolder(owner: Owner | undefined): Promise<string> {
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await canReach(folder, owner)) return folder;
  }
  throw new UserError('an unprivileged user must reach /tmp or /var/tmp: the server cannot run as root');
}

/** Makes a folder that others may pass through but not list, whatever the umask. */
export async function makePassage(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder !== dirname(first); folder = dirname(folder)) await chmod(folder, 0o711);
}

/** Makes a folder that belongs to the owner, closed to everyone else. */
export async function makeOwnFolder(path: string, owner: Owner | undefined): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (owner !== undefined) await chown(path, owner.uid, owner.gid);
}

/** Hands a whole folder over, readable whatever the umask was when it was made. */
export async function giveTo(folder: string, owner: Owner | undefined): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(path, owner);
    else if (owner !== undefined) await lchown(path, owner.uid, owner.gid);
  }
  await chmod(folder, 0o700);
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
}
