import { EndpointUnreachableError, NotFoundError } from '../errors/index.js';
import type { ChainReader } from '../port/index.js';
import { type Ask, IndexAsker } from './index-asker.js';
import { IndexError } from './index-error.js';

/** Reads something from an index; undefined where it knows of no such thing. */
export type ReadIndex<T> = (ask: Ask) => Promise<T | undefined>;

/** Who may be asked. */
export interface Sources<C extends ChainReader> {
  /** GraphQL addresses of indexes, asked in this order. */
  readonly indexes: readonly string[];
  /** Connects to the chain. */
  readonly chain: () => Promise<C>;
  /** Of the chain, where it is known before a node answered. */
  readonly chainId?: string | undefined;
  /** How long an index may take to have the chain's newest block; 2 s unless given. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

/** An answer with who gave it. */
export interface Answered<T> {
  readonly value: T;
  readonly source: 'graphql' | 'chain';
  /** Address of the index that answered. */
  readonly url?: string;
  /** Newest block that the answer takes into account. */
  readonly height: number;
  /** Indexes that gave no answer that can be used, and why. */
  readonly passedOver: readonly IndexError[];
}

/**
 * Reads through an index, and on the chain where no index gives an answer that is as new as the chain's own. So nobody
 * misses what they wrote. Where no node answers, an index alone does; its answer may then be older. For what is shown:
 * what is signed is decided on the chain's own answers. Rejects as the chain does.
 */
export async function indexFirst<T, C extends ChainReader & { readonly chainId: string }>(
  { indexes, chain, chainId, patienceMs = 2_000, signal }: Sources<C>,
  fromIndex: ReadIndex<T>,
  fromChain: (chain: C) => Promise<T>,
): Promise<Answered<T>> {
  const node = await reach(chain);
  const passedOver: IndexError[] = [];
  for (const url of indexes) {
    const asker = new IndexAsker({
      url,
      patienceMs,
      signal,
      ...('client' in node ? { chainId: node.client.chainId, minHeight: node.height } : { chainId }),
    });
    try {
      const value = await fromIndex(asker.ask);
      if (value !== undefined) return { value, source: 'graphql', url, height: asker.height, passedOver };
      if ('unreachable' in node) throw new NotFoundError('what was asked for', `at ${url}`);
    } catch (error) {
      if (error instanceof NotFoundError) throw error;
      signal?.throwIfAborted();
      passedOver.push(asIndexError(url, error));
    }
  }
  if ('unreachable' in node) throw node.unreachable;
  const value = await fromChain(node.client);
  return { value, source: 'chain', height: node.height, passedOver };
}

type Node<C> =
  | { readonly client: C; readonly height: number }
  | { readonly unreachable: EndpointUnreachableError };

async function reach<C extends ChainReader>(chain: () => Promise<C>): Promise<Node<C>> {
  try {
    const client = await chain();
    return { client, height: (await client.status()).height };
  } catch (error) {
    if (error instanceof EndpointUnreachableError) return { unreachable: error };
    throw error;
  }
}

/** An answer that could not be read is one that makes no sense. */
const asIndexError = (url: string, error: unknown): IndexError =>
  error instanceof IndexError
    ? error
    : new IndexError(url, 'nonsense', 'gives an answer that makes no sense', error);
