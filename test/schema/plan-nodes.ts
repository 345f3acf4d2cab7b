import type pg from 'pg';

export type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Filter?: string;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  'WAL Bytes'?: number;
  Plans?: Plan[];
};

/** A role and its session. */
export type Asker = { role: string; session: string };

/** How many rows the node looked at, those that it threw away included. */
export function rowsRead(node: Plan): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
}

const pagesWithin = (node: Plan): number =>
  (node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0);

/** How many pages a scan looked at each time: an index may be walked from end to end for a single row. */
export function pagesRead(node: Plan): number {
  // Others have those of the functions and triggers that they call, as has a scan whose filter calls one.
  if (node['Index Name'] === undefined && node['Node Type'] !== 'Seq Scan') return 0;
  if (/\b(internal|api)\.\w+\(/.test(node.Filter ?? '')) return 0;
  const ofOthers = (node.Plans ?? []).reduce((sum, each) => sum + pagesWithin(each), 0);
  return (pagesWithin(node) - ofOthers) / Math.max(node['Actual Loops'], 1);
}

/** The nodes that read more rows or pages than that, for a message. */
export function readersOf(
  nodes: Plan[],
  { rows, pages = Number.POSITIVE_INFINITY }: { rows: number; pages?: number },
): string[] {
  return nodes
    .filter((node) => rowsRead(node) > rows || pagesRead(node) > pages)
    .map((node) =>
      [
        node['Node Type'],
        node['Relation Name'] ?? '',
        node['Index Name'] ?? '',
        `${rowsRead(node)} rows, ${pagesRead(node)} pages`,
      ]
        .filter((each) => each !== '')
        .join(' '),
    );
}

/** The node and all below it. */
const allNodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(allNodes)];

export async function enter(client: pg.ClientBase, { role, session }: Asker): Promise<void> {
  await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
    role,
    session,
  ]);
}

/** A statement that ran, and every node of its plan, the root first. */
export type Run = { text: string; nodes: Plan[] };

/**
 * What the work runs, the statements of its functions, triggers and foreign keys included. The client is the
 * installer's, in a transaction, and has loaded auto_explain.
 */
export async function statementsRun(
  client: pg.ClientBase,
  asker: Asker,
  work: () => Promise<unknown>,
): Promise<Run[]> {
  const runs: Run[] = [];
  const listen = ({ message = '' }: { message?: string | undefined }) => {
    const json = /^duration: .* plan:\n(.*)$/s.exec(message)?.[1];
    if (json === undefined) return;
    const { 'Query Text': text, Plan: plan } = JSON.parse(json);
    runs.push({ text, nodes: allNodes(plan) });
  };
  await client.query(`
    reset role;
    set local auto_explain.log_min_duration = 0;
    set local auto_explain.log_nested_statements = on;
    set local auto_explain.log_analyze = on;
    set local auto_explain.log_timing = off;
    set local auto_explain.log_buffers = on;
    set local auto_explain.log_wal = on;
    set local auto_explain.log_format = json;
    set local auto_explain.log_level = notice`);
  await enter(client, asker);
  client.on('notice', listen);
  try {
    await work();
    // The plan of the last statement comes when its portal is closed, which the next one does.
    await client.query('reset role; set local auto_explain.log_min_duration = -1');
    return runs;
  } finally {
    client.off('notice', listen);
  }
}

/** Every node of every plan that the statement runs in a transaction of its own, which leaves nothing behind. */
export async function nodesRun(client: pg.ClientBase, asker: Asker, sql: string, values: unknown[]) {
  await client.query('begin');
  try {
    const runs = await statementsRun(client, asker, () => client.query(sql, values));
    return runs.flatMap(({ nodes }) => nodes);
  } finally {
    await client.query('rollback');
  }
}
