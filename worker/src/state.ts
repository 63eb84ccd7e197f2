import type { LeaseId } from '@dmcn/chain-client';

/** All that a worker can be doing. */
export type WorkerState =
  | { readonly state: 'starting' }
  | { readonly state: 'registering' }
  /** Registered, and nothing is leased. */
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly lease: LeaseId; readonly done: number; readonly units: number }
  /** Finishes what it holds and takes nothing new. */
  | { readonly state: 'draining' }
  | { readonly state: 'stopped' };

/** Something worth telling the person who runs the worker. */
export type WorkerNotice =
  | {
      readonly notice: 'accepted' | 'committed' | 'opened' | 'paid';
      readonly lease: LeaseId;
      readonly detail?: string;
    }
  | { readonly notice: 'failed'; readonly lease?: LeaseId; readonly doing: string; readonly error: unknown };
