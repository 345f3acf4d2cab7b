import { dropPartitions, listPartitions, type Partition } from '../operations/partitions.ts';
import { type Command, UserError } from './command.ts';
import { databaseUrl } from './database-url.ts';

const usage = `ccdb partitions [list] | ccdb partitions drop --older-than MONTHS [--dry-run]

  list                 the months of the audit log: size, and whether every row is sealed
  drop                 remove the months that ended longer ago than this, while the shop goes on
    --older-than N     1 to 1200 months
    --dry-run          only say which

  What is dropped is gone; the seals stay, so that ccdb audit verify still proves the rest.`;

const month = ({ begins_at }: Partition) => begins_at.toISOString().slice(0, 7);

const line = (partition: Partition): string =>
  `${partition.name}  ${month(partition)}  ${partition.bytes} bytes  ${partition.is_sealed ? 'sealed' : 'not sealed'}${
    partition.is_detaching ? '  being detached' : ''
  }`;

function monthsAgo(months: number): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, now.getUTCDate()));
}

export const partitions: Command = {
  summary: 'list the months of the audit log, or drop old ones',
  usage,
  options: { 'older-than': { type: 'string' }, 'dry-run': { type: 'boolean' } },
  async run({ values, positionals, env }) {
    const [action = 'list', ...rest] = positionals;
    if ((action !== 'list' && action !== 'drop') || rest.length > 0) {
      throw new UserError(`unexpected argument ${rest[0] ?? action}; see ccdb partitions --help`);
    }
    const connectionString = databaseUrl(env);
    if (action === 'list') {
      for (const partition of await listPartitions(connectionString)) console.log(line(partition));
      return;
    }
    const months = Number(values['older-than']);
    if (!/^[1-9]\d{0,3}$/.test(String(values['older-than'])) || months > 1200) {
      throw new UserError(`--older-than takes a whole number of months from 1 to 1200`);
    }
    const before = monthsAgo(months);
    if (values['dry-run'] === true) {
      const old = (await listPartitions(connectionString)).filter(({ ends_at }) => ends_at <= before);
      for (const partition of old) console.log(`would drop ${line(partition)}`);
    } else {
      await dropPartitions(connectionString, before, (partition) =>
        console.log(`dropped ${line(partition)}`),
      );
    }
  },
};
