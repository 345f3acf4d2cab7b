import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  buildASTSchema,
  buildSchema,
  type DocumentNode,
  findBreakingChanges,
  findDangerousChanges,
  parse,
  visit,
} from 'postgraphile/graphql';
import { packageDirectory } from '../migrations/living.ts';

type Member = { readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined };

/** What a release has called deprecated may go in the next. */
function withoutDeprecated(document: DocumentNode): DocumentNode {
  const drop = ({ directives = [] }: Member) =>
    directives.some(({ name }) => name.value === 'deprecated') ? null : undefined;
  return visit(document, {
    FieldDefinition: drop,
    InputValueDefinition: drop,
    EnumValueDefinition: drop,
  });
}

export type SchemaChanges = { breaking: string[]; dangerous: string[] };

/** What a client of the released schema would notice: what fails, and what may surprise it. */
export function schemaChanges(released: string, present: string): SchemaChanges {
  const before = parse(released);
  const kept = buildASTSchema(withoutDeprecated(before), { assumeValidSDL: true });
  const now = buildSchema(present);
  return {
    breaking: findBreakingChanges(kept, now).map(({ description }) => description),
    dangerous: findDangerousChanges(buildASTSchema(before), now).map(({ description }) => description),
  };
}

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: packageDirectory, encoding: 'utf8', maxBuffer: 2 ** 28 }).trim();

/** The newest release that this one descends from. */
function lastRelease(): string | undefined {
  const [tag] = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-v:refname').split('\n');
  return tag || undefined;
}

function main(): void {
  const { values } = parseArgs({ options: { since: { type: 'string' } } });
  const since = values.since ?? lastRelease();
  if (since === undefined) {
    console.log('there is no release yet whose clients could break');
    return;
  }
  const present = readFileSync(join(packageDirectory, 'schema.graphql'), 'utf8');
  const { breaking, dangerous } = schemaChanges(git('show', `${since}:schema.graphql`), present);
  for (const change of dangerous) console.log(`may surprise clients of ${since}: ${change}`);
  for (const change of breaking) console.error(`breaks clients of ${since}: ${change}`);
  if (breaking.length > 0) {
    console.error(
      'deprecate it first: @deprecated REASON in its comment, and remove it in the release after',
    );
    process.exitCode = 1;
  } else console.log(`nothing that works with ${since} breaks`);
}

if (import.meta.main) main();
