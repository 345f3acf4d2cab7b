import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { CommerceClient } from '../../database/commerce-client.ts';
import { limits } from '../limits.ts';
import { Bell } from './bell.ts';
import { Channel, type Look, type Topic } from './channel.ts';

/**
 * The one connection of a server that listens, a direct one: through a pooler no notification comes. While it
 * is broken no topic sleeps, so rows are found all the same; when it is back, so are its channels.
 */
export class Listener {
  readonly #connectionString: string;
  readonly #report: (error: Error) => void;
  readonly #channels = new Map<string, Channel>();
  readonly #stop = new AbortController();
  #client: pg.Client | null = null;
  /** Ends the latest attempt to connect, if it is still one. */
  #attempt = new AbortController();
  #doubt = new Bell();
  #kept: Promise<void> = Promise.resolve();

  constructor(connectionString: string, report: (error: Error) => void) {
    this.#connectionString = connectionString;
    this.#report = report;
  }

  get isConnected(): boolean {
    return this.#client !== null;
  }

  /** How many subscriptions receive what comes. */
  get subscriptions(): number {
    return [...this.#channels.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Throws if the database cannot be reached; later it is tried again and again. */
  async start(): Promise<void> {
    await this.#connect();
    this.#kept = this.#keep();
  }

  /** Looks at once and whenever there may be news, until what is returned is called. */
  add(topic: Topic, look: Look): () => void {
    const name = topic.channel;
    const channel = this.#channels.get(name) ?? new Channel(topic, () => this.#client);
    channel.add(look);
    if (!this.#channels.has(name)) {
      this.#channels.set(name, channel);
      void this.#run(name, channel);
    }
    return () => channel.remove(look);
  }

  /** The server was away: the connection, or the attempt at one, may lead nowhere. */
  check(): void {
    this.#attempt.abort(new Error('the server was away'));
    this.#doubt.ring();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#attempt.abort(new Error('the server stops'));
    const client = this.#client;
    this.#client = null;
    if (client !== null) await Promise.race([client.end(), sleep(limits.closeMilliseconds)]);
    client?.connection.stream.destroy();
    await Promise.race([this.#kept, sleep(limits.closeMilliseconds)]);
  }

  async #run(name: string, channel: Channel): Promise<void> {
    // Somebody may have come while it was ending.
    do await channel.run();
    while (!channel.isEmpty);
    this.#channels.delete(name);
  }

  async #connect(): Promise<void> {
    const attempt = new AbortController();
    this.#attempt = attempt;
    const client = new CommerceClient({
      connectionString: this.#connectionString,
      application_name: 'ccdb live',
      keepAlive: true,
      // Channels do not wait for each other.
      pipeline: true,
      connectionTimeoutMillis: limits.listenerPatienceMilliseconds,
      query_timeout: limits.listenerPatienceMilliseconds,
      absence: () => attempt.signal,
    });
    client.on('notification', ({ channel }) => this.#channels.get(channel)?.ring());
    const lose = (error: Error): void => {
      this.#doubt.ring();
      if (this.#client !== client) return;
      this.#client = null;
      this.#report(error);
      for (const channel of this.#channels.values()) channel.ring();
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the listening connection has ended')));
    await client.connect();
    if (this.#stop.signal.aborted) client.connection.stream.destroy();
    else this.#client = client;
  }

  /** Finds out about a connection that is dead without a word, and replaces one that is gone. */
  async #keep(): Promise<void> {
    const { signal } = this.#stop;
    const pause = (milliseconds: number) => sleep(milliseconds, undefined, { signal }).catch(() => {});
    while (!signal.aborted) {
      if (this.#client === null) {
        // That it is lost was reported.
        await this.#connect().catch(() => {});
        if (this.#client === null) await pause(limits.reconnectMilliseconds);
      } else {
        await Promise.race([pause(limits.heartbeatMilliseconds), this.#doubt.rung]);
        this.#doubt = new Bell();
        const client: pg.Client | null = this.#client;
        const heartbeat = { text: 'select', query_timeout: limits.probeMilliseconds };
        await client?.query(heartbeat).catch(() => client.connection.stream.destroy());
      }
    }
  }
}
