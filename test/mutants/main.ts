import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { databaseUrls } from '../../src/embedded/throw-away.ts';
import { templateName } from '../support/database.ts';
import { withTemplates } from '../support/templates.ts';
import { kinds, type Mutant } from './mutants.ts';

/**
 * `npm run test:mutants [KIND…] [-- --sample N --piece I/N --jobs N]`: alters one thing at a time in the catalogue of a copy of the
 * migrated database, runs the tests that claim it, and lists what survived. A mutant is killed when one of them fails.
 * Run it by hand: the whole takes hours of one core.
 */
const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    piece: { type: 'string', default: '1/1' },
    jobs: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '600' },
  },
  allowPositionals: true,
});

type Verdict = 'killed' | 'survived' | 'cannot be applied';

/** One file of tests on databases that are altered as they are copied. */
function runs(test: string, env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [test], {
      env: { ...env, TAP_BAIL: '1', TAP_TIMEOUT: '240' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}

async function judge(mutant: Mutant, env: NodeJS.ProcessEnv): Promise<Verdict> {
  for (const test of mutant.tests) {
    const { code, output } = await runs(test, {
      ...env,
      TEST_MUTANT: mutant.sql,
      ...(mutant.table === undefined ? {} : { TEST_TABLE: mutant.table }),
    });
    if (output.includes('the mutant cannot be applied')) return 'cannot be applied';
    if (code !== 0) return 'killed';
  }
  return 'survived';
}

/** So many of them, evenly spread. */
function sampleOf(all: Mutant[], size: number): Mutant[] {
  const step = Math.max(1, all.length / size);
  return Array.from({ length: Math.min(size, all.length) }, (_, i) => all[Math.floor(i * step)] as Mutant);
}

/** The I-th of N pieces, for runs of a bearable length. */
function pieceOf(all: Mutant[], piece: string): Mutant[] {
  const [number = 1, count = 1] = piece.split('/').map(Number);
  return all.slice(((number - 1) * all.length) / count, (number * all.length) / count);
}

/** Tries them all, in a fixed number of processes, until the time is over. */
async function tryAll(mutants: Mutant[], env: NodeJS.ProcessEnv): Promise<void> {
  const counts = new Map<string, Record<Verdict, number>>();
  const until = Date.now() + Number(values.minutes) * 60_000;
  const queue = [...mutants];
  const worker = async (): Promise<void> => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      if (Date.now() > until) {
        queue.unshift(mutant);
        return;
      }
      const verdict = await judge(mutant, env);
      const count = counts.get(mutant.kind) ?? { killed: 0, survived: 0, 'cannot be applied': 0 };
      count[verdict] += 1;
      counts.set(mutant.kind, count);
      if (verdict !== 'killed') console.log(`${verdict}: ${mutant.kind}: ${mutant.name}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
  console.table(Object.fromEntries(counts));
  if (queue.length > 0) console.log(`${queue.length} mutants were not tried: the time is over`);
}

async function chooseMutants(env: NodeJS.ProcessEnv): Promise<Mutant[]> {
  const { DATABASE_URL: url = '', TEST_DATABASE_PREFIX: prefix = '' } = env;
  const empty = templateName(prefix, 'empty');
  const pool = new pg.Pool({ connectionString: databaseUrls({ url }, empty, env).DATABASE_URL });
  try {
    const names = (positionals.length > 0 ? positionals : Object.keys(kinds)) as (keyof typeof kinds)[];
    const chosen: Mutant[] = [];
    for (const name of names) {
      const all = await kinds[name](pool);
      chosen.push(...(values.sample === undefined ? all : sampleOf(all, Number(values.sample))));
    }
    return pieceOf(chosen, values.piece);
  } finally {
    await pool.end();
  }
}

await withTemplates(process.env, async (env) => {
  const mutants = await chooseMutants(env);
  const claimed = [...new Set(mutants.flatMap(({ tests }) => tests))];
  const green = new Set<string>();
  for (const test of claimed) {
    // What fails anyway kills nothing.
    if ((await runs(test, env)).code === 0) green.add(test);
    else console.log(`${test} fails without any mutant, and is not asked`);
  }
  console.log(`${mutants.length} mutants, ${green.size} files of tests`);
  const asked = mutants.map((mutant) => ({
    ...mutant,
    tests: mutant.tests.filter((test) => green.has(test)),
  }));
  await tryAll(asked, env);
});
