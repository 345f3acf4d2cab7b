import { parseArgs } from 'node:util';
import pg from 'pg';
import { databaseUrls } from '../../src/embedded/throw-away.ts';
import { templateName } from '../support/database.ts';
import { withTemplates } from '../support/templates.ts';
import { equivalent } from './equivalent.ts';
import { kinds, type Mutant } from './mutants.ts';
import { Stage } from './stage.ts';

/**
 * `npm run test:mutants [KIND…] [-- --only PATTERN --sample N --jobs N --minutes N --why]`: alters one thing at a
 * time in the catalogue of a migrated database, runs the tests that claim it, and lists what survived. A mutant
 * is killed when one of them fails. Each file of tests is kept warm, so a mutant takes about a second. Run it by hand.
 */
const { values, positionals } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    sample: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    why: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

const verdicts = ['tried', 'killed', 'equivalent', 'survived', 'cannot be applied'] as const;
const counts: Record<string, Record<(typeof verdicts)[number], number>> = {};

function count({ kind }: Mutant, verdict: (typeof verdicts)[number]): void {
  counts[kind] ??= Object.fromEntries(verdicts.map((each) => [each, 0])) as (typeof counts)[string];
  counts[kind][verdict] += 1;
}

/** So many of them, evenly spread. */
function sampleOf(all: Mutant[], size: number): Mutant[] {
  const step = Math.max(1, all.length / size);
  return Array.from({ length: Math.min(size, all.length) }, (_, i) => all[Math.floor(i * step)] as Mutant);
}

async function chooseMutants(env: NodeJS.ProcessEnv): Promise<Mutant[]> {
  const { DATABASE_URL: url = '', TEST_DATABASE_PREFIX: prefix = '' } = env;
  const empty = templateName(prefix, 'empty');
  const pool = new pg.Pool({ connectionString: databaseUrls({ url }, empty, env).DATABASE_URL });
  try {
    const names = (positionals.length > 0 ? positionals : Object.keys(kinds)) as (keyof typeof kinds)[];
    const chosen: Mutant[] = [];
    for (const name of names) {
      const all = (await kinds[name](pool)).filter((mutant) => new RegExp(values.only).test(mutant.name));
      chosen.push(...(values.sample === undefined ? all : sampleOf(all, Number(values.sample))));
    }
    return chosen;
  } finally {
    await pool.end();
  }
}

async function judge(mutant: Mutant, stageOf: (test: string) => Stage): Promise<void> {
  count(mutant, 'tried');
  for (const test of mutant.tests) {
    const answer = await stageOf(test).ask(mutant);
    if (answer === 'survived') continue;
    count(mutant, answer === 'cannot be applied' ? answer : 'killed');
    if (answer === 'cannot be applied') console.log(`${answer}: ${mutant.kind}: ${mutant.name}`);
    else if (values.why) console.log(`killed: ${mutant.kind}: ${mutant.name}\n  ${test}: ${answer.killedBy}`);
    return;
  }
  const reason = equivalent[`${mutant.kind}: ${mutant.name}`];
  count(mutant, reason === undefined ? 'survived' : 'equivalent');
  if (reason === undefined) console.log(`survived: ${mutant.kind}: ${mutant.name}`);
}

/** One after another, each file of tests in its own process, until the time is over. */
async function work(queue: Mutant[], env: NodeJS.ProcessEnv, until: number): Promise<void> {
  const stages = new Map<string, Stage>();
  const stageOf = (test: string): Stage => {
    const stage = stages.get(test) ?? new Stage(test, env);
    stages.set(test, stage);
    return stage;
  };
  try {
    while (Date.now() < until) {
      const mutant = queue.shift();
      if (mutant === undefined) return;
      await judge(mutant, stageOf);
    }
  } finally {
    for (const stage of stages.values()) stage.close();
  }
}

await withTemplates(process.env, async (env) => {
  const queue = await chooseMutants(env);
  console.log(`${queue.length} mutants`);
  const until = Date.now() + Number(values.minutes) * 60_000;
  await Promise.all(Array.from({ length: Number(values.jobs) }, () => work(queue, env, until)));
  console.table(counts);
  if (queue.length > 0) console.log(`${queue.length} mutants were not tried: the time is over`);
});
