import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scalars } from '../../src/scalars.ts';
import { succeed } from '../package/consumer.ts';
import type { Client, Connection } from './fixtures/client.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a project would write into these files; docs/graphql-clients.md says why. */
const configuration = {
  'package.json': { private: true, type: 'commonjs' },
  'relay.config.json': {
    src: 'relay',
    schema: 'schema.graphql',
    language: 'typescript',
    artifactDirectory: 'relay/generated',
    customScalarTypes: scalars,
    persistConfig: { file: 'relay/operations.json', algorithm: 'SHA256' },
  },
  'relay/operations.json': {},
  'codegen.json': {
    schema: 'schema.graphql',
    documents: ['codegen/client.ts'],
    generates: {
      'codegen/generated/': {
        preset: 'client',
        presetConfig: { persistedDocuments: true },
        config: { documentMode: 'string', enumsAsTypes: true, scalars },
      },
    },
  },
  'tsconfig.json': {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023', 'dom'],
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      skipLibCheck: true,
      types: ['node'],
      rewriteRelativeImportExtensions: true,
      rootDir: '.',
      outDir: 'out',
      paths: { 'conversational-commerce-db/scalars': ['./scalars.ts'] },
      plugins: [
        {
          name: 'gql.tada/ts-plugin',
          schema: './schema.graphql',
          tadaOutputLocation: './gql-tada/graphql-env.d.ts',
        },
      ],
    },
    include: ['*/client.ts'],
  },
};

/** Generates and compiles all five clients in the folder, as their builds would. */
export async function buildClients(folder: string): Promise<void> {
  await cp(new URL('fixtures', import.meta.url), folder, { recursive: true });
  await cp(join(root, 'schema.graphql'), join(folder, 'schema.graphql'));
  await cp(join(root, 'src/scalars.ts'), join(folder, 'scalars.ts'));
  await mkdir(join(folder, 'relay/generated'));
  for (const [name, content] of Object.entries(configuration)) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  const tool = (name: string, ...args: string[]) =>
    succeed(join(root, 'node_modules/.bin', name), args, { cwd: folder });
  await Promise.all([
    tool('relay-compiler', 'relay.config.json'),
    tool('graphql-codegen', '--config', 'codegen.json'),
    tool('gql.tada', 'generate-output'),
  ]);
  await tool('tsc', '-p', '.');
}

/** The client as it was compiled. */
export function loadClient(folder: string, name: string): (connection: Connection) => Client {
  return createRequire(import.meta.url)(join(folder, 'out', name, 'client.js')).connect;
}
