import type { LeaseId } from '../types/primitives.js';
import type { ActingNotice } from './notice.js';

/** Something to be done, once at a time for each key. */
export interface Task {
  readonly key: string;
  /** In words, for notices. */
  readonly doing: string;
  readonly lease?: LeaseId;
  readonly run: () => Promise<void>;
}

/** A task that will not be tried again on this machine. */
export class GivenUpError extends Error {
  override readonly name = 'GivenUpError';
}

/** Blocks after which a task that failed is tried again. */
const RETRY_BLOCKS = 3;

interface Failure {
  /** Height from which on it may be tried again. */
  readonly until: number;
  readonly kind: string;
}

/** What tells one failure from another: of those that pass by themselves the name, whatever their details. */
const kindOf = (error: unknown): string =>
  error instanceof Error && 'retryable' in error && error.retryable === true ? error.name : String(error);

/** Runs tasks side by side, and again some blocks after they failed. A failure that repeats is told once. */
export class DutyRunner {
  private readonly busy = new Map<string, Promise<void>>();
  private readonly failures = new Map<string, Failure>();

  constructor(
    private readonly height: () => number,
    private readonly tell: (notice: ActingNotice) => void,
    private readonly stop: AbortSignal,
  ) {}

  /** Starts a task unless it is under way, or failed a moment ago. */
  begin(task: Task): void {
    const { key } = task;
    if (this.stop.aborted || this.busy.has(key) || (this.failures.get(key)?.until ?? 0) > this.height())
      return;
    const doing = task
      .run()
      .then(
        () => void this.failures.delete(key),
        (error: unknown) => this.fail(task, error),
      )
      .finally(() => this.busy.delete(key));
    this.busy.set(key, doing);
  }

  /** Whether a task waits for its next try. */
  get retries(): boolean {
    return [...this.failures.values()].some(({ until }) => Number.isFinite(until));
  }

  /** Whether something is under way. */
  get isBusy(): boolean {
    return this.busy.size > 0;
  }

  hasFailed(key: string): boolean {
    return this.failures.has(key);
  }

  hasGivenUp(key: string): boolean {
    return this.failures.get(key)?.until === Number.POSITIVE_INFINITY;
  }

  /** Forgets failures of tasks that are no more. */
  keepOnly(isDue: (key: string) => boolean): void {
    for (const key of this.failures.keys()) if (!isDue(key)) this.failures.delete(key);
  }

  /** Resolves when all that is under way has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.busy.values());
  }

  private fail({ key, doing, lease }: Task, error: unknown): void {
    if (this.stop.aborted) return;
    const kind = kindOf(error);
    const until = error instanceof GivenUpError ? Number.POSITIVE_INFINITY : this.height() + RETRY_BLOCKS;
    const isNews = this.failures.get(key)?.kind !== kind;
    this.failures.set(key, { until, kind });
    if (isNews) this.tell({ notice: 'failed', doing, error, ...(lease && { lease }) });
  }
}
