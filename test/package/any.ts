import ts from 'typescript';

/**
 * Where the declarations that an entry reaches inside of the folder say `any`, also through a name that
 * cannot be resolved.
 */
export function findAny(entry: string, folder: string): { files: number; found: string[] } {
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: ['node'],
    typeRoots: [`${folder}/../@types`],
  });
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
  const found = ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  for (const file of files) {
    const visit = (node: ts.Node): void => {
      // A span is part of a template's type, and none by itself.
      const isType = ts.isTypeNode(node) && !ts.isTemplateLiteralTypeSpan(node);
      if (isType && (checker.getTypeFromTypeNode(node).flags & ts.TypeFlags.Any) !== 0) {
        found.push(`${file.fileName}: ${node.parent.getText()}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { files: files.length, found };
}
