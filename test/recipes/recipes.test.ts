import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { databaseUrls } from '../../src/embedded/throw-away.ts';
import { CommerceError } from '../../src/index.ts';
import { migrateUp } from '../../src/migrations/index.ts';
import { ensureLogins, findOpenLogins } from '../../src/operations/login-urls.ts';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { connect, demoTenant } from '../database/package.ts';
import { emptyDatabase } from '../migrations/support.ts';
import { copyOfProject } from '../support/checkout.ts';
import { connect as connectAll } from '../support/database.ts';
import { readRecipes, shell } from './recipes.ts';

/** The recipes of docs/working-on-it.md, as they are written there, in a copy of the project; and what they make. */
t.setTimeout(600_000);
t.test('the recipes', async (t) => {
  const root = await copyOfProject(t);
  const recipes = await readRecipes(root);

  t.strictSame(
    [...recipes.keys()],
    ['A column', 'A table', 'A mutation', 'A policy', 'A query', 'A GraphQL tag'],
  );
  for (const [name, script] of recipes) await t.test(name, (t) => shell(t, root, script));
  await t.test('what is generated is renewed, and nothing was forgotten', (t) =>
    shell(t, root, 'npm run -s generate && npm run -s check'),
  );

  const installer = await emptyDatabase(t);
  const name = new URL(installer).pathname.slice(1);
  const urls = databaseUrls({ url: installer }, name, process.env);
  const open = await findOpenLogins(installer);
  await migrateUp({ connectionString: installer, directory: join(root, 'migrations') });
  await ensureLogins(installer, urls, open);
  await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
  const { close, ...scene } = connectAll(urls);
  const db = connect(scene);
  t.teardown(async () => {
    await db.close();
    await close();
  });
  const [ours, theirs] = [await demoTenant(scene, 1), await demoTenant(scene, 2)];

  type Who = Parameters<typeof db.withTenant>[0];
  const ask = (who: Who, sql: string, values: unknown[] = []) =>
    db.withTenant(who, (tx) => tx.sql<Record<string, unknown>>(sql, values));
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof CommerceError ? error.code : error),
    );
  const add = (who: Who, code: string) =>
    ask(who, 'insert into api.gift_card (code) values ($1) returning id, version', [code]);

  t.test('the column is read and written by members, and hidden from buyers', async (t) => {
    const [product] = await ask(
      ours.owner,
      `update api.products set brand = 'Acme', version = version where id = (select id from api.products limit 1)
     returning id, brand`,
    );
    t.match(product, { brand: 'Acme' });
    t.equal(await codeOf(ask(ours.buyer, 'select brand from api.products')), 'FORBIDDEN');
  });

  t.test('the table has isolation, the lock, soft delete and the log', async (t) => {
    const [card] = await add(ours.owner, 'SPRING');
    const id = card?.id;
    t.strictSame(await ask(theirs.owner, 'select id from api.gift_card'), [], 'nobody else sees it');
    t.strictSame(
      await ask(theirs.owner, `update api.gift_card set code = 'X', version = 1 where id = $1 returning id`, [
        id,
      ]),
      [],
      'nor changes it',
    );
    t.ok(await add(theirs.owner, 'SPRING'), 'and may have the same');

    const change = (version: string) =>
      codeOf(ask(ours.owner, `update api.gift_card set code = 'AUTUMN'${version} where id = $1`, [id]));
    t.equal(await change(''), 'VERSION_REQUIRED');
    t.equal(await change(', version = 7'), 'VERSION_CONFLICT');
    t.equal(await change(', version = 1'), 'done');

    await ask(ours.owner, 'delete from api.gift_card where id = $1', [id]);
    t.strictSame(await ask(ours.owner, 'select id from api.gift_card'), []);
    const kept = await scene.installer.query(
      'select code, is_deleted, deleted_at is not null as "hasTime" from commerce.gift_card where id = $1',
      [id],
    );
    t.strictSame(kept.rows, [{ code: 'AUTUMN', is_deleted: true, hasTime: true }]);
    const log = await scene.installer.query(
      `select l.action, l.tenant_id as tenant from audit.log as l
      where l.table_name = 'gift_card' and l.record_key = $1 order by l.id`,
      [id],
    );
    t.equal(log.rowCount, 3, 'adding, changing and deleting it are in the log');
    t.ok(log.rows.every(({ tenant }) => tenant === ours.tenantId));
  });

  t.test('the mutation', async (t) => {
    const [card] = await add(ours.owner, 'ONE');
    const rename = (who: Who, version: number) =>
      codeOf(ask(who, 'select * from api.rename_gift_card($1, $2, $3)', [card?.id, version, 'TWO']));
    t.equal(await rename(theirs.owner, 1), 'NOT_FOUND');
    t.equal(await rename(ours.buyer, 1), 'FORBIDDEN');
    t.equal(await rename(ours.owner, 9), 'VERSION_CONFLICT');
    t.equal(await rename(ours.owner, 1), 'done');
  });

  t.test('the policy shows buyers one card', async (t) => {
    await add(ours.owner, 'WELCOME');
    t.strictSame(await ask(ours.buyer, 'select code from api.gift_card'), [{ code: 'WELCOME' }]);
    t.equal(await codeOf(ask(ours.buyer, 'select version from api.gift_card')), 'FORBIDDEN');
    t.equal(await codeOf(add(ours.buyer, 'MINE')), 'FORBIDDEN');
  });

  t.test('the typed query and the GraphQL type', async (t) => {
    t.match(
      await readFile(join(root, 'src/queries/gift_card.ts'), 'utf8'),
      /What the buyer types in\.[\s\S]*export const readGiftCard = /,
    );
    const schema = await readFile(join(root, 'schema.graphql'), 'utf8');
    t.match(schema, /^type Voucher\b/m);
    t.match(schema, /^ {2}brand: String$/m);
  });
});
