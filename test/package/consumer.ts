import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));

/** Compiles as the strictest consumer would. */
const strict = {
  target: 'es2022',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  types: ['node'],
};

export type Output = { code: number; stdout: string; output: string };

/** Runs a program; how it ended is for the caller to judge. */
export async function run(
  program: string,
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<Output> {
  // What npm tells the scripts of this repository is not for another project.
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name));
  return new Promise((resolve) => {
    execFile(
      // tap adds its loaders to whatever is started, past the environment given here.
      'env',
      ['-u', 'NODE_OPTIONS', program, ...args],
      { cwd, env: { ...Object.fromEntries(own), ...env }, maxBuffer: 64e6 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout: out, output: `${out}${err}` });
      },
    );
  });
}

/** Runs a program that must succeed, and returns what it wrote to standard output. */
export async function succeed(program: string, args: string[], options: Parameters<typeof run>[2]) {
  const { code, stdout, output } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${output}`);
  return stdout;
}

export type Packed = {
  path: string;
  size: number;
  files: { path: string; size: number }[];
};

export async function temporaryFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ccdb-package-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What `npm publish` would send. */
export async function pack(t: Test): Promise<Packed> {
  const folder = await temporaryFolder(t);
  const output = await succeed('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  const [{ filename, size, files }] = JSON.parse(output.slice(output.indexOf('[')));
  return { path: join(folder, filename), size, files };
}

/** A fresh project that has installed the package and nothing of this repository. */
export async function makeConsumer(t: Test, { path }: Packed, packages: string[] = []): Promise<string> {
  const folder = await temporaryFolder(t);
  const manifest = { name: 'consumer', private: true, type: 'module' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await cp(join(root, 'examples/backend.ts'), join(folder, 'backend.ts'));
  await cp(fixtures, folder, { recursive: true });
  await succeed('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', path, ...packages], {
    cwd: folder,
  });
  return folder;
}

/** Compiles the consumer's files with its own compiler, into out/. */
export async function compile(
  folder: string,
  {
    program = join(folder, 'node_modules/.bin/tsc'),
    ...options
  }: { program?: string; [option: string]: unknown },
): Promise<Output> {
  const project = join(folder, 'tsconfig.json');
  const compilerOptions = { ...strict, rootDir: '.', outDir: 'out', ...options };
  await mkdir(dirname(project), { recursive: true });
  await writeFile(project, JSON.stringify({ compilerOptions, files: ['backend.ts', 'types.ts', 'walk.ts'] }));
  return run(program, ['-p', project], { cwd: folder });
}
