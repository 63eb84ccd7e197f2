export type { Executor, ExecutorRequest } from '../executor/executor.js';
export { createExecutor, type ExecutorOptions } from './executor.js';
