import pg from 'pg';
import {
  createMigratedDatabase,
  databaseUrls,
  dropDatabase,
  openThrowAwayServer,
} from '../src/embedded/throw-away.ts';
import { backendCpu } from './cpu.ts';

/**
 * `node bench/audit_write.ts`: what making a log that can be redacted costs its writers, as CPU time of the
 * backend against a log without it, in interleaved batches of one run. Choices: nothing; a salt (what is built,
 * with the digest made by the seal); salt and digest, both at once.
 */
const rows = Number(process.env.ROWS ?? 20_000);
const rounds = Number(process.env.ROUNDS ?? 5);

const digest = `
  create or replace function audit.digest_at_once() returns trigger language plpgsql as $$
  begin
    new.values_digest := sha256(uuid_send(new.salt) || record_send(row(new.request_id, new.old_values, new.new_values, new.reason)));
    return new;
  end $$;
  create trigger _006_digest before insert on audit.log for each row execute function audit.digest_at_once()`;

const choices: Record<string, { begin: string; end: string }> = {
  nothing: {
    begin: 'alter table audit.log alter column salt drop default',
    end: 'alter table audit.log alter column salt set default gen_random_uuid()',
  },
  salt: { begin: 'select', end: 'select' },
  'salt and digest': { begin: digest, end: 'drop trigger _006_digest on audit.log' },
};

const insert = `
  insert into audit.log (tenant_key, tenant_id, actor_role, session_id, request_id, action, table_name, record_key, new_values)
  select t, t, 'commerce_member', t, n::text, 'insert', 'products', n::text,
         jsonb_build_object('price', n, 'name', 'Ankara dress ' || n)
    from generate_series(1, $1::int) as n, gen_random_uuid() as t`;

const server = await openThrowAwayServer(process.env.DATABASE_URL);
const name = `${server.prefix}audit_write`;
try {
  await createMigratedDatabase(server, name, process.env);
  const client = new pg.Client({ connectionString: databaseUrls(server, name, process.env).DATABASE_URL });
  await client.connect();
  try {
    // The check is about what a redaction leaves; without a salt, or with a digest at once, it would be another.
    await client.query('alter table audit.log drop constraint log_redacted_is_empty');
    const spent = new Map(Object.keys(choices).map((choice) => [choice, 0]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [choice, { begin, end }] of Object.entries(choices)) {
        await client.query(begin);
        const cpu = await backendCpu(client, () => client.query(insert, [rows]));
        await client.query(end);
        spent.set(choice, (spent.get(choice) ?? 0) + cpu);
      }
    }
    for (const [choice, cpu] of spent) {
      const ratio = cpu / (spent.get('nothing') ?? 0);
      const each = (cpu / rounds / rows) * 1e6;
      console.log(`${choice}: ${ratio.toFixed(2)} (${each.toFixed(1)} µs a row of the log)`);
    }
  } finally {
    await client.end();
  }
  await dropDatabase(server.url, name);
} finally {
  await server.close();
}
