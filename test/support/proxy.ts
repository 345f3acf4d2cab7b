import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** What stands between a program and its database, and what may happen to connections on the way. */
export type DatabaseProxy = {
  /** The same connection string, through the proxy. */
  through(connectionString: string): string;
  /** Resets every connection; new ones pass. */
  cut(): void;
  /** Resets every connection, and each new one at once, until `pass`. */
  refuse(): void;
  /**
   * Swallows whatever is sent either way, without a word; new connections are accepted and swallowed alike.
   * Those stay dead after `pass`, as after a failover without RST.
   */
  silence(): void;
  /** Holds whatever is sent either way, and delivers it after `pass`, as a network does that heals. */
  hold(): void;
  /** Connections pass again, after so many milliseconds each way. */
  pass(delay?: number): void;
  /**
   * The next time that a client sends these bytes, they are delivered, and a reset takes the answer's place. A
   * simple statement ends in \0.
   */
  cutAnswerTo(text: string): void;
  /**
   * The next time that a client sends these bytes, they come so many milliseconds later, as does what follows them on
   * their connection.
   */
  delayNext(text: string, milliseconds: number): void;
  /** Connections that were made since the start, and those that are open now. */
  readonly made: number;
  readonly open: number;
  close(): Promise<void>;
};

type Link = { client: Socket; server: Socket; isDead: boolean; held: (() => void)[] };

// A socket that is reset while it writes leaves Node 24 a request that never ends, and its own clean-up at the end of
// the process turns round for ever (Environment::CleanupHandles). Leaving by exit() does without that clean-up.
process.once('beforeExit', () => process.exit());

/** A proxy before the server of the connection string, on a free port of this machine. */
export async function startProxy(connectionString: string): Promise<DatabaseProxy> {
  const target = new URL(connectionString);
  const links = new Set<Link>();
  let mode: 'pass' | 'refuse' | 'silence' | 'hold' = 'pass';
  let delay = 0;
  let made = 0;
  let fatalText: string | undefined;
  let late: { text: string; milliseconds: number } | undefined;

  const reset = (link: Link): void => {
    link.client.resetAndDestroy();
    link.server.destroy();
  };
  const carry = (link: Link, to: Socket, chunk: Buffer): void => {
    if (link.isDead) return;
    const deliver = (): void => {
      if (!link.isDead && to.writable) to.write(chunk);
    };
    if (mode === 'hold' || link.held.length > 0) link.held.push(deliver);
    else if (delay > 0) setTimeout(deliver, delay);
    else deliver();
  };
  const release = (link: Link): void => {
    for (const deliver of link.held.splice(0)) deliver();
  };
  /** Begins to hold what the connection carries, if these are the bytes that come late. */
  const delays = (link: Link, to: Socket, chunk: Buffer): boolean => {
    if (late === undefined || !chunk.includes(late.text)) return false;
    link.held.push(() => to.write(chunk));
    setTimeout(release, late.milliseconds, link);
    late = undefined;
    return true;
  };
  // Small packets go at once: waiting for more would cost 40 ms a statement.
  const listener = createServer({ noDelay: true }, (client) => {
    made += 1;
    client.on('error', () => {});
    if (mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const server = createConnection({ port: Number(target.port), host: target.hostname, noDelay: true });
    const link: Link = { client, server, isDead: mode === 'silence', held: [] };
    links.add(link);
    server.on('error', () => client.resetAndDestroy());
    client.on('data', (chunk) => {
      const isFatal = fatalText !== undefined && chunk.includes(fatalText);
      if (!delays(link, server, chunk)) carry(link, server, chunk);
      if (!isFatal) return;
      fatalText = undefined;
      server.removeAllListeners('data').once('data', () => reset(link));
    });
    server.on('data', (chunk) => carry(link, client, chunk));
    client.on('close', () => {
      links.delete(link);
      server.destroy();
    });
    // Of a silent connection nobody hears that it has ended.
    server.on('close', () => link.isDead || client.destroy());
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;

  const cut = (): void => {
    for (const link of links) reset(link);
  };
  return {
    through(url) {
      const through = new URL(url);
      through.host = `127.0.0.1:${port}`;
      return through.href;
    },
    cut,
    refuse() {
      mode = 'refuse';
      cut();
    },
    silence() {
      mode = 'silence';
      for (const link of links) link.isDead = true;
    },
    hold() {
      mode = 'hold';
    },
    pass(milliseconds = 0) {
      mode = 'pass';
      delay = milliseconds;
      for (const link of links) release(link);
    },
    cutAnswerTo(text) {
      fatalText = text;
    },
    delayNext(text, milliseconds) {
      late = { text, milliseconds };
    },
    get made() {
      return made;
    },
    get open() {
      return links.size;
    },
    async close() {
      cut();
      listener.close();
      await once(listener, 'close');
    },
  };
}
