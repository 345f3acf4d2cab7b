import { readFile } from 'node:fs/promises';
import { signToken } from '../src/operations/token.ts';
import { findCases } from './graphql-cases.ts';
import { load } from './load.ts';
import type { Measured } from './report.ts';
import { build, jwtSecret, startServed } from './served.ts';
import type { Stage } from './stage.ts';

const requests = Number(process.env.REQUESTS ?? 100_000);
/** How often it is looked at. */
const looks = 10;
/** Of an order a seller's month has so many in its plan. */
const isRead = (query: string) => !query.startsWith('mutation');

/** Megabytes of a process that are in memory. */
async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

export const benchmark = {
  title: `Memory of the server in ${requests.toLocaleString('en')} mixed requests, 20 connections`,
  async run({ urls, client, tenantId, ownerSubject: subject }: Stage): Promise<Measured> {
    await build();
    const cases = Object.values(await findCases(client, tenantId)).filter(({ query }) => isRead(query));
    const token = await signToken({ role: 'member', tenantId, subject }, jwtSecret, '12h');
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const bodies = cases.map(({ query, variables }) => JSON.stringify({ query, variables }));
    const served = await startServed(urls);
    const megabytes: number[] = [await residentOf(served.pid)];
    for (let look = 0; look < looks; look += 1) {
      const until = (sent: number) => sent >= requests / looks;
      await load(served.url, headers, bodies, { connections: 20, until });
      megabytes.push(await residentOf(served.pid));
      console.error(`  ${((look + 1) * requests) / looks} requests: ${megabytes.at(-1)?.toFixed(0)} MB`);
    }
    await served.stop();
    return {
      figures: [
        { what: 'megabytes resident before', rounds: megabytes.slice(0, 1) },
        { what: 'megabytes resident half-way', rounds: megabytes.slice(looks / 2, looks / 2 + 1) },
        { what: 'megabytes resident at the end', rounds: megabytes.slice(-1), atMost: 300 },
      ],
    };
  },
};
