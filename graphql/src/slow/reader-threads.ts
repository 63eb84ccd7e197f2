import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { QueryTimeoutError } from '../errors.js';
import type { Standing } from '../health.js';
import type { ToldError } from './told-error.js';

/** An operation that was found within the limits. */
export interface SlowQuestion {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName: string | null | undefined;
  /** Milliseconds that it may run, and wait for its turn. */
  readonly timeMs: number;
}

export interface SlowAnswer {
  /** JSON. */
  readonly data: string;
  readonly errors: readonly ToldError[] | undefined;
  readonly standing: Standing | undefined;
  readonly tookMs: number;
}

interface Task {
  readonly question: SlowQuestion;
  readonly since: number;
  readonly resolve: (answer: SlowAnswer) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** When it began to take tasks; undefined while it starts. */
  readySince: number | undefined;
  task: Task | undefined;
}

/** One core stays with the thread that answers requests. */
const usualSize = () => Math.min(4, Math.max(1, availableParallelism() - 1));

const program = new URL('../../dist/slow/thread.js', import.meta.url);

/** Threads that read the index, each with a connection of its own. They start when they are first needed. */
export class ReaderThreads {
  readonly #threads = new Set<Thread>();
  readonly #waiting: Task[] = [];

  constructor(
    private readonly dbPath: string,
    private readonly size = usualSize(),
  ) {}

  /** Runs an operation. Rejects with `QueryTimeoutError` where no thread comes to it in its time. */
  run(question: SlowQuestion): Promise<SlowAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, since: performance.now(), resolve, reject });
      const busy = [...this.#threads].every(({ task }) => task !== undefined);
      if (busy && this.#threads.size < this.size) this.#start();
      for (const thread of this.#threads) this.#next(thread);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const thread: Thread = {
      worker: new Worker(program, { workerData: this.dbPath }),
      readySince: undefined,
      task: undefined,
    };
    this.#threads.add(thread);
    thread.worker.unref();
    thread.worker.on('message', (message: 'ready' | SlowAnswer) => {
      if (message === 'ready') thread.readySince = performance.now();
      else thread.task?.resolve(message);
      thread.task = undefined;
      this.#next(thread);
    });
    thread.worker.on('error', (error) => this.#lose(thread, error));
    thread.worker.on('exit', () => this.#lose(thread, new Error('the thread that reads the index ended')));
  }

  #next(thread: Thread): void {
    while (thread.readySince !== undefined && thread.task === undefined) {
      const task = this.#waiting.shift();
      if (task === undefined) return;
      const { timeMs } = task.question;
      if (performance.now() - Math.max(task.since, thread.readySince) > timeMs) {
        task.reject(new QueryTimeoutError(timeMs));
      } else {
        thread.task = task;
        thread.worker.postMessage(task.question);
      }
    }
  }

  /** A thread is gone: what it had to do fails, and where none is left what waits does too. */
  #lose(thread: Thread, error: Error): void {
    this.#threads.delete(thread);
    thread.task?.reject(error);
    thread.task = undefined;
    if (this.#threads.size > 0) return;
    for (const task of this.#waiting.splice(0)) task.reject(error);
  }
}
