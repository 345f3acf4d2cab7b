import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installed } from './peers.ts';

/** A transaction on the login of requests that enters a session and reads one product. */
type Asked = {
  url: string;
  role: string;
  sessionId: string;
  tenantId: string;
  productId: string;
  columns: string[];
};

export type Reader = { read(): Promise<unknown>; close(): Promise<unknown> };

/** Other client layers, and what each is installed from; how each reads stands in its module in peers. */
const layers = {
  kysely: ['kysely', 'pg'],
  drizzle: ['drizzle-orm', 'pg'],
  prisma: ['@prisma/client', '@prisma/adapter-pg', 'prisma'],
};

async function openLayer(name: string, packages: string[], asked: Asked): Promise<[string, Reader]> {
  const folder = await installed(...packages);
  if (folder === undefined) throw new Error('npm cannot install it');
  const module = join(folder, `${name}.mjs`);
  await copyFile(fileURLToPath(new URL(`peers/${name}.mjs`, import.meta.url)), module);
  const { open } = (await import(pathToFileURL(module).href)) as { open(asked: Asked): Promise<Reader> };
  const reader = await open(asked);
  // What it reads once is read for the first time here, and refused here if at all.
  await reader.read();
  const manifest = await readFile(join(folder, 'node_modules', packages[0] ?? '', 'package.json'), 'utf8');
  return [`${name} ${JSON.parse(manifest).version}`, reader];
}

/** The layers that can be had, by name and version, and the others with the reason. */
export async function openLayers(asked: Asked) {
  const readers: Record<string, Reader> = {};
  const absent: string[] = [];
  for (const [name, packages] of Object.entries(layers)) {
    try {
      const [version, reader] = await openLayer(name, packages, asked);
      readers[version] = reader;
    } catch (error) {
      absent.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return { readers, absent };
}
