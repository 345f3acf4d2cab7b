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
  /** Queries or mutations of one operation: each is a statement or a transaction. */
  maxRootFields: 30,
  /** Fields written in an operation, fragments spelled out: what planning costs. */
  maxFields: 500,
  /** Values that the answer could hold if every list were full: what answering costs. */
  maxCost: 50_000,
  /** Characters of a query: to parse and check a longer one is expensive in itself. Variables may be longer. */
  maxQueryLength: 20_000,
  /** Objects and lists inside each other in variables. */
  maxVariableDepth: 64,
  /** Brackets inside each other in the text of a query. */
  maxBrackets: 200,
  /** Bytes of a request's body. */
  maxRequestLength: 256 * 1024,
  statementTimeoutMilliseconds: 10_000,
  /** How long a statement waits for a row that another one has locked: longer than a migration waits. */
  lockTimeoutMilliseconds: 3_000,
  /** How much longer than a statement its answer may take before the connection is taken for dead. */
  silenceMilliseconds: 2_000,
  /** How long a request waits for a connection, and a connection for the server. */
  connectionMilliseconds: 5_000,
  /** Of a pool's connections, those that mutations may have at once: what waits for a row leaves room for reads. */
  mutationShare: 0.7,
  /** Operations whose plans are kept, megabytes each at worst: an application has some dozens. */
  plannedOperations: 50,
  /** Plans of one of them, which differ by the variables of @include and @skip. */
  plansOfOperation: 4,
  /** Statements that a connection keeps prepared; none through a pooler of transactions. */
  preparedStatements: Number(process.env.DATAPLAN_PG_PREPARED_STATEMENT_CACHE_SIZE ?? 100),
  /** Statements of a field whose texts are kept, and the characters of what tells them apart. */
  writtenStatements: 20,
  statementKey: 1_000,
  /** How long a request may take to arrive, and then to be answered: no statement of it begins later. */
  requestTimeoutMilliseconds: 30_000,
  /** How long requests and sockets have to finish when the server stops. */
  shutdownMilliseconds: 10_000,
  /** After those, how long connections have that are closed. */
  closeMilliseconds: 500,
  /** How often a server sees to the partitions of the audit log, and asks for what operators watch at most. */
  partitionMilliseconds: 6 * 3_600_000,
  stateMilliseconds: 10_000,
  /** How long a probe waits for the database. */
  probeMilliseconds: 2_000,
  /** A pool that has no connection to spare, and of which none was answered for so long, is stuck. */
  stuckMilliseconds: 5_000,
  /** Subscriptions of one socket, one session and a server: each of its topics holds a lock of the database. */
  maxSubscriptionsPerSocket: 50,
  maxSubscriptionsPerSession: 100,
  maxSubscriptions: 1_000,
  /** A transaction may commit this long after the ids of its rows were made; from then on they are missed. */
  liveWindowSeconds: 60,
  /** The database's clock may be set back by as much, as by a failover, and no row is missed. */
  clockStepSeconds: 120,
  /** Rows that a cursor names as delivered, eight bytes each. */
  cursorRows: 300,
  /** A cursor older than this is refused: the list is read faster than all that came since. */
  resumeHours: 24,
  /** Between two looks for rows of a topic, and how many without news before it waits for a notification. */
  liveLookMilliseconds: 250,
  liveQuietLooks: 2,
  /** How often the listening connection is tried, how long it may take, and how soon it is made anew. */
  heartbeatMilliseconds: 5_000,
  listenerPatienceMilliseconds: 10_000,
  reconnectMilliseconds: 1_000,
  /** How soon a socket whose session was revoked is closed; it reads nothing in between. */
  sessionCheckMilliseconds: 5_000,
  /** Lets an identity provider's clock and ours differ. */
  clockToleranceSeconds: 5,
  /** How many good tokens are remembered, and how long: a key that is withdrawn is good for as long. */
  rememberedTokens: 10_000,
  tokenSeconds: 60,
  /**
   * When an identity provider's keys are asked for again, how long the last good ones serve while it fails (a
   * key that is withdrawn meanwhile is good for as long), and how often it is asked for a key that is unknown.
   */
  keySeconds: 600,
  staleKeySeconds: 6 * 3600,
  keyCooldownSeconds: 30,
  /** How long a provider may take, and its first pause after a failure, which doubles up to the cooldown. */
  keyFetchMilliseconds: 5_000,
  keyPauseMilliseconds: 1_000,
  /** How many hosts' tenants are remembered, and how long; a suspended tenant is refused at once all the same. */
  rememberedHosts: 10_000,
  hostSeconds: 60,
} as const;
