import type pg from 'pg';
import t from 'tap';
import { appendOnly, requestRoles, tenantMayBeNull, withoutTenant } from '../schema/declared.ts';
import { createTestDatabase } from '../support/database.ts';
import { demoPeople, type Person } from '../support/people.ts';
import { asRole } from '../support/session.ts';

/**
 * Every table and every request role, attacked with more than any of them has: the test opens
 * schema commerce to them, grants every privilege on every table and takes the append-only guard away, so that
 * row-level security stands alone.
 */
const db = await createTestDatabase(t);
const [ours, theirs] = await demoPeople(db);

// A visitor sees what the visitor has written in the shop's chat.
for (const { sessions } of [ours, theirs]) {
  await asRole(db.api, 'commerce_member', sessions.commerce_member ?? '', (client) =>
    client.query(`select from api.connect_channel('web_chat', 'Chat', gen_random_uuid()::text)`),
  );
  await asRole(db.api, 'commerce_anonymous', sessions.commerce_anonymous ?? '', (client) =>
    client.query(`select from api.start_conversation('first', 'Hello')`),
  );
}

// Every message carries something, was edited and is liked.
await db.installer.query(`
  insert into commerce.message_attachment (
    tenant_id, message_id, thread_id, channel_id, customer_id, position, file_type, url)
  select tenant_id, id, thread_id, channel_id, customer_id, 30, 'image', 'https://files.example/1'
    from commerce.conversation_history;
  insert into commerce.message_reaction (
    tenant_id, message_id, thread_id, channel_id, customer_id, occurred_at, sender_type, author_external_id, emoji)
  select tenant_id, id, thread_id, channel_id, customer_id, now(), 'customer', 'a friend', '👍'
    from commerce.conversation_history;
  insert into commerce.message_revision (
    tenant_id, message_id, thread_id, channel_id, customer_id, occurred_at, message)
  select tenant_id, id, thread_id, channel_id, customer_id, now(), 'What it was'
    from commerce.conversation_history`);

await db.installer.query(`
  grant usage on schema commerce to ${requestRoles.join(', ')};
  grant select, insert, update, delete on all tables in schema commerce to ${requestRoles.join(', ')}`);

for (const table of appendOnly) {
  await db.installer.query(`alter table if exists commerce.${table} disable trigger _000_append_only`);
}

const { rows: tables } = await db.installer.query<{ name: string; columns: string[] }>(`
  select c.relname as name,
         array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
   group by c.relname
   order by c.relname`);
const tenantTables = tables.filter(({ name }) => !withoutTenant.includes(name) || name === 'tenant');

const tenantColumn = (table: string) => (table === 'tenant' ? 'id' : 'tenant_id');

/** Roles that a permissive SELECT policy of the table names: they must see rows, or the policy is dead. */
const { rows: readers } = await db.installer.query<{ table: string; role: string }>(`
  select c.relname as table, r.rolname as role
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_roles r on r.oid = any (p.polroles)
   where p.polpermissive and p.polcmd in ('r', '*') and c.relnamespace = 'commerce'::regnamespace`);
const mayRead = (table: string, role: string) =>
  readers.some((reader) => reader.table === table && reader.role === role);

async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.installer.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** One transaction of a request role with a session (or none), always rolled back. */
async function attack<T>(person: Person | null, role: string, work: (client: pg.PoolClient) => Promise<T>) {
  return inTransaction(async (client) => {
    await client.query(
      `select set_config('role', $1, true), set_config('commerce.session', $2, true), set_config('commerce.request_id', 'attack', true)`,
      [role, person?.sessions[role] ?? ''],
    );
    if (person && role === 'commerce_platform') {
      await client.query(`select api.announce_read('isolation test')`);
    }
    return work(client);
  });
}

const count = async (client: pg.PoolClient, sql: string, values: unknown[] = []) =>
  Number((await client.query(`select count(*) as n from ${sql}`, values)).rows[0].n);

/** The SQLSTATE that a statement fails with, or the number of rows that it touched. */
async function outcome(client: pg.PoolClient, sql: string, values: unknown[] = []) {
  await client.query('savepoint probe');
  try {
    return (await client.query(sql, values)).rowCount;
  } catch (error) {
    await client.query('rollback to probe');
    return (error as { code: string }).code;
  }
}

t.test('the tables hold rows of both tenants', async (t) => {
  for (const { name } of tenantTables) {
    for (const person of [ours, theirs]) {
      const rows = await inTransaction((client) =>
        count(client, `commerce.${name} where ${tenantColumn(name)} = $1`, [person.tenantId]),
      );
      t.ok(rows > 0, `${name} has rows of ${person.name}`);
    }
  }
});

