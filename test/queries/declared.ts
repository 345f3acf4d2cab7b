import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import * as closedSets from '../../src/model/closed-sets.ts';
import { snakeCase } from '../../src/model/spelling.ts';

/** A column as the generated interface declares it. */
export type Column = { type: ts.TypeNode; text: string; isNullable: boolean; comment: string };

/** A generated query: the columns of its rows, its parameters, and its doc comment. */
export type Declared = { columns: Map<string, Column>; params: Map<string, Column>; comment: string };

const sources = new URL('../../src/', import.meta.url);

function parse(path: string): ts.SourceFile {
  const text = readFileSync(new URL(path, sources), 'utf8');
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function readColumn(node: ts.TypeNode): Pick<Column, 'type' | 'isNullable'> {
  const types = ts.isUnionTypeNode(node) ? [...node.types] : [node];
  const isNull = (type: ts.TypeNode) =>
    ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
  const rest = types.filter((type) => !isNull(type));
  return {
    type: rest.length === 1 ? (rest[0] as ts.TypeNode) : ts.factory.createUnionTypeNode(rest),
    isNullable: types.some(isNull),
  };
}

function commentOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join();
}

function readMembers(declaration: ts.InterfaceDeclaration): Map<string, Column> {
  return new Map(
    declaration.members.filter(ts.isPropertySignature).map((member) => {
      const type = member.type as ts.TypeNode;
      const column = { ...readColumn(type), text: type.getText(), comment: commentOf(member) };
      return [member.name.getText(), column];
    }),
  );
}

/** Every query of `src/queries`, read from the text of the generated files. */
export const declared: ReadonlyMap<string, Declared> = new Map(
  readdirSync(new URL('queries/', sources))
    .filter((file) => file !== 'index.ts')
    .map((file) => parse(`queries/${file}`))
    .flatMap((file) => {
      const interfaces = new Map(
        file.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, readMembers(each)]),
      );
      return file.statements.filter(ts.isVariableStatement).map((statement): [string, Declared] => {
        const [declaration] = statement.declarationList.declarations;
        const name = declaration?.name.getText() ?? '';
        const type = name.charAt(0).toUpperCase() + name.slice(1);
        return [
          name,
          {
            columns: interfaces.get(`${type}Result`) ?? new Map(),
            params: interfaces.get(`${type}Params`) ?? new Map(),
            comment: commentOf(statement),
          },
        ];
      });
    }),
);

const lists = new Map<string, readonly string[]>(Object.entries(closedSets));

/** `OrderStatus` → the values of `orderStatuses`, by the line that derives the type from the array. */
export const valuesOfSet: ReadonlyMap<string, readonly string[]> = new Map(
  parse('model/closed-sets.ts')
    .statements.filter(ts.isTypeAliasDeclaration)
    .map(({ name, type }) => [name.text, lists.get(/typeof (\w+)/.exec(type.getText())?.[1] ?? '') ?? []]),
);

/** The columns of each closed set, as the comment of its array names them. */
const setsOfColumns = parse('model/closed-sets.ts')
  .statements.filter(ts.isVariableStatement)
  .map((statement) => ({
    columns: commentOf(statement).match(/\w+(?=[,.]*(?:\s|$))/g) ?? [],
    values: lists.get(statement.declarationList.declarations[0]?.name.getText() ?? '') ?? [],
  }));

/** Whether a column that is declared as any text has a name and only values of a closed set. */
export function isUndeclaredSet(query: string, name: string, rows: readonly object[]): boolean {
  const type = declared.get(query)?.columns.get(name)?.type;
  const found = rows.map((row) => (row as Record<string, unknown>)[name]).filter((value) => value !== null);
  return (
    type?.kind === ts.SyntaxKind.StringKeyword &&
    found.length > 0 &&
    setsOfColumns.some(
      ({ columns, values }) =>
        columns.some((column) => `_${snakeCase(name)}`.endsWith(`_${column}`)) &&
        found.every((value) => values.includes(value as string)),
    )
  );
}

/** The names of the types of JSON objects. */
const jsonTypes = new Set(
  parse('model/json.ts')
    .statements.filter(ts.isTypeAliasDeclaration)
    .map(({ name }) => name.text),
);

/** Whether a value that the database returned is of the declared type. */
function isA(type: ts.TypeNode, value: unknown): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some((each) => isA(each, value));
  if (ts.isArrayTypeNode(type)) {
    return Array.isArray(value) && value.every((each) => isA(type.elementType, each));
  }
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return value === type.literal.text;
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    if (name === 'Date') return value instanceof Date && !Number.isNaN(value.getTime());
    if (name === 'Buffer') return Buffer.isBuffer(value);
    if (jsonTypes.has(name)) return typeof value === 'object' && !Array.isArray(value);
    return valuesOfSet.get(name)?.includes(value as string) ?? false;
  }
  if (type.kind === ts.SyntaxKind.StringKeyword) return typeof value === 'string';
  if (type.kind === ts.SyntaxKind.NumberKeyword) return typeof value === 'number';
  return type.kind === ts.SyntaxKind.BooleanKeyword && typeof value === 'boolean';
}

/** Where a row is not what its query's type says. */
export function lies(query: string, row: Record<string, unknown>): string[] {
  const columns = declared.get(query)?.columns ?? new Map<string, Column>();
  return [...new Set([...columns.keys(), ...Object.keys(row)])].flatMap((name) => {
    const column = columns.get(name);
    if (column === undefined) return [`${name} is not declared`];
    if (!(name in row)) return [`${name} is missing`];
    const value = row[name];
    const isRight = value === null ? column.isNullable : isA(column.type, value);
    return isRight ? [] : [`${name} is ${JSON.stringify(value)}, declared ${column.text}`];
  });
}
