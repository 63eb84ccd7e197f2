import type { HostListener, ToHost, UnitHost } from '../executor/unit-host.js';
import type { StartThread, Thread } from './thread.js';

/** A thread of the browser that runs units of one module. */
export class UnitThread implements UnitHost {
  readonly #thread: Thread;
  #listener: HostListener | undefined;
  /** Why it runs nothing any more. */
  #end: string | undefined;

  /** @throws UnitAbandonedError where the browser refuses a thread */
  constructor(start: StartThread) {
    this.#thread = start({
      onAnswer: (answer) => this.#listener?.onAnswer(answer),
      onFailure: (why) => this.#ended(why),
    });
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  ask(message: ToHost, listener: HostListener): () => void {
    this.#listener = listener;
    if (this.#end === undefined) this.#thread.post(withOwnBytes(message));
    else queueMicrotask(() => this.#ended());
    return () => {
      this.#listener = undefined;
    };
  }

  kill(): Promise<void> {
    this.#thread.terminate();
    this.#ended('it was terminated');
    return Promise.resolve();
  }

  #ended(why = 'it has ended'): void {
    this.#end ??= why;
    this.#listener?.onEnd(`its Web Worker ended: ${this.#end}`);
  }
}

/** The message without what lies around its bytes: a view is posted with all of its buffer. */
function withOwnBytes(message: ToHost): ToHost {
  if (message.kind === 'prepare') return { ...message, module: Uint8Array.from(message.module) };
  const { input, args } = message.request;
  return { ...message, request: { ...message.request, input: Uint8Array.from(input), args: [...args] } };
}
