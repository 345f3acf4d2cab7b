/**
 * The benchmarks, each with its limit and its peers, as one report in Markdown on standard output:
 *   npm run -s bench > report.md
 *   npm run -s bench hot_product audit_seal
 * A limit that is missed ends with exit code 1. Sides that are compared take turns in one run, so that what else the
 * machine does hits both.
 */
import own from '../package.json' with { type: 'json' };
import { openThrowAwayServer } from '../src/embedded/throw-away.ts';
import { withClient } from '../src/operations/client.ts';
import { isKept, type Measured, report, type Section } from './report.ts';
import { onStage, type Stage } from './stage.ts';

type Benchmark = { title: string; run(stage: Stage): Promise<Measured> };

const benchmarks: Record<string, () => Promise<{ benchmark: Benchmark }>> = {
  tenant_read: () => import('./tenant_read.ts'),
  buffers: () => import('./buffers.ts'),
  triggers: () => import('./triggers.ts'),
  audit: () => import('./audit.ts'),
  hot_product: () => import('./hot_product.ts'),
  hot_orders: () => import('./hot_orders.ts'),
  orders: () => import('./orders.ts'),
  writes: () => import('./writes.ts'),
  typed: () => import('./typed.ts'),
  audit_seal: () => import('./audit_seal.ts'),
  graphql: () => import('./graphql.ts'),
  memory: () => import('./memory.ts'),
  start: () => import('./start.ts'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: there are ${Object.keys(benchmarks).join(', ')}`);
  process.exit(1);
}

// What is compared is stored durably, which throw-away servers otherwise leave out.
const durable = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];
const server = await openThrowAwayServer(process.env.DATABASE_URL, durable);
try {
  const sections: Section[] = [];
  for (const [name, open] of Object.entries(benchmarks)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.error(`${name} …`);
    const { benchmark } = await open();
    // One that fails leaves the others to be reported.
    const measured = await onStage(server, (stage) => benchmark.run(stage)).catch((error: unknown) => {
      console.error(error);
      return { figures: [], failure: String(error) };
    });
    sections.push({ title: benchmark.title, ...measured });
  }
  const version = await withClient(server.url, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'unknown';
  });
  const versions = { PostgreSQL: version, Node: process.versions.node, pg: own.dependencies.pg };
  console.log(report(sections, versions));
  if (!sections.every(isKept)) process.exitCode = 1;
} finally {
  await server.close();
}
