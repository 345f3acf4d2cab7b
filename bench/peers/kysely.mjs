import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

export async function open({ url, role, sessionId, tenantId, productId, columns }) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return {
    read: () =>
      db.transaction().execute(async (tx) => {
        await sql`select set_config('role', ${role}, true), set_config('commerce.session', ${sessionId}, true),
                         set_config('commerce.request_id', 'bench', true)`.execute(tx);
        return tx
          .selectFrom('api.products')
          .select(columns)
          .where('tenant_id', '=', tenantId)
          .where('id', '=', productId)
          .executeTakeFirst();
      }),
    close: () => db.destroy(),
  };
}
