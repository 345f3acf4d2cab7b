import { and, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { boolean, integer, jsonb, numeric, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import pg from 'pg';

/** Columns that are no text. */
const types = {
  id: uuid,
  tenant_id: uuid,
  seller_id: uuid,
  price: numeric,
  compare_at_price: numeric,
  tax_rate: numeric,
  inventory_count: integer,
  low_stock_threshold: integer,
  version: integer,
  track_inventory: boolean,
  allow_backorder: boolean,
  is_active: boolean,
  published_at: timestamp,
  created_at: timestamp,
  updated_at: timestamp,
  metadata: jsonb,
  visible_channels: () => text().array(),
};

export async function open({ url, role, sessionId, tenantId, productId, columns }) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const db = drizzle({ client: pool });
  const named = [...columns, 'tenant_id'].map((name) => [name, (types[name] ?? text)()]);
  const products = pgSchema('api').table('products', Object.fromEntries(named));
  const wanted = Object.fromEntries(columns.map((name) => [name, products[name]]));
  return {
    read: () =>
      db.transaction(async (tx) => {
        await tx.execute(
          sql`select set_config('role', ${role}, true), set_config('commerce.session', ${sessionId}, true),
                     set_config('commerce.request_id', 'bench', true)`,
        );
        return tx
          .select(wanted)
          .from(products)
          .where(and(eq(products.tenant_id, tenantId), eq(products.id, productId)));
      }),
    close: () => pool.end(),
  };
}
