import t from 'tap';
import {
  type Attack,
  attempt,
  defend,
  inRequest,
  openScene,
  type Role,
  roles,
  rows,
  type Side,
} from './scene.ts';

/**
 * What a request might carry over to the next one, hide, or take of a session that is not its own. What the package
 * itself cleans up between two requests is tested with the package: test/database/.
 */
const scene = await openScene(t);
const { ours, theirs } = scene.product;

t.test('a session is good for its role alone', async (t) => {
  const without = `
    create or replace function internal.refuse_session() returns void language sql
      set search_path = pg_catalog, pg_temp as 'select';
    do $$
    declare v_table regclass;
    begin
      for v_table in
        select c.oid from pg_class c where c.relnamespace = 'commerce'::regnamespace and c.relkind in ('r', 'p')
      loop
        execute format('alter table %s disable row level security', v_table);
      end loop;
    end $$`;
  const sharingALogin: Role[] = ['member', 'buyer', 'anonymous'];
  const attacks = sharingALogin.flatMap((role) =>
    sharingALogin
      .filter((other) => other !== role)
      .map(
        (other): Attack => ({
          name: `the session of ${role} as ${other}`,
          role,
          without,
          succeeds: async (client) => {
            await client.query(`set local role commerce_${other}`);
            return rows(`select from api.products`)(client, scene.product);
          },
        }),
      ),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('a change cannot be hidden from the log by leaving the session behind it', async (t) => {
  const elsewhere = (side: Side) => [
    ['', 'commerce_member'],
    [side.theirs.sessions.commerce_member, 'commerce_member'],
    ['', 'none'],
    [side.theirs.sessions.commerce_worker, 'none'],
  ];
  const changes = {
    customer: `update api.customer set display_name = 'probe', version = version`,
    products: `update api.products set name = 'probe', version = version`,
    'customer ': `insert into api.customer (display_name) values ('probe')`,
  };
  const attacks = Object.entries(changes).flatMap(([table, sql]) =>
    elsewhere(scene.product).map(
      ([, role], index): Attack => ({
        name: `${sql}, case ${index + 1} of leaving`,
        role: 'member',
        without: `
          alter table commerce.${table.trim()} disable trigger _900_audit_insert;
          alter table commerce.${table.trim()} disable trigger _900_audit_update`,
        succeeds: async (client, side) => {
          const [session] = elsewhere(side)[index] as string[];
          const { code } = await attempt(
            client,
            `${sql} returning set_config('commerce.session', $1, true), set_config('role', $2, true)`,
            [session, role],
          );
          return code === null;
        },
      }),
    ),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

t.test('the channel and the locks of their changes cannot be known', async (t) => {
  const attacks = roles.map(
    (role): Attack => ({
      name: 'listen to their messages',
      role,
      without: `grant usage on schema internal to commerce_${role}; grant select on internal.live_secret to commerce_${role}`,
      succeeds: async (client) => {
        const { rows } = await attempt(
          client,
          `select 'live_' || left(encode(sha256(s.secret || uuid_send($1) || convert_to('messages', 'UTF8')), 'hex'), 32) as channel
             from internal.live_secret s`,
          [theirs.tenantId],
        );
        const { rows: real } = await scene.product.installer.query(
          `select channel from internal.live_topic($1, 'messages')`,
          [theirs.tenantId],
        );
        const { rows: copied } = await scene.copy.installer.query(
          `select channel from internal.live_topic($1, 'messages')`,
          [theirs.tenantId],
        );
        return rows.length > 0 && [real[0].channel, copied[0].channel].includes(rows[0]?.channel);
      },
    }),
  );
  t.equal(await defend(t, scene, attacks), attacks.length);
});

/** Which tenants' orders a statement that one request prepared shows to the next, on one connection. */
async function seenByTheNext(side: Side): Promise<unknown[]> {
  const client = await side.api.connect();
  const seen = new Set<unknown>();
  try {
    await client.query('begin');
    await client.query(
      `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
      [side.theirs.sessions.commerce_member],
    );
    await client.query('prepare left_behind as select distinct tenant_id from api.orders');
    for (let run = 0; run < 7; run++) await client.query('execute left_behind');
    await client.query('commit');
    await client.query('begin');
    await client.query(
      `select set_config('role', 'commerce_member', true), set_config('commerce.session', $1, true)`,
      [side.ours.sessions.commerce_member],
    );
    for (const { tenant_id } of (await client.query('execute left_behind')).rows) seen.add(tenant_id);
    return [...seen];
  } finally {
    await client.query('rollback');
    client.release(true);
  }
}

t.test('a prepared statement of theirs shows us our rows', async (t) => {
  t.strictSame(await seenByTheNext(scene.product), [ours.tenantId]);
  await scene.copy.installer.query('alter table commerce.orders disable row level security');
  t.equal((await seenByTheNext(scene.copy)).length, 2, 'without its defence it shows both');
});

t.test('a committed request leaves no session behind', async (t) => {
  const client = await scene.product.api.connect();
  t.teardown(() => client.release(true));
  const left = async (isLocal: boolean) => {
    await client.query('begin');
    await client.query(
      `select set_config('role', 'commerce_member', $2), set_config('commerce.session', $1, $2)`,
      [ours.sessions.commerce_member, isLocal],
    );
    await client.query('commit');
    return (
      await client.query(
        `select coalesce(current_setting('commerce.session', true), '') as session, current_user::text as role`,
      )
    ).rows;
  };
  t.strictSame(await left(true), [{ session: '', role: 'commerce_api' }]);
  t.not((await left(false))[0].session, '', 'a setting that is not local would stay');
});

t.test('the login alone reads nothing', async (t) => {
  const attack: Attack = {
    name: 'reset role',
    role: 'member',
    without:
      'grant usage on schema api to commerce_api; grant select on api.products, commerce.products to commerce_api; alter table commerce.products disable row level security',
    succeeds: async (client, side) => {
      await client.query('reset role');
      return rows('select from api.products')(client, side);
    },
  };
  t.equal(await defend(t, scene, [attack]), 1);
  // What anybody of the same login may see, and docs/isolation.md says so.
  await inRequest(scene.product, 'member', async (client) => {
    const { rows } = await client.query(
      `select count(*)::int as n from pg_stat_activity where usename <> 'commerce_api' and query !~ 'insufficient privilege' and query <> '' and datname = current_database()`,
    );
    t.strictSame(rows, [{ n: 0 }]);
  });
});
