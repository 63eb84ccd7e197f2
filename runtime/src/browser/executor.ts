import { DEFAULT_WALL_LIMIT_MS, type Executor, SerialExecutor } from '../executor/executor.js';
import { UnitWorker } from './unit-worker.js';

export interface ExecutorOptions {
  /** Milliseconds after which a unit is abandoned (compilation counts by itself). Default: 10 minutes. */
  readonly wallLimitMs?: number;
  /**
   * Makes the Web Worker, for a bundler that does not follow `new Worker(new URL(...))`, or to serve its script from elsewhere. The script
   * is `@dmcn/runtime/browser/worker`, a module.
   */
  readonly createWorker?: () => Worker;
}

/** An executor whose units run in a Web Worker, which the first unit starts. */
export function createExecutor({
  wallLimitMs = DEFAULT_WALL_LIMIT_MS,
  createWorker = bundledWorker,
}: ExecutorOptions = {}): Executor {
  return new SerialExecutor({ start: () => new UnitWorker(createWorker) }, wallLimitMs);
}

/** Bundlers look for exactly this expression. */
function bundledWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}
