import type { Statement } from './prepared-query.ts';

/** What a transaction acts as until it ends. */
export type Entered = { role: string; sessionId: string; requestId: string };

/**
 * The first statement of every transaction, which enters a session and sets whatever else is given. It has bind
 * parameters only, because what is written out in a statement can be read in pg_stat_activity.
 */
export function enterSession(
  { role, sessionId, requestId }: Entered,
  settings: Readonly<Record<string, string>> = {},
): Statement {
  const values = ['role', role, 'commerce.session', sessionId, 'commerce.request_id', requestId];
  for (const name in settings) values.push(name, settings[name] ?? '');
  return { text: callsOf(values.length / 2), values };
}

/** By how much they set. */
const texts: string[] = [];

function callsOf(count: number): string {
  texts[count] ??= `select ${Array.from(
    { length: count },
    (_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, true)`,
  ).join(', ')}`;
  return texts[count];
}
