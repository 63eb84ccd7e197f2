import type { WorkerRule } from '@dmcn/chain-client';

/** Every rule that can keep a worker as a whole from work: those of the draw, and what else it takes to be offered something and do it. */
export type IdleRule =
  | WorkerRule
  | 'not_registered'
  | 'not_running'
  | 'schedule'
  | 'fees'
  | 'no_seed'
  | 'no_job';

/** What the messages of a batch cost an owner in fees, about, in udmc. */
export const FEES_OF_A_BATCH = 2_000n;
