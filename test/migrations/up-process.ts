import { migrateUp } from '../../src/migrations/index.ts';

/** `up` in a process of its own, to be killed: DATABASE_URL=… node up-process.ts FOLDER */
const { DATABASE_URL: connectionString = '' } = process.env;
const [directory = ''] = process.argv.slice(2);
await migrateUp({ connectionString, directory });
