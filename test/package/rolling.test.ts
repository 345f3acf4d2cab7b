import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { readMigrations } from '../../src/migrations/files.ts';
import { migrateUp } from '../../src/migrations/index.ts';
import { demoMerchants } from '../../src/operations/seed-demo.ts';
import { signToken } from '../../src/operations/token.ts';
import { setStage } from '../graphql/support.ts';
import { readRecipes, shell } from '../recipes/recipes.ts';
import { ccdb, startIn } from '../support/ccdb.ts';
import { copyOfProject, shellEnv } from '../support/checkout.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { succeed, temporaryFolder } from './consumer.ts';

/*
 * A rolling deployment, as UPGRADING.md promises it. This checkout is release n-1; release n is a copy of it to
 * which a column, a table and a mutation were added by the recipes of docs/working-on-it.md.
 */
t.setTimeout(600_000);

/** What `npm publish` would send of the checkout, unpacked, with the dependencies of this one. */
async function unpack(t: Test, checkout: string): Promise<string> {
  const folder = await temporaryFolder(t);
  await succeed('npm', ['pack', '--pack-destination', folder], { cwd: checkout });
  const [tarball = ''] = await readdir(folder);
  await succeed('tar', ['-xzf', tarball], { cwd: folder });
  await symlink(join(checkout, 'node_modules'), join(folder, 'package/node_modules'));
  return join(folder, 'package');
}

t.test('a rolling deployment', async (t) => {
  const root = await copyOfProject(t);
  const recipes = await readRecipes(root);
  for (const name of ['A column', 'A table', 'A mutation']) {
    await t.test(`release n: ${name}`, (t) => shell(t, root, recipes.get(name) ?? 'exit 1'));
  }
  const directory = join(root, 'migrations');
  const released = (await readMigrations()).length;
  const added = (await readMigrations(directory)).slice(released);

  await t.test('the servers of n-1 go on while the database becomes that of n', async (t) => {
    const { db, ours } = await setStage(t);
    const read = '{ products(first: 1) { nodes { rowId name version } } }';
    const before = await ours.ask(read);
    const counts = async () =>
      (await db.installer.query('select count(*)::int as n from commerce.orders')).rows;
    const orders = await counts();
    t.strictSame(
      await migrateUp({ connectionString: db.urls.DATABASE_URL, directory }),
      added.map(({ name }) => name),
    );
    t.strictSame(await counts(), orders, 'no row is lost');
    t.strictSame(await ours.ask(read), before);
    const [product] = before.data.products.nodes;
    const change = await ours.ask(
      `mutation { updateProduct(input: { rowId: "${product.rowId}", patch: { version: ${product.version}, name: "New" } })
       { product { name } } }`,
    );
    t.equal(change.data?.updateProduct.product.name, 'New', JSON.stringify(change.errors));

    const restarted = await ccdb(['status'], { DATABASE_URL: db.urls.DATABASE_URL });
    t.match(restarted.stdout + restarted.stderr, added.at(-1)?.name, 'its ccdb names what it does not know');
  });

  await t.test('every typed query of n-1 works on the database of n', async (t) => {
    // A function that has no query yet is what that test looks for.
    const last = added.filter(({ name }) => !name.endsWith('rename_gift_cards')).at(-1);
    const env = { ...process.env, TEST_MIGRATED_TO: last?.path ?? '', PATH: shellEnv(root).PATH };
    const args = ['-u', 'NODE_OPTIONS', 'tap', 'run', '--reporter=tap', 'test/queries/queries.test.ts'];
    const { code, stdout } = await startIn(process.cwd(), 'env', args, env).ended;
    t.equal(code, 0, code === 0 ? 'as on its own' : stdout.slice(-4000));
  });

  await t.test('every typed query of n works on the database of n-1', async (t) => {
    const env = { ...process.env, PATH: shellEnv(root).PATH };
    const args = ['-u', 'NODE_OPTIONS', 'tap', 'run', '--reporter=tap', 'test/queries/queries.test.ts'];
    const { code, stdout } = await startIn(root, 'env', args, env).ended;
    t.equal(code, 0, code === 0 ? 'as on its own' : stdout.slice(-4000));
  });

  await t.test('the packed package of n serves the database of n-1, and migrates it', async (t) => {
    const { urls } = await createTestDatabase(t);
    const main = join(await unpack(t, root), 'dist/cli/main.js');
    const port = String(await freePort());
    const secret = 'x'.repeat(32);
    const env = shellEnv(root, { ...urls, JWT_SECRET: secret });
    const [merchant] = await demoMerchants(urls.DATABASE_WORKER_URL);
    const token = await signToken(
      { role: 'member', tenantId: merchant?.tenantId ?? '', subject: merchant?.ownerSubject ?? '' },
      secret,
      '10min',
    );
    const origin = `http://127.0.0.1:${port}`;
    // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
    const ask = async (query: string): Promise<any> => {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query }),
      });
      return response.json();
    };
    const serve = async () => {
      const server = startIn(root, process.execPath, [main, 'serve', '--port', port], env);
      t.teardown(() => server.child.kill('SIGKILL'));
      const isUp = () =>
        fetch(`${origin}/readyz`).then(
          () => true,
          () => false,
        );
      t.ok(await eventually(isUp, 60_000), 'it starts');
      const stop = async (): Promise<void> => {
        server.child.kill('SIGTERM');
        t.match(await server.ended, { code: 0 });
      };
      const answer = await fetch(`${origin}/readyz`);
      return { stop, ready: (await answer.json()) as { status: string; warnings?: string[] } };
    };

    const earlier = await serve();
    t.equal(earlier.ready.status, 'ready');
    t.match(
      earlier.ready.warnings,
      [`the database lacks migration ${added[0]?.name} and ${added.length - 1} more: run ccdb up`],
      'and it names what is missing',
    );
    const { data } = await ask('{ products(first: 1) { nodes { rowId version } } }');
    const [product] = data.products.nodes;
    const change = await ask(
      `mutation { updateProduct(input: { rowId: "${product.rowId}", patch: { version: ${product.version}, name: "New" } })
       { product { name } } }`,
    );
    t.equal(change.data?.updateProduct.product.name, 'New', JSON.stringify(change.errors));
    await earlier.stop();

    const up = await startIn(root, process.execPath, [main, 'up'], env).ended;
    t.equal(up.code, 0, up.stderr);
    const later = await serve();
    t.notMatch(JSON.stringify(later.ready), 'lacks migration');
    t.match(await ask('{ products(first: 1) { nodes { name brand } } giftCards { nodes { code } } }'), {
      data: { giftCards: { nodes: [] } },
      errors: undefined,
    });
    await later.stop();
  });

  await t.test('release n refuses a database that is older', async (t) => {
    const { urls, installer } = await createTestDatabase(t, { template: 'empty' });
    await installer.query(`delete from ccdb.migrations where name like '0023%'`);
    const env = shellEnv(root, { ...urls, JWT_SECRET: 'x'.repeat(32) });
    const args = ['src/cli/main.ts', 'serve', '--port', String(await freePort())];
    const refused = await startIn(root, process.execPath, args, env).ended;
    t.equal(refused.code, 1);
    t.match(refused.stderr, /the database lacks migration 0023_\w+ and 3 more: run ccdb up first/);
  });
});
