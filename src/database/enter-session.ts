import type { Statement } from './prepared-query.ts';

/** What a transaction acts as until it ends. */
export type Entered = { role: string; sessionId: string; requestId: string };

const enterStatement = `select set_config('role', $1, true),
       set_config('commerce.session', $2, true),
       set_config('commerce.request_id', $3, true)`;

const setAll =
  '(select count(set_config(s.name, s.value, true)) from unnest($4::text[], $5::text[]) as s (name, value))';

/**
 * The first statement of every transaction, which enters a session and sets whatever else is given. It has bind
 * parameters only, because what is written out in a statement can be read in pg_stat_activity.
 */
export function enterSession(
  { role, sessionId, requestId }: Entered,
  settings: Readonly<Record<string, string>> = {},
): Statement {
  const values = [role, sessionId, requestId];
  const names = Object.keys(settings);
  if (names.length === 0) return { text: enterStatement, values };
  return { text: `${enterStatement}, ${setAll}`, values: [...values, names, Object.values(settings)] };
}
