import t from 'tap';
import { progress } from '../../src/cli/progress.ts';
import { ccdb } from '../support/ccdb.ts';
import { createTestDatabase } from '../support/database.ts';

t.test('merchants and orders, as many as asked for, and once', async (t) => {
  const { installer, urls } = await createTestDatabase(t, { template: 'empty' });
  const counts = async () =>
    (
      await installer.query(
        `select count(distinct tenant_id)::integer as merchants, count(*)::integer as orders from commerce.orders`,
      )
    ).rows[0];
  const args = ['seed', '--tenants', '3', '--scale', '2'];
  const { code, stdout, stderr } = await ccdb(args, { ...urls });
  t.match({ code, stderr }, { code: 0, stderr: '' });
  t.match(stdout, /^0% demo merchant 1 of 3\n(\d+% demo merchant \d of 3\n)+100% demo merchant 3 of 3\n$/);
  const first = await counts();
  t.equal(first.merchants, 3);
  t.ok(first.orders > 300);
  t.match(await ccdb(args, { ...urls }), { code: 0, stderr: '' });
  t.strictSame(await counts(), first);
});

t.test('numbers that are none', async (t) => {
  for (const [flag, value] of [
    ['tenants', '0'],
    ['tenants', '10000'],
    ['scale', '1.5'],
    ['scale', '10001'],
    ['seed', 'x'],
  ]) {
    const { code, stderr } = await ccdb(['seed', `--${flag}`, `${value}`]);
    t.match({ code, stderr }, { code: 1, stderr: `--${flag} takes a whole number from 1 to ` });
  }
});

t.test('a bar on a terminal, a line each tenth elsewhere', async (t) => {
  const shown = (isTTY: boolean) => {
    let text = '';
    const show = progress({
      isTTY,
      write: (more) => {
        text += more;
      },
    });
    for (const share of [0, 0.01, 0.5, 0.51, 1]) show(share, 'work');
    return text;
  };
  t.equal(shown(false), '0% work\n50% work\n100% work\n');
  t.strictSame(
    [0, 2, 4].map((index) => shown(true).split('\r').slice(1)[index]),
    [
      `[${'.'.repeat(30)}]   0% work\x1b[K`,
      `[${'#'.repeat(15)}${'.'.repeat(15)}]  50% work\x1b[K`,
      `[${'#'.repeat(30)}] 100% work\x1b[K\n`,
    ],
  );
});
