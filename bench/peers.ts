/** Others' code to compare with, fetched into a temporary folder when it can be, and never a part of this project. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder, filled by the command, or nothing where the command fails; it goes when this process ends. */
async function fetched(command: string, args: (folder: string) => string[]): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'ccdb-peer-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  try {
    await run(command, args(folder), { cwd: folder, timeout: 180_000 });
    return folder;
  } catch {
    return undefined;
  }
}

/** A repository at its newest state. */
export const cloned = (url: string) =>
  fetched('git', (folder) => ['clone', '-q', '--depth', '1', url, folder]);

/** The revision of a repository. */
export const revision = async (folder: string): Promise<string> =>
  (await run('git', ['-C', folder, 'rev-parse', '--short', 'HEAD'])).stdout.trim();

/** A folder whose node_modules have the packages. */
export const installed = (...packages: string[]) =>
  fetched('npm', (folder) => [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    ...packages,
  ]);
