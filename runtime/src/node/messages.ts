import type { AbandonReason } from '../run/errors.js';
import type { UnitRequest, UnitResult } from '../run/unit.js';

/** What the executor tells its child process: first one module, then any number of units, one at a time. */
export type ToChild =
  | { readonly kind: 'prepare'; readonly module: Uint8Array }
  | { readonly kind: 'run'; readonly request: UnitRequest; readonly wantsStderr: boolean };

/** What the child answers. */
export type FromChild =
  | { readonly kind: 'prepared' }
  | { readonly kind: 'stderr'; readonly bytes: Uint8Array }
  | { readonly kind: 'result'; readonly result: UnitResult }
  | { readonly kind: 'abandoned'; readonly reason: AbandonReason; readonly detail: string };
