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
  const own = { role, 'commerce.session': sessionId, 'commerce.request_id': requestId };
  const values = Object.entries({ ...own, ...settings }).flat();
  const calls = values.flatMap((_, i) => (i % 2 === 0 ? [`set_config($${i + 1}, $${i + 2}, true)`] : []));
  return { text: `select ${calls.join(', ')}`, values };
}
