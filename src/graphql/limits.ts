/** What one request may ask for. Raising a number is safe for correctness, and costs what it says. */
export const limits = {
  /** Rows of a list when `first` is left out, and the most that it may name. */
  defaultPage: 50,
  maxPage: 100,
  /** Rows that may be skipped; further in, `after` costs the same as on the first page. */
  maxOffset: 10_000,
  /** Selection sets and lists inside each other. */
  maxDepth: 12,
  maxListDepth: 4,
  /** Fields written in an operation, fragments spelled out: what planning costs. */
  maxFields: 500,
  /** Values that the answer could hold if every list were full: what answering costs. */
  maxCost: 50_000,
  /** Characters of a query: to parse and check a longer one is dear in itself. Variables may be longer. */
  maxQueryLength: 20_000,
  /** Bytes of a request's body. */
  maxRequestLength: 256 * 1024,
  statementTimeoutMilliseconds: 10_000,
  /** Lets an identity provider's clock and ours differ. */
  clockToleranceSeconds: 5,
  /** How long a host's tenant is remembered; a suspended tenant is refused at once all the same. */
  hostSeconds: 60,
} as const;
