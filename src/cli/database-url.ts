import { UserError } from '../operations/user-error.ts';

/** The installer's connection, which commands that change the schema work with. */
export function databaseUrl(env: NodeJS.ProcessEnv): string {
  if (!env.DATABASE_URL) {
    throw new UserError('set DATABASE_URL to the database, like postgres://owner@127.0.0.1:5432/shop');
  }
  return env.DATABASE_URL;
}
