import ts from 'typescript';

/** The declarations that an entry reaches inside of the folder, and what is wrong with them. */
export function readInterface(entry: string, folder: string) {
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

  /** Where they say `any`, also through a name that cannot be resolved. */
  const findAny = (): string[] => {
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
    return found;
  };

  /** The exported names, and those of them that have no comment. */
  const readNames = (): { names: string[]; bare: string[] } => {
    const file = program.getSourceFile(entry);
    const module = file && checker.getSymbolAtLocation(file);
    const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
    const isBare = (symbol: ts.Symbol): boolean => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      const declared = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
      return declared.getDocumentationComment(checker).length === 0;
    };
    return { names: symbols.map(({ name }) => name), bare: symbols.filter(isBare).map(({ name }) => name) };
  };

  return { files: files.length, findAny, readNames };
}
