import t from 'tap';
import { createPool } from '../../src/database/pool.ts';
import { SessionCache } from '../../src/database/session.ts';
import {
  commerceError,
  type Database,
  listProducts,
  myTenants,
  type Session,
  type TenantIdentity,
  type TenantTransaction,
} from '../../src/index.ts';
import { eventually } from '../support/eventually.ts';
import { connect, demoTenant, only, openPackage } from './package.ts';

const { db, scene } = await openPackage(t);
const { tenantId, owner } = await demoTenant(scene, 1);

let people = 0;

/** Somebody new on the team. */
async function join(role: string): Promise<TenantIdentity & { userId: string }> {
  people += 1;
  const subject = `colleague-${people}`;
  const { rows } = await scene.installer.query<{ id: string }>(
    `with person as (
       insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id, tenant_id
     )
     insert into commerce.team_members (tenant_id, user_id, role)
     select tenant_id, id, $3 from person
     returning user_id as id`,
    [tenantId, subject, role],
  );
  return { tenantId, role: 'member', subject, userId: only(rows).id };
}

async function leave(userId: string): Promise<void> {
  await scene.installer.query(
    `update commerce.team_members set is_active = false, deactivated_at = now(), version = version
      where user_id = $1`,
    [userId],
  );
}

const open = (who: TenantIdentity, through: Database = db): Promise<Session> =>
  through.withTenant(who, async (tx) => tx.session);

async function sessionsOf({ subject }: TenantIdentity): Promise<number> {
  const { rows } = await scene.installer.query<{ count: number }>(
    'select count(*)::integer as count from internal.session where subject = $1',
    [subject],
  );
  return only(rows).count;
}

async function endElsewhere({ id }: Session): Promise<void> {
  await scene.auth.query('select internal.close_session($1)', [id]);
}

t.test('requests that come together share one session, and later ones too', async (t) => {
  const who = await join('viewer');
  const sessions = await Promise.all(Array.from({ length: 30 }, () => open(who)));
  sessions.push(await open(who));
  t.equal(new Set(sessions.map(({ id }) => id)).size, 1);
  t.equal(await sessionsOf(who), 1);
  t.match(sessions[0], { tenantId, expiresAt: Date });
});

t.test('identities do not share a session', async (t) => {
  const who = await join('viewer');
  const others: TenantIdentity[] = [
    who,
    { ...who, email: 'someone@shop.example' },
    { ...who, role: 'buyer' },
    { tenantId, role: 'anonymous' },
    await join('viewer'),
  ];
  const sessions = await Promise.all(others.map((each) => open(each)));
  t.equal(new Set(sessions.map(({ id }) => id)).size, others.length);
});

t.test('a session that was ended elsewhere is opened anew, and the work does not notice', async (t) => {
  const who = await join('editor');
  const firstQueries: Record<string, (tx: TenantTransaction) => Promise<unknown[]>> = {
    'one query': (tx) => tx.run(listProducts, { first: 1 }),
    'queries sent together': async (tx) =>
      (await Promise.all([1, 2, 3].map(() => tx.run(listProducts, { first: 1 })))).flat(),
    'in a savepoint': (tx) => tx.savepoint(() => tx.run(listProducts, { first: 1 })),
    'in a call inside': () => db.withTenant(who, (tx) => tx.run(listProducts, { first: 1 })),
    'in a savepoint of a savepoint, taken back': async (tx) => {
      await tx
        .savepoint(() =>
          tx.savepoint(async () => {
            await tx.run(listProducts, { first: 1 });
            throw new Error('changed my mind');
          }),
        )
        .catch(() => {});
      return tx.run(listProducts, { first: 1 });
    },
    'a stream': async (tx) => {
      const rows = [];
      for await (const row of tx.stream(listProducts, {})) rows.push(row);
      return rows;
    },
  };
  for (const [name, firstQuery] of Object.entries(firstQueries)) {
    const first = await open(who);
    await endElsewhere(first);
    let runs = 0;
    const second = await db.withTenant(who, async (tx) => {
      runs += 1;
      t.ok((await firstQuery(tx)).length > 0, name);
      t.ok((await tx.run(listProducts, { first: 1 })).length > 0, `${name}, and more`);
      return tx.session;
    });
    t.not(second.id, first.id);
    t.equal((await open(who)).id, second.id, 'the new one is kept');
    t.equal(runs, 1, 'the work runs once');
  }
});

t.test('a session that ends while the work is under way ends the work', async (t) => {
  const who = await join('editor');
  let runs = 0;
  const ending = db.withTenant(who, async (tx) => {
    runs += 1;
    await tx.run(listProducts, { first: 1 });
    await endElsewhere(tx.session);
    await tx.run(listProducts, { first: 1 });
  });
  await t.rejects(ending, { code: 'INVALID_SESSION', sqlState: 'SCCTX', httpStatus: 401 });
  t.equal(runs, 1);
  t.ok(
    await db.withTenant(who, async (tx) => {
      await tx.sql('select 1');
      return tx.run(listProducts, { first: 1 });
    }),
    'the next call does not begin with it',
  );
});

t.test('a query that no session satisfies is an error, not a loop', async (t) => {
  const who = await join('editor');
  const hopeless = `select set_config('commerce.session', gen_random_uuid()::text, true),
                           (select count(*) from api.products)`;
  await t.rejects(
    db.withTenant(who, (tx) => tx.sql(hopeless)),
    { code: 'INVALID_SESSION' },
  );
  t.ok((await sessionsOf(who)) <= 2);
  await t.resolves(open(who));
});

