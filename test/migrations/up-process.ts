import { migrateUp } from '../../src/migrations/index.ts';

/** `up` in a process of its own, to be killed: node up-process.ts URL FOLDER */
const [connectionString = '', directory = ''] = process.argv.slice(2);
await migrateUp({ connectionString, directory });
