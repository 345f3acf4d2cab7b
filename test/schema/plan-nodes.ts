import type pg from 'pg';

export type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
};

/** A role and its session. */
export type Asker = { role: string; session: string };

/** How many rows the node looked at, those that it threw away included. */
export function rowsRead(node: Plan): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
}

/** The nodes that read more rows than that, for a message. */
export function readersOf(nodes: Plan[], limit: number): string[] {
  return nodes
    .filter((node) => rowsRead(node) > limit)
    .map((node) =>
      [node['Node Type'], node['Relation Name'] ?? node['Index Name'] ?? '', rowsRead(node), 'rows'].join(
        ' ',
      ),
    );
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

export async function enter(client: pg.ClientBase, { role, session }: Asker): Promise<void> {
  await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
    role,
    session,
  ]);
}

/**
 * Every node of every plan that the statement ran, its functions' statements included. The client is the
 * installer's, and has loaded auto_explain.
 */
export async function nodesRun(client: pg.ClientBase, asker: Asker, sql: string, values: unknown[]) {
  const nodes: Plan[] = [];
  const listen = ({ message = '' }: { message?: string | undefined }) => {
    const json = /^duration: .* plan:\n(.*)$/s.exec(message)?.[1];
    if (json !== undefined) nodes.push(...nodesOf(JSON.parse(json).Plan));
  };
  client.on('notice', listen);
  try {
    await client.query(`
      begin;
      set local auto_explain.log_min_duration = 0;
      set local auto_explain.log_nested_statements = on;
      set local auto_explain.log_analyze = on;
      set local auto_explain.log_timing = off;
      set local auto_explain.log_format = json;
      set local auto_explain.log_level = notice`);
    await enter(client, asker);
    nodes.length = 0;
    await client.query(sql, values);
    return nodes;
  } finally {
    await client.query('rollback');
    client.off('notice', listen);
  }
}
