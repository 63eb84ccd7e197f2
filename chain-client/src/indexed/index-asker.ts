import { withTimeout } from '../util/with-timeout.js';
import type { Operation } from './graphql.js';
import { IndexError } from './index-error.js';
import { operationHash } from './operation-hash.js';
import { NonsenseError } from './values.js';

/** Asks an index a question. Rejects with `IndexError`. */
export type Ask = <T, V>(operation: Operation<T, V>, variables: V) => Promise<T>;

export interface AskerOptions {
  readonly url: string;
  /** Refuses the answers of any other chain. */
  readonly chainId?: string | undefined;
  /** Refuses answers that lack this block; the index is given `patienceMs` to have it. */
  readonly minHeight?: number | undefined;
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface Body<T> {
  readonly data?: T | null;
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly extensions?: { readonly code?: unknown };
  }[];
  readonly extensions?: { readonly chainId?: unknown; readonly height?: unknown };
}

/** Beyond what the index may wait for a block, how long an answer may take. */
const ANSWER_MS = 3_000;
const BEHIND = ['HEIGHT_NOT_REACHED', 'NOT_READY'];
const UNKNOWN = ['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED'];

const codeOf = (errors: Body<unknown>['errors']): string => {
  const [first] = Array.isArray(errors) ? errors : [];
  return String(first?.extensions?.code);
};

/** Whether an index wants to be told the text of an operation. */
const isUnknown = (body: Body<unknown>): boolean => UNKNOWN.includes(codeOf(body.errors));

/** One index over HTTP. */
export class IndexAsker {
  /** Newest block that every answer so far takes into account. */
  height = Number.MAX_SAFE_INTEGER;

  constructor(private readonly options: AskerOptions) {}

  /** Names the operation by its hash, and tells its text only to an index that does not know it. */
  readonly ask: Ask = async <T, V>(operation: Operation<T, V>, variables: V) => {
    const { minHeight, patienceMs } = this.options;
    const text = operation as unknown as string;
    const extensions = {
      persistedQuery: { version: 1, sha256Hash: operationHash(text) },
      ...(minHeight !== undefined && { minHeight, timeoutMs: patienceMs }),
    };
    const body = await this.send<T>({ variables, extensions });
    return this.understand(
      isUnknown(body) ? await this.send<T>({ query: text, variables, extensions }) : body,
    );
  };

  private async send<T>(question: object): Promise<Body<T>> {
    const { url, patienceMs, signal } = this.options;
    const body = JSON.stringify(question);
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    let text: string;
    try {
      text = await withTimeout(patienceMs + ANSWER_MS, signal, async (until) => {
        const response = await fetch(url, { method: 'POST', headers, body, signal: until });
        return response.text();
      });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new IndexError(url, 'unreachable', 'does not answer', cause);
    }
    return this.parse(text);
  }

  private understand<T>({ data, errors, extensions }: Body<T>): T {
    const { url, chainId, minHeight = 0 } = this.options;
    const actual = extensions?.chainId;
    if (chainId !== undefined && actual !== undefined && actual !== chainId)
      throw new IndexError(url, 'other_chain', `is one of chain ${String(actual)}, not ${chainId}`);
    if (errors !== undefined || data == null) {
      const [first] = Array.isArray(errors) ? errors : [];
      const isBehind = BEHIND.includes(codeOf(errors));
      const what = typeof first?.message === 'string' ? first.message : 'no reason given';
      throw new IndexError(
        url,
        isBehind ? 'behind' : 'refused',
        isBehind ? `is behind: ${what}` : `refuses: ${what}`,
      );
    }
    const height = extensions?.height;
    if (typeof actual !== 'string' || !Number.isSafeInteger(height))
      throw new IndexError(url, 'nonsense', 'does not say of which chain and height its answer is');
    if ((height as number) < minHeight)
      throw new IndexError(url, 'behind', `is behind: it has block ${height}, not ${minHeight}`);
    this.height = Math.min(this.height, height as number);
    return data;
  }

  private parse<T>(text: string): Body<T> {
    try {
      const body: unknown = JSON.parse(text);
      if (typeof body === 'object' && body !== null) return body as Body<T>;
      throw new NonsenseError('its answer', body);
    } catch (cause) {
      throw new IndexError(this.options.url, 'nonsense', 'gives an answer that is not GraphQL’s', cause);
    }
  }
}
