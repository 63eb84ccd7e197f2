import type { LeaseId } from '@dmcn/chain-client';
import type { ActingNotice } from '@dmcn/chain-client/acting';

/** All that a referee can be doing. */
export type RefereeState =
  | { readonly state: 'starting' | 'idle' | 'stopped' }
  | { readonly state: 'executing' | 'committing' | 'revealing'; readonly dispute: bigint }
  | { readonly state: 'opening'; readonly lease: LeaseId };

/** Something worth telling the person who runs the referee. */
export type RefereeNotice =
  | { readonly notice: 'committed' | 'revealed' | 'absent'; readonly dispute: bigint }
  | { readonly notice: 'paid'; readonly dispute: bigint; readonly amount: bigint }
  | { readonly notice: 'opened'; readonly lease: LeaseId }
  | ActingNotice;