for (const { name, columns } of tenantTables) {
  const tenant = tenantColumn(name);
  const table = `commerce.${name}`;

  t.test(name, async (t) => {
    for (const role of requestRoles) {
      await t.test(role, async (t) => {
        await attack(ours, role, async (client) => {
          const own = await count(client, `${table} where ${tenant} = $1`, [ours.tenantId]);
          t.equal(
            own > 0,
            mayRead(name, role),
            mayRead(name, role) ? 'own rows are seen' : 'nothing is for this role',
          );
          t.equal(
            await count(client, `${table} where ${tenant} = $1`, [theirs.tenantId]),
            0,
            'the other tenant is not read',
          );
          t.equal(
            (await count(client, `${table} where ${tenant} is distinct from $1`, [ours.tenantId])) > 0,
            tenantMayBeNull.includes(name) && name === 'storefront_theme' && mayRead(name, role),
            'nobody else is read, but for the themes of the platform',
          );
        });

        await attack(ours, role, async (client) => {
          t.equal(
            await outcome(client, `update ${table} set ${tenant} = ${tenant} where ${tenant} = $1`, [
              theirs.tenantId,
            ]),
            0,
            'the other tenant is not updated',
          );
          t.equal(
            await outcome(client, `delete from ${table} where ${tenant} = $1`, [theirs.tenantId]),
            0,
            'nor deleted',
          );
        });

        await attack(null, role, async (client) => {
          const rows = await count(client, `${table} where ${tenant} is not null`);
          t.equal(rows, 0, 'nothing is read without a session');
          t.equal(await outcome(client, `update ${table} set ${tenant} = ${tenant}`), 0, 'nor changed');
        });
      });
    }

    await t.test('a row for another tenant is refused', async (t) => {
      const copy = await inTransaction(
        async (client) =>
          (
            await client.query(`select ${columns.join(', ')} from ${table} where ${tenant} = $1 limit 1`, [
              theirs.tenantId,
            ])
          ).rows[0],
      );
      const names = Object.keys(copy);
      const values = names.map((column) =>
        copy[column] !== null &&
        typeof copy[column] === 'object' &&
        !Array.isArray(copy[column]) &&
        !(copy[column] instanceof Date) &&
        !Buffer.isBuffer(copy[column])
          ? JSON.stringify(copy[column])
          : copy[column],
      );
      for (const role of requestRoles) {
        await attack(ours, role, async (client) => {
          const code = await outcome(
            client,
            `insert into ${table} (${names.map((column) => `"${column}"`).join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
            values,
          );
          t.match(String(code), /^(42501|SC...)$/, `${role}: ${code}`);
        });
      }
    });

    await t.test('a session that changes within a statement gains nothing', async (t) => {
      for (const role of requestRoles) {
        const foreign = theirs.sessions[role === 'commerce_worker' ? 'commerce_member' : 'commerce_worker'];
        for (const [label, session] of [
          ['unknown', '6f1c2f0e-0000-4000-8000-000000000000'],
          ['of another role', foreign],
        ]) {
          const seen = await attack(ours, role, async (client) => {
            await client.query('savepoint probe');
            try {
              const { rows } = await client.query(
                `select (select count(*) from ${table}) as before,
                        set_config('commerce.session', $1, true) as changed,
                        (select count(*) from ${table} where ${tenant} = $2 and random() >= 0) as after`,
                [session, theirs.tenantId],
              );
              return Number(rows[0].after);
            } catch (error) {
              return (error as { code: string }).code;
            }
          });
          t.match(String(seen), /^(0|SCCTX)$/, `${role}: a session ${label}`);
        }
      }
    });
  });
}

t.test('a revoked session sees nothing from its next statement on', async (t) => {
  for (const role of requestRoles) {
    for (const { name } of tenantTables) {
      if (!mayRead(name, role)) continue;
      await attack(ours, role, async (client) => {
        t.ok((await count(client, `commerce.${name}`)) > 0, `${role} reads ${name}`);
        await client.query('reset role');
        await client.query('delete from internal.session where id = $1', [ours.sessions[role]]);
        await client.query(`select set_config('role', $1, true)`, [role]);
        t.match(String(await outcome(client, `select from commerce.${name}`)), /^(0|SCCTX)$/, 'and no more');
      });
    }
  }
});

t.test('an expired session is refused', async (t) => {
  for (const role of requestRoles) {
    await attack(ours, role, async (client) => {
      await client.query('reset role');
      await client.query('update internal.session set expires_at = transaction_timestamp() where id = $1', [
        ours.sessions[role],
      ]);
      await client.query(`select set_config('role', $1, true)`, [role]);
      t.equal(await outcome(client, 'select from commerce.tenant'), 'SCCTX', role);
    });
  }
});

t.test('a session is bound to its role', async (t) => {
  for (const role of requestRoles) {
    for (const other of requestRoles.filter((candidate) => candidate !== role)) {
      await inTransaction(async (client) => {
        await client.query(`select set_config('role', $1, true), set_config('commerce.session', $2, true)`, [
          other,
          ours.sessions[role],
        ]);
        t.equal(
          await outcome(client, 'select from commerce.tenant where name is not null'),
          'SCCTX',
          `${role} under ${other}`,
        );
      });
    }
  }
});
