import { type DocumentNode, execute, parse } from 'graphql';
import { type Context, RowBudget } from './context.js';
import { standingOf } from './health.js';
import type { Heights } from './heights.js';
import type { IndexReader } from './index-reader.js';
import { LIMITS } from './plugins/limits.js';
import { schema } from './schema/index.js';

/** Operations that are remembered. */
const KEPT = 2_000;

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** A body that asks for one operation and nothing else; undefined for any other. */
export const questionOf = (body: string): Question | undefined => {
  if (!body.startsWith('{')) return undefined;
  try {
    const { query, variables, operationName, extensions } = JSON.parse(body);
    const plain =
      typeof query === 'string' && extensions == null && (variables == null || typeof variables === 'object');
    return plain
      ? { query, variables: variables ?? {}, operationName: operationName ?? undefined }
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

  /** Remembers an operation that was answered without an error. */
  learn(query: string): void {
    if (this.#documents.has(query)) return;
    this.#documents.set(query, parse(query, { noLocation: true }));
    const oldest = this.#documents.size > KEPT ? this.#documents.keys().next().value : undefined;
    if (oldest !== undefined) this.#documents.delete(oldest);
  }

  answer({ query, variables, operationName }: Question): Direct | undefined {
    const document = this.#documents.get(query);
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
        const text = JSON.stringify({ data: result.data, extensions: standingOf(checkpoint) });
        return { text, height: checkpoint.height };
      } finally {
        reader.stopAt(undefined);
      }
    });
  }
}
