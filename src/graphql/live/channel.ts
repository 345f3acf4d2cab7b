import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { limits } from '../limits.ts';
import { Bell } from './bell.ts';

/** A topic of one tenant, as internal.session_live_topic names it. */
export type Topic = { channel: string; writers: string; sleepers: string };

/** Reads what has come for one subscription; true if there is news. Never throws. */
export type Look = () => Promise<boolean>;

/*
 * First the writers to come must see the listener; then none of the earlier writers may be left uncommitted. A look
 * after this sees all that those wrote.
 */
const tryToSleep = `select case
  when not pg_try_advisory_lock_shared($1) then false
  when pg_try_advisory_lock($2) then pg_advisory_unlock($2)
  else not pg_advisory_unlock_shared($1)
end as asleep`;

/**
 * Looks for a topic's subscriptions: again and again while rows come, and when nothing has come for a while
 * only after a notification, which internal.tg__live sends to those who sleep.
 */
export class Channel {
  readonly #topic: Topic;
  readonly #connection: () => pg.Client | null;
  readonly #looks = new Set<Look>();
  #bell = new Bell();
  #listening: pg.Client | null = null;

  constructor(topic: Topic, connection: () => pg.Client | null) {
    this.#topic = topic;
    this.#connection = connection;
  }

  /** How many subscriptions it looks for. */
  get size(): number {
    return this.#looks.size;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  add(look: Look): void {
    this.#looks.add(look);
    this.ring();
  }

  remove(look: Look): void {
    this.#looks.delete(look);
    if (this.isEmpty) this.ring();
  }

  /** There may be news, or the connection that would say so is lost. */
  ring(): void {
    this.#bell.ring();
  }

  /** Ends when nobody is subscribed. */
  async run(): Promise<void> {
    for (let quietLooks = 0; !this.isEmpty; ) {
      this.#bell = new Bell();
      quietLooks = (await this.#look()) ? 0 : quietLooks + 1;
      const client = quietLooks < limits.liveQuietLooks ? null : await this.#fallAsleep();
      if (client === null) {
        await sleep(limits.liveLookMilliseconds);
      } else {
        if (!(await this.#look())) await this.#bell.rung;
        await this.#send(client, 'select pg_advisory_unlock_shared($1)', [this.#topic.sleepers]);
        quietLooks = 0;
      }
    }
    await this.#send(this.#listening, `unlisten ${pg.escapeIdentifier(this.#topic.channel)}`);
    this.#listening = null;
  }

  async #look(): Promise<boolean> {
    const news = await Promise.all([...this.#looks].map((look) => look()));
    return news.includes(true);
  }

  /** The connection that will receive the notification; null if it must not be waited for. */
  async #fallAsleep(): Promise<pg.Client | null> {
    const client = this.#connection();
    const { channel, writers, sleepers } = this.#topic;
    if (client !== this.#listening) {
      this.#listening = null;
      const listens = await this.#send(client, `listen ${pg.escapeIdentifier(channel)}`);
      if (listens === null) return null;
      this.#listening = client;
    }
    const result = await this.#send<{ asleep: boolean }>(client, tryToSleep, [sleepers, writers]);
    return result?.rows[0]?.asleep ? client : null;
  }

  /** Null where the connection is lost: its owner reports that, and its locks are gone with it. */
  async #send<Row extends pg.QueryResultRow>(
    client: pg.Client | null,
    text: string,
    values: string[] = [],
  ): Promise<pg.QueryResult<Row> | null> {
    return client?.query<Row>(text, values).catch(() => null) ?? null;
  }
}
