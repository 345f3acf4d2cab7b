import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { startIn } from '../support/ccdb.ts';
import { copyOfProject, shellEnv } from '../support/checkout.ts';

/*
 * An alteration that forgot all that can be forgotten, in a copy of the project. Each omission is named by
 * `npm run drift`, the part of `npm run check` that looks for them, and the commands that it names mend them all.
 */
const root = await copyOfProject(t);
const inShell = (script: string) => startIn(root, 'sh', ['-ec', script], shellEnv(root)).ended;

/** A table that its file does not attach to anything, a column that nobody was told of, rights that were lost. */
const migration = `-- Why: an alteration that forgets.

-- Up Migration
set local lock_timeout = '2s';
set local role commerce_owner;
create table commerce.part (
  id uuid constraint part_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  product_id uuid,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint part_tenant_id_id_key unique (tenant_id, id),
  constraint part_product_id_fkey foreign key (tenant_id, product_id) references commerce.products (tenant_id, id)
);
comment on column commerce.part.id is 'The key.';
comment on column commerce.part.tenant_id is 'The tenant.';
comment on column commerce.part.tenant_hash is 'A number made of the id.';
comment on column commerce.part.version is 'Goes up with every change.';
comment on column commerce.part.is_deleted is 'Whether it is deleted.';
comment on column commerce.part.deleted_at is 'When it was deleted.';
comment on column commerce.part.updated_at is 'When it was last changed.';
alter table commerce.products add column brand text;
comment on column commerce.products.brand is 'Who makes it.';
revoke select (sku) on api.products from commerce_member, commerce_buyer, commerce_platform;

-- Down Migration
set local lock_timeout = '2s';
set local role commerce_owner;
alter table commerce.products drop column brand;
drop table commerce.part;
`;

const gone = 'functions/api/sales_daily.sql';
await writeFile(join(root, 'migrations/0099_forget.sql'), migration);
await appendFile(
  join(root, 'functions/internal/checks/search_words.sql'),
  "comment on function internal.search_words(text) is 'Changed.';\n",
);
await rm(join(root, gone));
await rm(join(root, 'sql/orders.sql'));
await appendFile(join(root, 'schema.graphql'), '# stale\n');

const expected = [
  'functions/internal/checks/search_words.sql: no migration carries its text',
  `${gone}: migrations carry it, but the file is gone`,
  'commerce.part: row-level security with its tenant policy is missing',
  'commerce.part: the optimistic lock of its version is missing',
  'commerce.part: soft delete is missing',
  'commerce.part: the right to purge what was deleted is missing',
  'commerce.part: the log of its changes is missing',
  'commerce.part.part_product_id_fkey: an index of the foreign key is missing',
  'commerce.part.product_id: a comment is missing',
  'commerce.part: a comment is missing',
  'commerce.products.sku: the grant by which members read the column of its view is missing',
  'commerce.products: its triggers, policies, rights or comments are not what its file makes of it now',
  'schema.graphql',
];

t.test('each is named with its command, and the commands mend them', async (t) => {
  const seen = new Set<string>();
  let isMended = false;
  // What is not carried yet hides what is stale, so it takes a second look.
  for (let round = 0; round < 4 && !isMended; round++) {
    const { code, stderr } = await inShell('npm run -s drift');
    isMended = code === 0;
    const lines = stderr.split('\n');
    for (const each of expected) if (lines.some((line) => line.includes(each))) seen.add(each);
    const commands = new Set(lines.flatMap((line) => / run: (.+)$/.exec(line)?.[1] ?? []));
    t.ok(isMended || commands.size > 0, stderr);
    for (const command of commands) {
      const run = await inShell(command);
      t.equal(run.code, 0, `${command}\n${run.stdout}${run.stderr}`);
    }
  }
  t.strictSame(
    expected.filter((each) => !seen.has(each)),
    [],
    'every omission was named',
  );
  t.ok(isMended, 'and mended');
  t.notMatch(await readFile(join(root, 'schema.graphql'), 'utf8'), '# stale');
});
