import { withTimeout } from '../util/with-timeout.js';
import type { Operation } from './graphql.js';
import { IndexError } from './index-error.js';
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

/** One index over HTTP. */
export class IndexAsker {
  /** Newest block that every answer so far takes into account. */
  height = Number.MAX_SAFE_INTEGER;

  constructor(private readonly options: AskerOptions) {}

  readonly ask: Ask = async (operation, variables) => {
    const { minHeight, patienceMs } = this.options;
    const extensions = minHeight === undefined ? {} : { minHeight, timeoutMs: patienceMs };
    return this.understand(await this.send(JSON.stringify({ query: operation, variables, extensions })));
  };

  private async send(body: string): Promise<string> {
    const { url, patienceMs, signal } = this.options;
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    try {
      return await withTimeout(patienceMs + ANSWER_MS, signal, async (until) => {
        const response = await fetch(url, { method: 'POST', headers, body, signal: until });
        return response.text();
      });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new IndexError(url, 'unreachable', 'does not answer', cause);
    }
  }

  private understand<T>(text: string): T {
    const { url, chainId, minHeight = 0 } = this.options;
    const { data, errors, extensions } = this.parse<T>(text);
    const actual = extensions?.chainId;
    if (chainId !== undefined && actual !== undefined && actual !== chainId)
      throw new IndexError(url, 'other_chain', `is one of chain ${String(actual)}, not ${chainId}`);
    if (errors !== undefined || data == null) {
      const [first] = Array.isArray(errors) ? errors : [];
      const isBehind = BEHIND.includes(String(first?.extensions?.code));
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
