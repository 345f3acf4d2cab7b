import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';

const schema = `
generator client {
  provider = "prisma-client-js"
}

datasource db {
  provider = "postgresql"
  schemas  = ["api"]
}

model products {
  id                  String    @id @db.Uuid
  tenant_id           String    @db.Uuid
  seller_id           String    @db.Uuid
  name                String
  description         String
  short_description   String?
  sku                 String?
  product_type        String
  price               Decimal
  compare_at_price    Decimal?
  currency_code       String
  tax_rate            Decimal
  track_inventory     Boolean
  allow_backorder     Boolean
  inventory_count     Int
  low_stock_threshold Int?
  is_active           Boolean
  published_at        DateTime? @db.Timestamptz
  visible_channels    String[]
  metadata            Json
  version             Int
  created_at          DateTime  @db.Timestamptz
  updated_at          DateTime  @db.Timestamptz
  @@schema("api")
}`;

export async function open({ url, role, sessionId, tenantId, productId, columns }) {
  const folder = import.meta.dirname;
  writeFileSync(join(folder, 'schema.prisma'), schema);
  execFileSync(
    process.execPath,
    [join(folder, 'node_modules/prisma/build/index.js'), 'generate', '--schema=schema.prisma'],
    {
      cwd: folder,
      stdio: 'ignore',
      // The engine that migrates is not wanted, and would be fetched from elsewhere.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    },
  );
  const { PrismaClient } = await import('@prisma/client');
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 10 }) });
  const select = Object.fromEntries(columns.map((name) => [name, true]));
  return {
    read: () =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw`select set_config('role', ${role}, true), set_config('commerce.session', ${sessionId}, true),
                                  set_config('commerce.request_id', 'bench', true)`;
        return tx.products.findFirst({ select, where: { tenant_id: tenantId, id: productId } });
      }),
    close: () => prisma.$disconnect(),
  };
}
