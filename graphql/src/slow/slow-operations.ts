import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { PATIENCE_MS } from '../execution.js';
import { ReaderThreads } from './reader-threads.js';
import { errorOf } from './told-error.js';

/** Operations that are remembered. */
const KEPT = 1_000;

/** Which operations took too long for others to wait for them. They are run on other threads, until they are fast again. */
export class SlowOperations {
  readonly #texts = new Set<string>();
  readonly #threads: ReaderThreads;

  constructor(
    dbPath: string,
    /** Milliseconds that an operation may run. */
    private readonly timeMs: number,
  ) {
    this.#threads = new ReaderThreads(dbPath);
  }

  /** Milliseconds that an operation may run where others wait for it. */
  get patienceMs(): number {
    return Math.min(PATIENCE_MS, this.timeMs);
  }

  /** Whether what took too long may take longer elsewhere. */
  get isWorthwhile(): boolean {
    return this.patienceMs < this.timeMs;
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  /** Runs an operation of that text where others wait for it, and remembers it where it takes too long. */
  watching<T>(text: string, run: () => T): T {
    const before = performance.now();
    const result = run();
    if (performance.now() - before > this.patienceMs) this.#add(text);
    return result;
  }

  #add(text: string): void {
    this.#texts.add(text);
    const oldest = this.#texts.size > KEPT ? this.#texts.values().next().value : undefined;
    if (oldest !== undefined) this.#texts.delete(oldest);
  }

  /** Runs an operation of that text on another thread. Its failures are errors of the result. */
  async run(text: string, { variableValues, operationName }: ExecutionArgs): Promise<ExecutionResult> {
    try {
      const question = { text, variables: variableValues, operationName, timeMs: this.timeMs };
      const { data, errors, standing, tookMs } = await this.#threads.run(question);
      if (tookMs < this.patienceMs / 2) this.#texts.delete(text);
      return {
        data: JSON.parse(data),
        ...(errors && { errors: errors.map((error) => errorOf(error, text)) }),
        ...(standing && { extensions: { ...standing } }),
      };
    } catch (error) {
      const told =
        error instanceof GraphQLError
          ? error
          : new GraphQLError('the operation could not be run', { originalError: error as Error });
      return { errors: [told] };
    }
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