t.test('a session’s error from elsewhere is the work’s own', async (t) => {
  const who = await join('editor');
  const { id } = await open(who);
  await t.rejects(
    db.withTenant(who, async () => {
      throw commerceError('SCCTX', 'of another system');
    }),
    { message: 'of another system' },
  );
  t.equal((await open(who)).id, id);
});

t.test('a person whose session has ended and who may have no other gets an error that says so', async (t) => {
  const who = await join('editor');
  await endElsewhere(await open(who));
  await leave(who.userId);
  let runs = 0;
  await t.rejects(
    db.withTenant(who, async (tx) => {
      runs += 1;
      await tx.run(listProducts, { first: 1 }).catch(() => {});
      await t.rejects(tx.run(listProducts, { first: 1 }), { message: /transaction has ended/ });
    }),
    { code: 'FORBIDDEN', sqlState: 'SCPRM' },
  );
  t.equal(runs, 1);
});

t.test('many that find their session ended share the next one', async (t) => {
  const who = await join('editor');
  await endElsewhere(await open(who));
  await Promise.all(
    Array.from({ length: 20 }, () => db.withTenant(who, (tx) => tx.run(listProducts, { first: 1 }))),
  );
  t.equal(await sessionsOf(who), 1);
});

t.test('a person who has left the team meanwhile gets an error that says so', async (t) => {
  const who = await join('editor');
  await db.withTenant(who, (tx) => tx.run(listProducts, { first: 1 }));
  await leave(who.userId);
  await t.rejects(
    db.withTenant(who, (tx) => tx.run(listProducts, { first: 1 })),
    { code: 'FORBIDDEN', sqlState: 'SCPRM' },
  );
});

t.test('a refusal is not remembered', async (t) => {
  const who: TenantIdentity = { tenantId, role: 'member', subject: `colleague-${people + 1}` };
  await t.rejects(Promise.all([open(who), open(who)]), { code: 'FORBIDDEN' });
  await join('viewer');
  await t.resolves(open(who));
});

t.test('the least recently used session makes room', async (t) => {
  const auth = createPool({ connectionString: scene.urls.DATABASE_AUTH_URL });
  t.teardown(() => auth.end());
  const cache = new SessionCache(auth, { size: 2 });
  const [a, b, c] = [await join('viewer'), await join('viewer'), await join('viewer')];
  const first = await cache.open(a);
  await cache.open(b);
  t.equal((await cache.open(a)).id, first.id);
  await cache.open(c);
  t.equal((await cache.open(a)).id, first.id, 'a was used after b, and stays');
  await cache.open(b);
  t.equal(await sessionsOf(b), 2, 'b made room for c, and is opened again');
});

t.test('a session ends with the proof of identity, and is not opened over and over before', async (t) => {
  const who = await join('viewer');
  const expiresAt = new Date(Date.now() + 10_000);
  const sessions = [];
  for (let request = 0; request < 5; request++) sessions.push(await open({ ...who, expiresAt }));
  t.same(new Set(sessions.map(({ id }) => id)).size, 1);
  t.same(sessions[0]?.expiresAt, expiresAt);

  const renewed = await open({ ...who, expiresAt: new Date(Date.now() + 3_600_000) });
  t.not(renewed.id, sessions[0]?.id, 'a new proof does not have to do with the old one’s time');
  t.ok(renewed.expiresAt > expiresAt);
  t.equal(await sessionsOf(who), 2);

  const expired = { ...who, expiresAt: new Date(Date.now() - 1) };
  await t.rejects(
    open(expired),
    { code: 'INVALID_SESSION' },
    'an expired proof does not use another’s session',
  );
  t.equal(await sessionsOf(who), 2);
});

t.test('without a proof of its own a session lasts an hour', async (t) => {
  const { expiresAt } = await open(await join('viewer'));
  const minutes = (expiresAt.getTime() - Date.now()) / 60_000;
  t.ok(minutes > 59 && minutes <= 60.1, `${minutes} minutes`);
});

t.test('a session is kept for as long as it may be', async (t) => {
  const who = await join('viewer');
  const brief = connect(scene, { sessionLifetime: 50 });
  t.teardown(() => brief.close());
  const { id } = await open(who, brief);
  t.ok(await eventually(async () => (await open(who, brief)).id !== id), 'then another one is opened');
});

t.test('logging out ends the session of this process', async (t) => {
  const who = await join('viewer');
  const other = connect(scene);
  const [here, there] = [await open(who), await open(who, other)];
  t.not(here.id, there.id);
  await db.sessions.close(who);
  await db.sessions.close(who);
  t.equal(await sessionsOf(who), 1);
  t.equal((await open(who, other)).id, there.id);
  await other.close();
});

t.test('a person without a tenant joins the one that invites', async (t) => {
  const { token } = await db.withTenant(owner, async (tx) =>
    only(
      await tx.sql<{ token: string }>(
        `select token from api.create_team_invite('editor', 'invited@shop.example')`,
      ),
    ),
  );
  const who = { subject: 'invited', email: 'Invited@shop.example' };
  await db.asPerson(who, async (tx) => {
    t.same(await tx.run(myTenants, undefined), []);
    t.match(await tx.sql('select tenant_id, role from api.accept_team_invite($1)', [token]), [
      { tenant_id: tenantId, role: 'editor' },
    ]);
    t.same(await tx.sql('select id from api.tenant'), [], 'and sees its rows in a session of its own');
  });
  t.match(await db.asPerson(who, (tx) => tx.run(myTenants, undefined)), [{ tenantId, role: 'editor' }]);
  await db.withTenant({ tenantId, role: 'member', subject: who.subject }, async (tx) => {
    t.equal((await tx.run(listProducts, { first: 1 })).length, 1);
  });
});
