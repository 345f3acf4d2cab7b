import pg from 'pg';
import t, { type Test } from 'tap';
import { eventually } from './eventually.ts';
import { mountSmallDisk, startFaultyServer } from './faulty-server.ts';
import { startProxy } from './proxy.ts';

/** The helpers that do to a server and to its connections what production does. */
async function connect(t: Test, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 500 });
  client.on('error', () => {});
  t.teardown(() => client.connection.stream.destroy());
  await client.connect();
  return client;
}

const ask = async (client: pg.Client): Promise<number> =>
  (await client.query<{ one: number }>({ text: 'select 1 as one', query_timeout: 300 } as pg.QueryConfig))
    .rows[0]?.one ?? 0;

t.test('a proxy cuts, refuses, swallows, holds and delays', async (t) => {
  const { DATABASE_URL: url = '' } = process.env;
  const proxy = await startProxy(url);
  t.teardown(() => proxy.close());
  const through = proxy.through(url);
  const cut = await connect(t, through);
  t.equal(await ask(cut), 1);
  proxy.cut();
  await t.rejects(ask(cut));
  t.equal(await ask(await connect(t, through)), 1);

  proxy.refuse();
  await t.rejects(connect(t, through));
  proxy.pass();

  const silent = await connect(t, through);
  proxy.silence();
  await t.rejects(ask(silent), { message: 'Query read timeout' });
  await t.rejects(connect(t, through), 'new ones as well');
  proxy.pass();
  await t.rejects(ask(silent), 'for ever');
  const held = await connect(t, through);
  proxy.hold();
  const asked = held.query('select 2 as two');
  t.equal(await Promise.race([asked, eventually(() => false, 200)]), false);
  proxy.pass(50);
  t.same((await asked).rows, [{ two: 2 }], 'what was held is delivered');

  proxy.cutAnswerTo('create table public.proxied');
  await t.rejects(held.query('create table public.proxied ()'));
  const later = await connect(t, through);
  t.same((await later.query(`select to_regclass('public.proxied') is not null as made`)).rows, [
    { made: true },
  ]);
  await later.query('drop table public.proxied');
});

t.test(
  'a server stops, is killed, pauses, and runs out of room',
  { skip: process.platform !== 'linux' && 'needs /proc' },
  async (t) => {
    const server = await startFaultyServer({ settings: ['max_connections=20'] });
    t.teardown(() => server.close());
    const client = await connect(t, server.url);
    await client.query('create table kept as select 1 as one');
    server.pause();
    await t.rejects(ask(client), { message: 'Query read timeout' });
    server.resume();
    t.equal(await ask(await connect(t, server.url)), 1);
    for (const end of ['kill', 'stop'] as const) {
      await server[end]();
      await t.rejects(connect(t, server.url), { code: 'ECONNREFUSED' });
      await server.start();
      const again = await connect(t, server.url);
      t.same((await again.query('select * from kept')).rows, [{ one: 1 }], `after ${end}`);
    }

    const disk = await mountSmallDisk(64);
    if (disk === undefined) {
      t.comment('SKIP a full disk: no tmpfs can be mounted here');
      return;
    }
    t.teardown(() => disk.close());
    const filler = await connect(t, server.url);
    await filler.query(`create tablespace small location '${disk.folder}'`);
    await filler.query('create table much (id integer) tablespace small');
    await disk.fill();
    await t.rejects(filler.query('insert into much select generate_series(1, 1000000)'), { code: '53100' });
    await disk.free();
    await filler.query('insert into much select generate_series(1, 1000)');
    await filler.query('drop table much');
    await filler.query('drop tablespace small');
  },
);
