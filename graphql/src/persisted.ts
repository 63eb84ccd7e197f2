import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';

export interface PersistedOptions {
  /** Operations by the SHA-256 of their text, hex, beside those of the page that is served. */
  readonly operations?: ReadonlyMap<string, string>;
  /** Refuses every other operation. */
  readonly only?: boolean;
}

/** What of a request names its operation. */
export interface Named {
  readonly query?: string | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Operations that clients taught, at most. */
const KEPT = 1_000;

const refusal = (message: string, code: string) => new GraphQLError(message, { extensions: { code } });

/** The hash by which a request names its operation. */
export const hashOf = (extensions: Named['extensions']): string | undefined => {
  const { sha256Hash } = (extensions?.persistedQuery ?? {}) as { readonly sha256Hash?: unknown };
  return typeof sha256Hash === 'string' ? sha256Hash : undefined;
};

/**
 * Operations that are named by their hash in `extensions.persistedQuery.sha256Hash`: those that were given at the start,
 * and those that a client sent once with their text (automatic persisted queries).
 */
export class Persisted {
  readonly #given: ReadonlyMap<string, string>;
  readonly #only: boolean;
  readonly #taught = new Map<string, string>();

  constructor({ operations = new Map(), only = false }: PersistedOptions = {}) {
    this.#given = operations;
    this.#only = only;
  }

  /** The text of the operation that a request means, undefined where it has none. Throws `GraphQLError` where it is not known. */
  textOf({ query, extensions }: Named): string | undefined {
    const hash = hashOf(extensions);
    if (hash === undefined) {
      if (this.#only)
        throw refusal('only known operations are answered; name one by its hash', 'PERSISTED_QUERY_ONLY');
      return query ?? undefined;
    }
    const known = this.#given.get(hash) ?? this.#taught.get(hash);
    if (known !== undefined) return known;
    if (this.#only || !query) throw refusal('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
    this.#teach(hash, query);
    return query;
  }

  #teach(hash: string, query: string): void {
    if (createHash('sha256').update(query).digest('hex') !== hash) {
      throw refusal('the hash is not that of the operation', 'PERSISTED_QUERY_MISMATCH');
    }
    this.#taught.set(hash, query);
    const oldest = this.#taught.size > KEPT ? this.#taught.keys().next().value : undefined;
    if (oldest !== undefined) this.#taught.delete(oldest);
  }
}
