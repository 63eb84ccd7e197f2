import type { AbandonReason } from '../run/errors.js';
import type { UnitRequest, UnitResult } from '../run/unit.js';

/** What an executor tells a host: first one module, then any number of units, one at a time. */
export type ToHost =
  | { readonly kind: 'prepare'; readonly module: Uint8Array }
  | { readonly kind: 'run'; readonly request: UnitRequest; readonly wantsStderr: boolean };

/** What the host answers. */
export type FromHost =
  | { readonly kind: 'prepared' }
  | { readonly kind: 'stderr'; readonly bytes: Uint8Array }
  | { readonly kind: 'result'; readonly result: UnitResult }
  | { readonly kind: 'abandoned'; readonly reason: AbandonReason; readonly detail: string };

export interface HostListener {
  onAnswer(answer: FromHost): void;
  /** The host is gone, though nobody killed it. */
  onEnd(why: string, cause?: unknown): void;
}

/** Where the units of one module run, apart from who asks for them: a process, or a Web Worker. */
export interface UnitHost {
  /** Sends a message. Until the returned function is called, the listener hears what comes of it. */
  ask(message: ToHost, listener: HostListener): () => void;
  /** It runs nothing any more: it ended by itself, or was killed. */
  readonly ended: boolean;
  /** Ends it at once, whatever it does, and resolves when it is gone. */
  kill(): Promise<void>;
}
