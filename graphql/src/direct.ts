import { type DocumentNode, execute, parse } from 'graphql';
import { type Context, RowBudget } from './context.js';
import { standingOf } from './health.js';
import type { Heights } from './heights.js';
import type { IndexReader } from './index-reader.js';
import { minHeightOf } from './min-height.js';
import { hashOf } from './persisted.js';
import { LIMITS } from './plugins/limits.js';
import { schema } from './schema/index.js';

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
  readonly #documents = new Map<string, DocumentNode>();

  constructor(
    private readonly index: IndexReader,
    private readonly heights: Heights,
    private readonly timeMs: number,
  ) {}

  /** Remembers an operation that was answered without an error, by its name and with its text. */
  learn(name: string, text: string): void {
    if (this.#documents.has(name)) return;
    this.#documents.set(name, parse(text, { noLocation: true }));
    const oldest = this.#documents.size > KEPT ? this.#documents.keys().next().value : undefined;
    if (oldest !== undefined) this.#documents.delete(oldest);
  }

  answer({ name, variables, operationName, minHeight }: Question): Direct | undefined {
    const document = this.#documents.get(name);
    const reader = this.index.current();
    if (document === undefined || reader === undefined) return undefined;
    return reader.snapshot(() => {
      const rows = new RowBudget(LIMITS.rows, this.timeMs);
      const contextValue: Context = { reader, rows, heights: this.heights };
      reader.stopAt(rows.deadline);
      try {
        const result = execute({ schema, document, contextValue, variableValues: variables, operationName });
        const checkpoint = reader.checkpoint();
        if (result instanceof Promise || result.errors !== undefined || checkpoint === undefined)
          return undefined;
        if (checkpoint.height < minHeight) return undefined;
        const text = JSON.stringify({ data: result.data, extensions: standingOf(checkpoint) });
        return { text, height: checkpoint.height };
      } finally {
        reader.stopAt(undefined);
      }
    });
  }
}
