import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import type { Generator } from './generator.ts';

const entries = ['index.ts', 'kysely.ts', 'scalars.ts'];

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** The names that one statement declares; a type is marked, as it is gone at run time. */
function declared(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [`type ${statement.name.text}`];
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

/** What a module exports, its own and that of the modules which it passes on. */
function exportsOf(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return isExported(statement) ? declared(statement) : [];
    const { exportClause, moduleSpecifier, isTypeOnly } = statement;
    if (exportClause !== undefined && ts.isNamedExports(exportClause))
      return exportClause.elements.map(
        (each) => `${isTypeOnly || each.isTypeOnly ? 'type ' : ''}${each.name.text}`,
      );
    const target =
      moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier : null;
    return target === null ? [] : exportsOf(resolve(dirname(path), target.text));
  });
}

const bare = (name: string): string => name.replace('type ', '');

/** Every name that a consumer may import, so that none goes without a reviewer's notice. */
export const publicInterface: Generator = {
  owns: ['interface.snapshot.txt'],
  async generate({ root }) {
    const modules = entries.map((entry) => {
      const names = exportsOf(join(root, 'src', entry)).sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
      return `# ${entry}: ${names.length}\n${names.join('\n')}\n`;
    });
    return { 'interface.snapshot.txt': modules.join('\n') };
  },
};
