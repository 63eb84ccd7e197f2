export { createExecutor, type Executor, type ExecutorOptions, type ExecutorRequest } from './executor.js';
