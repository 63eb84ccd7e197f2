import type { FromHost, HostListener, ToHost, UnitHost } from '../executor/unit-host.js';
import { UnitAbandonedError } from '../run/errors.js';

/** A Web Worker of its own that runs units of one module. */
export class UnitWorker implements UnitHost {
  readonly #worker: Worker;
  #ended = false;
  #listener: HostListener | undefined;

  /** @throws UnitAbandonedError where the browser refuses a Web Worker */
  constructor(create: () => Worker) {
    try {
      this.#worker = create();
    } catch (cause) {
      throw new UnitAbandonedError('engine', `the browser starts no Web Worker: ${String(cause)}`, { cause });
    }
    const failed = (event: Event): void => {
      event.preventDefault();
      const { message } = event as Partial<ErrorEvent>;
      this.#end(`its Web Worker failed: ${message || 'its script cannot be loaded'}`);
    };
    this.#worker.addEventListener('error', failed);
    this.#worker.addEventListener('messageerror', failed);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromHost>) =>
      this.#listener?.onAnswer(data),
    );
  }

  get ended(): boolean {
    return this.#ended;
  }

  ask(message: ToHost, listener: HostListener): () => void {
    this.#listener = listener;
    if (this.#ended) queueMicrotask(() => listener.onEnd('its Web Worker has ended'));
    else this.#worker.postMessage(withOwnBytes(message));
    return () => {
      this.#listener = undefined;
    };
  }

  /** A Web Worker that is terminated says nothing of it. */
  kill(): Promise<void> {
    this.#worker.terminate();
    this.#end('its Web Worker was terminated');
    return Promise.resolve();
  }

  #end(why: string): void {
    this.#ended = true;
    this.#listener?.onEnd(why);
  }
}

/** The message without what lies around its bytes: a view is posted with all of its buffer. */
function withOwnBytes(message: ToHost): ToHost {
  if (message.kind === 'prepare') return { ...message, module: Uint8Array.from(message.module) };
  const { input, args } = message.request;
  return { ...message, request: { ...message.request, input: Uint8Array.from(input), args: [...args] } };
}
