import { splitStatements, withoutStrings } from './statements.ts';

/** What the part of a migration that stands by hand does to tables, as far as living files depend on it. */
export type TableChanges = {
  /** Tables whose columns or rules change: `commerce.products`. */
  tables: Set<string>;
  /** Those of them on which views, triggers and policies cannot stay while it happens. */
  broken: Set<string>;
};

/** Statements that leave every view, trigger and policy of their table as it is. */
const harmless =
  /^(?:create\b|comment\b|insert\b|update\b|delete\b|grant\b|revoke\b|drop index\b|alter table (?:only )?[\w.]+\s+(?:add\b|drop constraint\b|validate\b|rename constraint\b|replica\b|alter (?:column )?\w+ (?:set (?:default|not null|statistics|storage)|drop (?:default|not null))))/i;

/** Reads which tables the statements change: those they alter, and those whose names stand in rules as texts. */
export function readTableChanges(sql: string): TableChanges {
  const tables = new Set<string>();
  const broken = new Set<string>();
  for (const { text } of splitStatements(sql)) {
    const bare = withoutStrings(text);
    const altered = /^(?:alter|create|drop)\s+table\s+(?:if (?:not )?exists\s+|only\s+)?([\w.]+)/i.exec(
      bare,
    )?.[1];
    const commented = /^comment on (?:table\s+(\w+\.\w+)|column\s+(\w+\.\w+)\.\w+)/i.exec(bare);
    if (altered !== undefined) {
      tables.add(altered);
      const actions = bare
        .split(/,\s*(?=(?:add|alter|drop|rename)\b)/i)
        .map((action, index) => (index === 0 ? action : `alter table ${altered} ${action}`));
      if (actions.some((action) => !harmless.test(action))) broken.add(altered);
    } else if (commented !== null) {
      tables.add((commented[1] ?? commented[2]) as string);
    } else if (/^(?:insert|update|delete)\b/i.test(bare)) {
      for (const [, schema = 'commerce.', name] of text.matchAll(/'(commerce\.|internal\.)?(\w+)'/g))
        tables.add(schema + name);
    }
  }
  return { tables, broken };
}

/** The same changes on the way down, where what was added is removed. */
export function reversed({ tables }: TableChanges): TableChanges {
  return { tables, broken: tables };
}
