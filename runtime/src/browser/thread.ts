import type { FromHost, ToHost } from '../executor/unit-host.js';

/** Where a script of the runtime's own waits for messages, apart from the page. */
export interface Thread {
  post(message: ToHost): void;
  /** Ends it at once. It says nothing any more. */
  terminate(): void;
}

export interface ThreadListener {
  onAnswer(answer: FromHost): void;
  /** It ended by itself, or never began. */
  onFailure(why: string): void;
}

/** Starts a thread. @throws UnitAbandonedError where the browser refuses it */
export type StartThread = (listener: ThreadListener) => Thread;
