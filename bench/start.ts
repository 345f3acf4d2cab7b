import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSchema } from '../src/graphql/write-schema.ts';
import type { Measured } from './report.ts';
import { build, startServed } from './served.ts';
import type { Stage } from './stage.ts';

const rounds = Number(process.env.ROUNDS ?? 7);

async function secondsOfStart(urls: Stage['urls'], settings: Record<string, string>): Promise<number> {
  const served = await startServed(urls, settings);
  await served.stop();
  return served.milliseconds / 1000;
}

export const benchmark = {
  title: 'Start of the server',
  async run({ urls }: Stage): Promise<Measured> {
    await build();
    const folder = await mkdtemp(join(tmpdir(), 'ccdb-bench-'));
    const schemaFile = join(folder, 'graphql-schema.mjs');
    const ahead: number[] = [];
    const atStart: number[] = [];
    try {
      await writeSchema(urls.DATABASE_API_URL, schemaFile);
      for (let round = 0; round < rounds; round += 1) {
        ahead.push(await secondsOfStart(urls, { GRAPHQL_SCHEMA: schemaFile }));
        atStart.push(await secondsOfStart(urls, {}));
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    const what = 'seconds from the start of `ccdb serve` on a migrated database to its first answer';
    return {
      figures: [
        { what: `${what}, with a schema that is built ahead`, rounds: ahead, atMost: 1 },
        { what: `${what}, which builds the schema`, rounds: atStart },
      ],
    };
  },
};
