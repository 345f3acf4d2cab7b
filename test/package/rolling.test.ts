import { join } from 'node:path';
import t from 'tap';
import { type MigrationFile, readMigrations } from '../../src/migrations/files.ts';
import { migrateUp } from '../../src/migrations/index.ts';
import { setStage } from '../graphql/support.ts';
import { readRecipes, shell } from '../recipes/recipes.ts';
import { ccdb, startIn } from '../support/ccdb.ts';
import { copyOfProject, shellEnv } from '../support/checkout.ts';
import { createTestDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';

/*
 * A rolling deployment, as UPGRADING.md promises it. This checkout is release n-1; release n is a copy of it to
 * which a column, a table and a mutation were added by the recipes of docs/working-on-it.md.
 */
t.setTimeout(600_000);
t.test('a rolling deployment', async (t) => {
  const root = await copyOfProject(t);
  const recipes = await readRecipes(root);
  for (const name of ['A column', 'A table', 'A mutation']) {
    await t.test(`release n: ${name}`, (t) => shell(t, root, recipes.get(name) ?? 'exit 1'));
  }
  const directory = join(root, 'migrations');
  const released = (await readMigrations()).length;
  const added = (await readMigrations(directory)).slice(released);

  /** What each migration does, for a test database that is to have it from the beginning. */
  const upOf = ({ up }: MigrationFile) => `begin;\n${up.sql}\ncommit;`;

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
    const tables = added.filter(({ name }) => !name.endsWith('rename_gift_cards'));
    const env = { ...process.env, TEST_MUTANT: tables.map(upOf).join('\n'), PATH: shellEnv(root).PATH };
    const args = ['-u', 'NODE_OPTIONS', 'tap', 'run', '--reporter=tap', 'test/queries/queries.test.ts'];
    const { code, stdout } = await startIn(process.cwd(), 'env', args, env).ended;
    t.equal(code, 0, code === 0 ? 'as on its own' : stdout.slice(-4000));
  });

  await t.test('release n asks for the database of n', async (t) => {
    const { urls } = await createTestDatabase(t, { template: 'empty' });
    const port = String(await freePort());
    const env = shellEnv(root, { ...urls, JWT_SECRET: 'x'.repeat(32) });
    const refused = await startIn(root, process.execPath, ['src/cli/main.ts', 'serve', '--port', port], env)
      .ended;
    t.equal(refused.code, 1);
    t.match(refused.stderr, `the database lacks migration ${added[0]?.name}`);
    t.match(refused.stderr, 'run ccdb up first');
  });
});
