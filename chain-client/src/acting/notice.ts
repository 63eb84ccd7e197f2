import type { LeaseId } from '../types/primitives.js';

/** What a process that acts on a chain tells of its way there and of what failed. */
export type ActingNotice =
  /** No node answers, or none has a new block. */
  | { readonly notice: 'unreachable'; readonly error?: unknown }
  | { readonly notice: 'reachable' }
  | { readonly notice: 'failed'; readonly lease?: LeaseId; readonly doing: string; readonly error: unknown };
