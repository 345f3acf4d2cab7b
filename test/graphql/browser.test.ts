import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import t from 'tap';
import { startServer } from '../../src/graphql/server.ts';
import { demoMerchants } from '../../src/operations/seed-demo.ts';
import { signToken } from '../../src/operations/token.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asWorker } from '../support/session.ts';
import { isAsleep } from './subscriber.ts';
import { jwtSecret } from './support.ts';

/** What `npm start` shows, as a newcomer sees it: in Chromium, with a new profile. */
const executablePath = '/usr/bin/chromium';

t.test(
  'Ruru and the documentation in Chromium',
  { skip: !existsSync(executablePath) && 'no chromium here' },
  async (t) => {
    const db = await createTestDatabase(t);
    const [ours] = await demoMerchants(db.urls.DATABASE_WORKER_URL);
    if (ours === undefined) throw new Error('the demo template has merchants');
    const claims = { role: 'member', tenantId: ours.tenantId, subject: ours.ownerSubject } as const;
    const server = await startServer({
      connectionString: db.urls.DATABASE_API_URL,
      authConnectionString: db.urls.DATABASE_AUTH_URL,
      jwtSecret,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'silent',
      development: { token: await signToken(claims, jwtSecret, '1h') },
    });
    t.teardown(() => server.close());

    const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    t.teardown(async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    });

    // A small machine that runs other tests as well draws the editor slowly.
    browser.setDefaultTimeout(120_000);

    const { host } = new URL(server.url);
    const elsewhere: string[] = [];
    const problems: string[] = [];
    const note = (url: string): void => {
      if (!['data:', 'blob:'].includes(new URL(url).protocol) && new URL(url).host !== host)
        elsewhere.push(url);
    };
    browser.on('request', (request) => note(request.url()));
    const open = async (path: string): Promise<Page> => {
      const page = await browser.newPage();
      page.on('websocket', (socket) => note(socket.url()));
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(new URL(path, server.url).href);
      return page;
    };
    // The editor draws its button before it has read which operations there are; a click is then for nothing.
    const run = async (page: Page, operation: string): Promise<void> => {
      const choice = page.getByRole('menuitem', { name: operation });
      const isOffered = async (): Promise<boolean> => {
        await page.getByRole('button', { name: /execute query/i }).click();
        return choice.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        );
      };
      await eventually(isOffered, 120_000);
      await choice.click();
    };
    const seen = async (page: Page, text: RegExp): Promise<boolean> =>
      page
        .locator('.result-window')
        .filter({ hasText: text })
        .waitFor()
        .then(() => true)
        .catch(() => false);

    await t.test('an example runs with the token that is there, and shows rows', async (t) => {
      const page = await open('/');
      await run(page, 'Products');
      t.ok(await seen(page, /"inventoryCount"/), 'rows');
      await run(page, 'NewCustomer');
      t.ok(await seen(page, /Ada\sof\sthe\sexample/), 'a change');
      await page.close();
    });

    await t.test('a subscription shows a message as it comes', async (t) => {
      const page = await open('/');
      await run(page, 'NewMessages');
      const { rows } = await db.installer.query<{ account: string }>(
        `select external_account_id as account from commerce.channel where tenant_id = $1 and channel_type = 'whatsapp'`,
        [ours.tenantId],
      );
      await eventually(() => isAsleep(db));
      await asWorker(db, (worker) =>
        worker.query(
          `select from internal.receive_message('whatsapp', $1, '2348000000009', 'wamid.b', 'Seen in Ruru')`,
          [rows[0]?.account],
        ),
      );
      t.ok(await seen(page, /Seen\sin\sRuru/));
      await page.close();
    });

    await t.test('the diagrams are drawn, and the dictionary is there', async (t) => {
      const page = await open('/diagrams');
      await page.locator('pre.mermaid[data-processed] svg').first().waitFor();
      t.ok(await page.locator('svg').getByText('conversation_thread').count());
      const drawings = await page.locator('pre.mermaid').count();
      t.ok(await eventually(async () => (await page.locator('pre.mermaid svg').count()) === drawings));
      t.equal(await page.locator('svg[aria-roledescription=error]').count(), 0, `${drawings} drawings`);
      await page.getByRole('link', { name: 'Data dictionary' }).click();
      await page.getByRole('link', { name: 'Orders', exact: true }).click();
      t.ok(await page.locator('#orders').isVisible());
      t.ok(await page.getByRole('cell', { name: 'order_number', exact: true }).count());
      await page.close();
    });

    t.same(elsewhere, [], 'no request leaves the machine');
    t.same(problems, []);
  },
);
