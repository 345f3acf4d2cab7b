import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { readMigrations } from '../../src/migrations/files.ts';
import { shell } from '../recipes/recipes.ts';
import { isMainRun } from '../replication/servers.ts';
import { startIn } from '../support/ccdb.ts';
import { copyOfProject, shellEnv } from '../support/checkout.ts';

/*
 * Omissions are planted in a copy of the project, all at once; then whatever `npm run check` names is run, exactly as
 * it stands there, until nothing is named. What is stale can be seen only when migrations carry every living file.
 */
t.setTimeout(900_000);
// The check always asks the embedded server.
const skip = isMainRun() ? false : 'runs with the embedded PostgreSQL 18';

const table = `create table commerce.voucher (
  id uuid constraint voucher_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  product_id uuid not null,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint voucher_tenant_id_id_key unique (tenant_id, id),
  constraint voucher_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint voucher_product_fkey foreign key (tenant_id, product_id) references commerce.products (tenant_id, id) on delete restrict,
  constraint voucher_deleted_has_time check (is_deleted = (deleted_at is not null))
);
comment on column commerce.voucher.id is 'The key.';
comment on column commerce.voucher.tenant_id is 'The tenant.';
comment on column commerce.voucher.tenant_hash is 'The place in the tenants'' order.';
comment on column commerce.voucher.version is 'Goes up with every change.';
comment on column commerce.voucher.is_deleted is 'Whether it is deleted.';
comment on column commerce.voucher.deleted_at is 'When it was deleted.';
comment on column commerce.voucher.created_at is 'When it was added.';
comment on column commerce.voucher.updated_at is 'When it was last changed.'`;

const view = `create or replace view api.voucher
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.version,
       t.created_at
  from commerce.voucher as t
 where not t.is_deleted;

select internal.copy_comments('api.voucher', 'commerce.voucher');
`;

const forgotten = `create or replace function internal.forgotten()
  returns integer
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$ select 1 $$;

comment on function internal.forgotten() is 'One.';
`;

/** What is lost on tables that the package has, by statements that nobody should write into a migration. */
const lost = `drop policy select_member on commerce.refund;
drop policy tenant on commerce.customer;
drop trigger _110_version_required on commerce.orders;
drop trigger _900_audit_update on commerce.storefront;
revoke delete on commerce.address_book from commerce_purge;
revoke select (sku) on api.products from commerce_member, commerce_buyer, commerce_platform;
reset role;
comment on function api.place_order is null;`;

const named = [
  /^functions\/internal\/orders\/\w+\.sql: no migration carries its text/m,
  /^functions\/internal\/forgotten\.sql: migrations carry it, but the file is gone/m,
  /^commerce\.voucher: row-level security with its tenant policy is missing/m,
  /^commerce\.voucher: the optimistic lock of its version is missing/m,
  /^commerce\.voucher: soft delete is missing/m,
  /^commerce\.voucher: the right to purge what was deleted is missing/m,
  /^commerce\.voucher: the log of its changes is missing/m,
  /^commerce\.voucher\.voucher_product_fkey: an index of the foreign key is missing/m,
  /^commerce\.voucher: a comment is missing/m,
  /^commerce\.voucher\.product_id: a comment is missing/m,
  /^commerce\.voucher\.version: the grant by which members read the column of its view is missing/m,
  /^commerce\.refund: its triggers, policies, rights or comments are not what its file makes of it now/m,
  /^commerce\.team_members: its triggers, policies, rights or comments are not .*--replace \d{4}$/m,
  /^api\.place_order: its triggers, policies, rights or comments are not what its file makes of it now/m,
  /^commerce\.customer: row-level security with its tenant policy is missing/m,
  /^commerce\.orders: the optimistic lock of its version is missing/m,
  /^commerce\.storefront: the log of its changes is missing/m,
  /^commerce\.address_book: the right to purge what was deleted is missing/m,
  /^commerce\.products\.sku: the grant by which members read the column of its view is missing/m,
  /^commerce\.payment\.amount: a comment is missing/m,
  /schema\.graphql.*: not as generated/m,
];

/** The next migration, as somebody writes it who does not know of the generator. */
async function writeMigration(root: string, name: string, up: string, down: string): Promise<void> {
  const directory = join(root, 'migrations');
  const number = String((await readMigrations(directory)).length + 1).padStart(4, '0');
  const header = `set local lock_timeout = '2s';\nset local role commerce_owner;\n`;
  const text = `-- Up Migration\n${header}${up}\n\n-- Down Migration\n${header}${down}\n`;
  await writeFile(join(directory, `${number}_${name}.sql`), text);
}

t.test('what check names is mended by the commands that it names', { skip }, async (t) => {
  const root = await copyOfProject(t);
  const ccdb = (...args: string[]) =>
    shell(t, root, `npm run -s ccdb -- ${args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ')}`);
  const check = () => startIn(root, 'sh', ['-c', 'npm run -s drift'], shellEnv(root)).ended;

  await writeFile(join(root, 'functions/internal/forgotten.sql'), forgotten);
  await ccdb('new', 'add_forgotten');
  await rm(join(root, 'functions/internal/forgotten.sql'));
  await ccdb('new', 'create_vouchers', 'functions/api', '--sql', table);
  await writeMigration(root, 'lose_things', lost, 'select;');
  const comment = 'comment on column commerce.payment.amount is null;';
  await writeMigration(root, 'lose_a_comment', comment, 'select;');
  await writeMigration(
    root,
    'add_nickname',
    `alter table commerce.team_members add column nickname text;
comment on column commerce.team_members.nickname is 'What colleagues call them.';`,
    'alter table commerce.team_members drop column nickname;',
  );
  await writeFile(join(root, 'functions/api/views/voucher.sql'), view);
  await appendFile(join(root, 'functions/internal/orders/share_of.sql'), '-- A remark.\n');
  await appendFile(join(root, 'schema.graphql'), '# A remark.\n');

  let said = '';
  let isGreen = false;
  for (let round = 1; round <= 4; round += 1) {
    const { code, stderr } = await check();
    isGreen = code === 0;
    if (isGreen) break;
    said += stderr;
    const commands = [...stderr.matchAll(/; run: (.+)$/gm)].map(([, command]) => command as string);
    t.equal(commands.length, stderr.trim().split('\n').length, 'each message names its command');
    for (const command of new Set(commands)) await shell(t, root, command);
  }
  for (const pattern of named) t.match(said, pattern);
  t.ok(isGreen, 'nothing is missing any more');
});
