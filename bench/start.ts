import type { Measured } from './report.ts';
import { build, startServed } from './served.ts';
import type { Stage } from './stage.ts';

const rounds = Number(process.env.ROUNDS ?? 7);

export const benchmark = {
  title: 'Start of the server',
  async run({ urls }: Stage): Promise<Measured> {
    await build();
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const served = await startServed(urls);
      seconds.push(served.milliseconds / 1000);
      await served.stop();
    }
    const what = 'seconds from the start of `ccdb serve` on a migrated database to its first answer';
    return { figures: [{ what, rounds: seconds, atMost: 1 }] };
  },
};
