import type { ExecutorOptions } from '../browser/executor.js';
import type { Executor, ExecutorRequest } from '../executor/executor.js';
import { UnitAbandonedError, UnitRequestError } from '../run/errors.js';
import type { UnitResult } from '../run/unit.js';
import { ChromiumPage, noChromium } from './chromium.js';
import type { PageRequest, PageResult } from './page-program.js';
import { descendants, processes } from './processes.js';

export { noChromium };

/** A page whose executors are at hand outside of it. */
export class ExecutorPage {
  readonly #stderr = new Map<number, (bytes: Uint8Array) => void>();
  #ids = 0;

  private constructor(readonly chromium: ChromiumPage) {}

  static async open(): Promise<ExecutorPage> {
    const chromium = await ChromiumPage.open(new URL('../../dist/testing/page-program.js', import.meta.url));
    const opened = new ExecutorPage(chromium);
    await chromium.page.exposeFunction('heard', (call: number, bytes: number[]) =>
      opened.#stderr.get(call)?.(Uint8Array.from(bytes)),
    );
    return opened;
  }

  /** `createExecutor` of `@dmcn/runtime/browser` in the page. */
  async createExecutor(options: ExecutorOptions = {}): Promise<Executor> {
    const executor = ++this.#ids;
    const { page } = this.chromium;
    await page.evaluate(([id, of]) => globalThis.dmcn.open(id, of), [executor, options] as const);
    return {
      run: (request) => this.#run(executor, request),
      close: () => page.evaluate((id) => globalThis.dmcn.close(id), executor),
    };
  }

  async #run(executor: number, { signal, onStderr, ...request }: ExecutorRequest): Promise<UnitResult> {
    const call = ++this.#ids;
    const { page } = this.chromium;
    if (onStderr !== undefined) this.#stderr.set(call, onStderr);
    const asked: PageRequest = { ...request, executor, call, wantsStderr: onStderr !== undefined };
    const answer = page.evaluate((of) => globalThis.dmcn.run(of), asked);
    const abort = (): Promise<void> => page.evaluate((id) => globalThis.dmcn.abort(id), call);
    const onAbort = (): void => void abort().catch(() => undefined);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return resultOf(await answer);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#stderr.delete(call);
    }
  }

  /** Ids of the processes that run the page and its frames. */
  renderers(): number[] {
    const all = processes();
    const browser = all.find(({ command }) => command.includes(`--user-data-dir=${this.chromium.directory}`));
    if (browser === undefined) return [];
    const started = descendants(browser.pid, all);
    return started.filter(({ command }) => command.includes('--type=renderer')).map(({ pid }) => pid);
  }

  close(): Promise<void> {
    return this.chromium.close();
  }
}

function resultOf(answer: PageResult): UnitResult {
  if ('result' in answer) return answer.result;
  if ('abandoned' in answer) throw new UnitAbandonedError(answer.abandoned, answer.detail);
  throw new UnitRequestError(answer.refused, answer.message);
}
