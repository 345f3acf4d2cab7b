import { withClient } from '../operations/client.ts';
import { loginUrlFrom } from '../operations/login-urls.ts';
import { type Command, UserError } from './command.ts';

type Verdict = {
  seal_count: string;
  row_count: string;
  redacted_count: string;
  dropped_count: string;
  moved_count: string;
  root: string;
  log_id: string | null;
  reason: string | null;
};

export const audit: Command = {
  summary: 'prove that the audit log is as it was sealed',
  usage: `ccdb audit verify

  Ends with 1 and the first row that was altered, is missing or was inserted. Keep the printed root
  elsewhere: only that shows later that the newest seals were removed together with their rows.`,
  options: {},
  async run({ positionals, env }) {
    if (positionals.length !== 1 || positionals[0] !== 'verify') {
      throw new UserError('say ccdb audit verify; see ccdb audit --help');
    }
    const verdict = await withClient(loginUrlFrom(env, 'DATABASE_WORKER_URL'), async (client) => {
      await client.query(`begin; set local role commerce_worker`);
      const { rows } = await client.query<Verdict>(
        `select seal_count, row_count, redacted_count, dropped_count, moved_count, encode(root, 'hex') as root, log_id, reason
           from internal.verify_audit_log()`,
      );
      await client.query('commit');
      return rows[0] as Verdict;
    });
    const { seal_count, row_count, redacted_count, dropped_count, moved_count, root, log_id, reason } =
      verdict;
    console.log(
      `${row_count} rows in ${seal_count} seals agree, ${dropped_count} were dropped with age; root ${root}`,
    );
    if (redacted_count !== '0') console.log(`${redacted_count} of the rows were redacted, as the log says`);
    if (moved_count !== '0') console.log(`${moved_count} merchants left for another server`);
    if (reason !== null) throw new UserError(`the log was tampered with: ${reason}, first at ${log_id}`);
  },
};
