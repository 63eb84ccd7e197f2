import { DEFAULT_WALL_LIMIT_MS, type Executor, SerialExecutor } from '../executor/executor.js';
import { frameThreads } from './frame-thread.js';
import { UnitThread } from './unit-thread.js';
import { workerThreads } from './worker-thread.js';

export interface ExecutorOptions {
  /** Milliseconds after which a unit is abandoned (compilation counts by itself). Default: 10 minutes. */
  readonly wallLimitMs?: number;
  /**
   * Where the page can fetch `@dmcn/runtime/browser/worker`, bundled into one classic script. With it the Web Worker belongs to a sandboxed frame:
   * nothing of the page's origin can be reached from there, and where the browser gives the frame a process, a kill ends that.
   */
  readonly sandboxedScript?: string | URL;
  /** Makes the Web Worker, for a bundler that does not follow `new Worker(new URL(...))`. Not used with `sandboxedScript`. */
  readonly createWorker?: () => Worker;
}

/** An executor whose units run in a Web Worker, which the first unit starts. */
export function createExecutor({
  wallLimitMs = DEFAULT_WALL_LIMIT_MS,
  sandboxedScript,
  createWorker = bundledWorker,
}: ExecutorOptions = {}): Executor {
  const threads = sandboxedScript === undefined ? workerThreads(createWorker) : frameThreads(sandboxedScript);
  return new SerialExecutor({ start: () => new UnitThread(threads) }, wallLimitMs);
}

/** Bundlers look for exactly this expression. */
function bundledWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}
