import './environment.ts';
import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import { limits } from './limits.ts';

type Keys = ReturnType<typeof createLocalJWKSet>;
type Key = Awaited<ReturnType<Keys>>;

/**
 * The keys that an identity provider publishes. They are asked for anew after a while, and for a key that is not
 * among them. A provider that fails is given a pause, and its last good keys serve on for a bounded time.
 */
export class KeySet {
  readonly #url: string;
  #keys: Keys | undefined;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #failure: Error | undefined;
  #nextFetchAt = Number.NEGATIVE_INFINITY;
  #pause: number = limits.keyPauseMilliseconds;
  #fetching: Promise<void> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** The key of a token, as jose asks for it. Throws its errors about the token, or why the provider failed. */
  async find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key> {
    const age = Date.now() - this.#fetchedAt;
    if (age > limits.keySeconds * 1000) {
      const refreshed = this.#refresh();
      // A request for which there is a key waits for nothing, and nobody waits for a provider that has just failed.
      const isServing = this.#keys !== undefined && age <= limits.staleKeySeconds * 1000;
      if (!isServing && this.#failure === undefined) await refreshed;
      if (!isServing && this.#failure !== undefined) throw this.#failure;
    }
    try {
      return await this.#find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    // A new key, or none of the provider's.
    const refreshed = this.#refresh();
    if (this.#failure === undefined) await refreshed;
    if (this.#failure !== undefined) throw this.#failure;
    return this.#find(header, token);
  }

  async #find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key> {
    if (this.#keys === undefined) throw this.#failure ?? new errors.JWKSInvalid('no keys');
    return this.#keys(header, token);
  }

  /** Asks, unless somebody does so or has done so just now. Never throws. */
  #refresh(): Promise<void> {
    if (this.#fetching !== undefined) return this.#fetching;
    if (Date.now() < this.#nextFetchAt) return Promise.resolve();
    this.#fetching = this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    try {
      const response = await fetch(this.#url, {
        headers: { accept: 'application/json, application/jwk-set+json' },
        redirect: 'error',
        signal: AbortSignal.timeout(limits.keyFetchMilliseconds),
      });
      if (!response.ok) throw new Error(`the key set answers with ${response.status}`);
      this.#keys = createLocalJWKSet((await response.json()) as JSONWebKeySet);
      this.#fetchedAt = Date.now();
      this.#failure = undefined;
      this.#pause = limits.keyPauseMilliseconds;
      this.#nextFetchAt = Date.now() + limits.keyCooldownSeconds * 1000;
    } catch (cause) {
      this.#failure = new KeySetFailure('the key set cannot be had', { cause });
      this.#nextFetchAt = Date.now() + this.#pause;
      this.#pause = Math.min(this.#pause * 2, limits.keyCooldownSeconds * 1000);
    }
  }
}

/** The provider is at fault, not the token. */
export class KeySetFailure extends Error {}
