import type { TableChanges } from './handwritten.ts';
import { inOrder, type LivingFile } from './living.ts';
import type { MadeObject, Makings } from './objects.ts';
import { code } from './statements.ts';

export type Files = Map<string, LivingFile>;

/** What a section does to living files: it undoes some, the last first, and then makes some. */
export type Changes = { undone: LivingFile[]; made: LivingFile[]; reasons: Map<string, string> };

const mentions = (text: string, name: string) =>
  new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}(?!\\w)`).test(text);

/** The functions and views of a file: what others can stand upon. */
function namesOf({ objects }: Makings): string[] {
  return objects.filter(({ kind }) => kind === 'view' || kind === 'function').map(({ name }) => name);
}

/** Whether `create or replace` cannot make the new text of a file of the old one. */
function needsUndoing(old: LivingFile, present: LivingFile): boolean {
  if (present.makings.isSweeping || old.makings.isSweeping) return true;
  const kept = (object: MadeObject): boolean => {
    const next = present.makings.objects.find(({ drop }) => drop === object.drop);
    if (next === undefined) return false;
    // A view may gain columns at its end; a function keeps its arguments and its result.
    if (object.kind !== 'view' && next.shape.length !== object.shape.length) return false;
    return object.shape.every((part, index) => part === next.shape[index]);
  };
  const undone = new Set(present.makings.undo);
  return !old.makings.objects.every(kept) || old.makings.undo.some((statement) => !undone.has(statement));
}

/** The functions whose calls make things, when their own text or that of a function they use has changed. */
function changedMakers(after: Files, changed: Set<string>): Set<string> {
  const owners = new Map<string, LivingFile>();
  for (const file of after.values()) {
    for (const { kind, name } of file.makings.objects) if (kind === 'function') owners.set(name, file);
  }
  const known = new Map<string, boolean>();
  const isChanged = (name: string): boolean => {
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    known.set(name, false);
    const file = owners.get(name);
    if (file === undefined) return false;
    const called = code(file.text).match(/(?<![\w.])(?:internal|audit)\.\w+(?=\()/g) ?? [];
    const result = changed.has(file.path) || called.some((other) => other !== name && isChanged(other));
    known.set(name, result);
    return result;
  };
  const makers = [...after.values()].flatMap(({ makings }) => makings.calls.map(({ maker }) => maker));
  return new Set(makers.filter(isChanged));
}

/**
 * What becomes of the living files between two states while tables change as they do: what differs, what is
 * made from a table or by a function that changed, what stands upon something that has to be dropped, and what is
 * made again because it was lost.
 */
export function findChanges(
  before: Files,
  after: Files,
  { tables, broken }: TableChanges,
  again: string[] = [],
): Changes {
  const reasons = new Map<string, string>();
  const undone = new Map<string, LivingFile>();
  const undo = (file: LivingFile, reason: string) => {
    undone.set(file.path, file);
    if (!reasons.has(file.path)) reasons.set(file.path, reason);
  };
  const make = (path: string, reason: string) => {
    if (!reasons.has(path)) reasons.set(path, reason);
    const old = before.get(path);
    if (old?.makings.isSweeping) undone.set(path, old);
  };

  const changed = new Set(
    [...before.keys(), ...after.keys()].filter((path) => before.get(path)?.text !== after.get(path)?.text),
  );
  for (const path of changed) {
    const old = before.get(path);
    const present = after.get(path);
    if (present === undefined) undo(old as LivingFile, 'removed');
    else if (old === undefined) make(path, 'new');
    else if (needsUndoing(old, present)) undo(old, 'changed');
    else make(path, 'changed');
  }

  for (const path of again) if (after.has(path)) make(path, 'made again');

  const makers = changedMakers(after, changed);
  for (const { path, makings } of after.values()) {
    for (const call of makings.calls) {
      const table = call.tables.find((name) => tables.has(name));
      if (makers.has(call.maker)) make(path, `${call.maker} changed`);
      else if (table !== undefined) make(path, `${table} changed`);
    }
  }
  for (const table of broken) {
    for (const file of before.values()) {
      const { calls, holding } = file.makings;
      if (calls.some((call) => call.tables.includes(table)) || mentions(holding, table)) {
        undo(file, `${table} changed`);
      }
    }
  }

  for (const file of undone.values()) drag(file, before, undone, undo);
  for (const file of after.values()) {
    for (const { makings } of undone.values()) {
      const gone = namesOf(makings).find((name) => mentions(file.makings.lost, name));
      // Rights and comments went with it; nothing else of the file is touched.
      if (gone !== undefined && !reasons.has(file.path)) reasons.set(file.path, `${gone} is made again`);
    }
  }
  return {
    undone: inOrder(undone.values()).reverse(),
    made: inOrder(after.values()).filter(({ path }) => reasons.has(path)),
    reasons,
  };
}

/** Undoes what stands upon a file that is undone; files that this adds to `undone` are visited in turn. */
function drag(
  file: LivingFile,
  before: Files,
  undone: Files,
  undo: (file: LivingFile, reason: string) => void,
): void {
  const names = namesOf(file.makings);
  for (const other of before.values()) {
    if (undone.has(other.path)) continue;
    const name = names.find((name) => mentions(other.makings.holding, name));
    if (name !== undefined) undo(other, `${name} is made again`);
    else if (other.requires.includes(file.path)) undo(other, `it requires ${file.path}`);
  }
}
