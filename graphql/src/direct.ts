import { type DocumentNode, execute, parse } from 'graphql';
import type { Context } from './context.js';
import { onSnapshot } from './execution.js';
import { standingOf } from './health.js';
import type { Heights } from './heights.js';
import type { IndexReader } from './index-reader.js';
import { minHeightOf } from './min-height.js';
import { hashOf } from './persisted.js';
import { schema } from './schema/index.js';
import type { SlowOperations } from './slow/slow-operations.js';

/** Operations that are remembered. */
const KEPT = 2_000;

/** An operation and what it is asked with. */
export interface Question {
  /** The operation's text, or `#` and its hash. */
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  readonly minHeight: number;
}

/** A body that asks for one operation, with nothing that has to be looked at closer; undefined for any other. */
export const questionOf = (body: string): Question | undefined => {
  if (!body.startsWith('{')) return undefined;
  try {
    const { query, variables, operationName, extensions } = JSON.parse(body);
    const hash = hashOf(extensions);
    const name = typeof query === 'string' && query !== '' ? query : `#${hash}`;
    const minHeight = minHeightOf({ params: { extensions } })?.height ?? 0;
    // A text with its hash may teach it, which is not done here.
    const plain =
      (hash === undefined) !== name.startsWith('#') &&
      (variables == null || (typeof variables === 'object' && !Array.isArray(variables)));
    return plain
      ? { name, variables: variables ?? {}, operationName: operationName ?? undefined, minHeight }
      : undefined;
  } catch {
    return undefined;
  }
};

/** The text of an answer and the height that it is of. */
export interface Direct {
  readonly text: string;
  readonly height: number;
}

/**
 * Executes operations that the API answered before, and so found within its limits, without looking at them again. It
 * gives no answer where one of those might differ: for unknown operations and for failures.
 */
export class DirectExecutor {
  readonly #known = new Map<string, { readonly text: string; readonly document: DocumentNode }>();

  constructor(
    private readonly index: IndexReader,
    private readonly heights: Heights,
    private readonly slow: SlowOperations,
  ) {}

  /** Remembers an operation that was answered without an error, by its name and with its text. */
  learn(name: string, text: string): void {
    if (this.#known.has(name)) return;
    this.#known.set(name, { text, document: parse(text, { noLocation: true }) });
    const oldest = this.#known.size > KEPT ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  answer({ name, variables, operationName, minHeight }: Question): Direct | undefined {
    const known = this.#known.get(name);
    const reader = this.index.current();
    if (known === undefined || reader === undefined || this.slow.has(known.text)) return undefined;
    const { document, text } = known;
    const run = (contextValue: Context): Direct | undefined => {
      const result = execute({ schema, document, contextValue, variableValues: variables, operationName });
      const checkpoint = reader.checkpoint();
      if (result instanceof Promise || checkpoint === undefined || checkpoint.height < minHeight)
        return undefined;
      if (result.errors !== undefined) return undefined;
      const answer = JSON.stringify({ data: result.data, extensions: standingOf(checkpoint) });
      return { text: answer, height: checkpoint.height };
    };
    return this.slow.watching(text, () => onSnapshot(reader, this.heights, this.slow.patienceMs, run));
  }
}
