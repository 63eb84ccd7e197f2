import type { LeaseId } from '@dmcn/chain-client';
import type { ActingNotice } from '@dmcn/chain-client/acting';

/** All that a worker can be doing. */
export type WorkerState =
  | { readonly state: 'starting' | 'settling' | 'registering' }
  /** Registered, and nothing is to be done. */
  | { readonly state: 'idle' }
  | {
      readonly state:
        | 'accepting'
        | 'fetching'
        | 'uploading'
        | 'committing'
        | 'opening'
        | 'posting'
        | 'reporting';
      readonly lease: LeaseId;
    }
  | {
      readonly state: 'working' | 'auditing';
      readonly lease: LeaseId;
      readonly done: number;
      readonly units: number;
    }
  /** Says that it is back, having been set aside. */
  | { readonly state: 'resuming' }
  /** Takes nothing new, and waits for what it holds. */
  | { readonly state: 'draining' }
  | { readonly state: 'stopped' };

/** Something that a worker waits for before it can end. */
export interface Held {
  readonly lease: LeaseId;
  /** What has to happen: its own commit or opening, an answer to a demand, an audit, the opening of another worker's batch. */
  readonly until: 'committed' | 'opened' | 'posted' | 'audited' | 'opened for its worker';
  /** Height at which the chain stops waiting for it. */
  readonly deadline?: number;
}

/** Something worth telling the person who runs the worker. */
export type WorkerNotice =
  | {
      readonly notice:
        | 'accepted'
        | 'committed'
        | 'opened'
        | 'posted'
        | 'reported'
        | 'audited'
        | 'disputed'
        | 'paid';
      readonly lease: LeaseId;
      readonly detail?: string;
    }
  | { readonly notice: 'resumed' }
  /** A lease ran out, and its bond stays locked for a while. */
  | { readonly notice: 'lapsed'; readonly amount: bigint; readonly releaseHeight: number }
  /** It was told to end and waits for what it holds, `seconds` at most as far as can be told. */
  | { readonly notice: 'waiting'; readonly held: readonly Held[]; readonly seconds: number }
  | ActingNotice;
