import { createExecutor, type Executor, type ExecutorOptions } from '../browser/index.js';
import { type AbandonReason, UnitAbandonedError, UnitRequestError } from '../run/errors.js';
import type { UnitRequest, UnitResult } from '../run/unit.js';

/** What a test asks of the program in the page. */
export interface PageRequest extends UnitRequest {
  readonly executor: number;
  readonly call: number;
  readonly module: Uint8Array;
  readonly wantsStderr: boolean;
}

/** An error as it comes out of the page. */
export type PageResult =
  | { readonly result: UnitResult }
  | { readonly abandoned: AbandonReason; readonly detail: string }
  | { readonly refused: UnitRequestError['field']; readonly message: string };

const executors = new Map<number, Executor>();
const calls = new Map<number, AbortController>();

/** What a test outside of the page can do in it; its other end is `page-executor.ts`. */
const pageProgram = {
  open: (executor: number, options: ExecutorOptions): void => {
    executors.set(executor, createExecutor(options));
  },
  async run({ executor, call, wantsStderr, ...request }: PageRequest): Promise<PageResult> {
    const controller = new AbortController();
    calls.set(call, controller);
    const onStderr = (bytes: Uint8Array): void => heard(call, [...bytes]);
    try {
      const running = executors.get(executor)?.run({
        ...request,
        signal: controller.signal,
        ...(wantsStderr && { onStderr }),
      });
      return { result: (await running) as UnitResult };
    } catch (error) {
      if (error instanceof UnitAbandonedError) return { abandoned: error.reason, detail: error.detail };
      if (error instanceof UnitRequestError) return { refused: error.field, message: error.message };
      throw error;
    } finally {
      calls.delete(call);
    }
  },
  abort: (call: number): void => calls.get(call)?.abort(),
  close: async (executor: number): Promise<void> => executors.get(executor)?.close(),
};

declare global {
  /** Tells the test what a unit wrote to stderr. */
  var heard: (call: number, bytes: number[]) => void;
  var dmcn: typeof pageProgram;
}

globalThis.dmcn = pageProgram;
