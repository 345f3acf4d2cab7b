import { Agent, request } from 'node:http';

let keys = 0;
const freshKey = (text: string): string => text.replace('"KEY"', `"bench ${process.pid} ${keys++}"`);

export type Load = { requests: number; perSecond: number; p99: number };

/** Sends the bodies, one after the other and again from the first, over so many connections. */
export async function load(
  url: string,
  headers: Record<string, string>,
  bodies: readonly string[],
  { connections, until }: { connections: number; until: (sent: number) => boolean },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let sent = 0;
  const once = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const payload = freshKey(bodies[sent % bodies.length] ?? '');
      const outgoing = request(
        url,
        { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(payload) } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if (response.statusCode !== 200 || text.includes('"errors"')) reject(new Error(text));
            times.push(performance.now() - started);
            resolve();
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (!until(sent++)) await once();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  return { requests: times.length, perSecond: times.length / seconds, p99 };
}
