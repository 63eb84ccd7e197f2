import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

export interface PersistedOptions {
  /** Operations by the SHA-256 of their text, hex. */
  readonly operations?: ReadonlyMap<string, string>;
  /** Refuses every other operation. */
  readonly only?: boolean;
}

/** Operations that clients taught, at most. */
const KEPT = 1_000;

const refusal = (message: string, code: string) => new GraphQLError(message, { extensions: { code } });

/**
 * Operations that are named by their hash in `extensions.persistedQuery.sha256Hash`: those that were given at the start,
 * and those that a client sent once with their text (automatic persisted queries).
 */
export const persisted = ({ operations = new Map(), only = false }: PersistedOptions = {}): Plugin => {
  const taught = new Map<string, string>();
  const teach = (hash: string, query: string): void => {
    if (createHash('sha256').update(query).digest('hex') !== hash) {
      throw refusal('the hash is not that of the operation', 'PERSISTED_QUERY_MISMATCH');
    }
    taught.delete(hash);
    taught.set(hash, query);
    const oldest = taught.size > KEPT ? taught.keys().next().value : undefined;
    if (oldest !== undefined) taught.delete(oldest);
  };
  return {
    onParams: ({ params, setParams }) => {
      const { sha256Hash: hash } = (params.extensions?.persistedQuery ?? {}) as { sha256Hash?: unknown };
      if (typeof hash !== 'string') {
        if (only)
          throw refusal('only known operations are answered; name one by its hash', 'PERSISTED_QUERY_ONLY');
        return;
      }
      const known = operations.get(hash) ?? (only ? undefined : taught.get(hash));
      if (known !== undefined) {
        setParams({ ...params, query: known });
        return;
      }
      if (only || !params.query) throw refusal('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
      teach(hash, params.query);
    },
  };
};
