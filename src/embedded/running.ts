import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../operations/user-error.ts';

/** A server whose parent was killed begins to stop at once, and may then write for a while. */
const patience = { ready: 1_000, stopping: 60_000 };

function commandLine(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return '';
  }
  try {
    // Containers often lack ps, macOS lacks /proc.
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/**
 * Refuses a data folder that a live server works in, and clears away the lock file of a dead one: PostgreSQL
 * takes any process that meanwhile got the dead one's number for the server, in containers almost always.
 */
export async function refuseRunningServer(data: string): Promise<void> {
  const lockFile = join(data, 'postmaster.pid');
  const start = Date.now();
  while (existsSync(lockFile)) {
    // The number, six lines that do not matter here, and what the server is doing.
    const lines = (await readFile(lockFile, 'utf8')).split('\n');
    const pid = Number(lines[0]);
    const limit = lines[7]?.startsWith('stopping') ? patience.stopping : patience.ready;
    if (!commandLine(pid).includes(data)) {
      await rm(lockFile, { force: true });
    } else if (Date.now() - start > limit) {
      throw new UserError(`another server is running on ${data} (process ${pid}); stop it first`);
    } else {
      await sleep(100);
    }
  }
}
