import { persist as persistOperations } from '../operations/persist.ts';
import { type Command, UserError } from './command.ts';

export const persist: Command = {
  summary: "write the operations of a client's build into the folder of PERSISTED_OPERATIONS",
  usage: `ccdb persist MANIFEST FOLDER

  MANIFEST  what the client's tool writes: persisted-documents.json of codegen's client preset,
            persisted_queries.json of Relay's compiler, or Apollo's persisted query manifest
  FOLDER    gets a file for each operation, named by the id that the client sends

  What is in the folder stays: clients of an earlier build go on sending it.`,
  options: {},
  async run({ positionals }) {
    const [manifest, folder, ...rest] = positionals;
    if (manifest === undefined || folder === undefined || rest.length > 0)
      throw new UserError('name a manifest and a folder; see ccdb persist --help');
    const { total, added } = await persistOperations(manifest, folder);
    console.log(`${total} operations, ${added} of them new in ${folder}`);
  },
};
