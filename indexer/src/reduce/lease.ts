import { type Change, put, set } from '../model/change.js';
import { must, type State } from '../model/state.js';
import type { Rows } from '../model/tables.js';
import { hex } from './hex.js';
import type { Reducer } from './reducer.js';

type BatchRow = Rows['batches'];

export const batchOffered: Reducer<'BatchOffered'> = (_state, { jobId, batch, epoch, lease, operator }) => [
  put('leases', {
    jobId,
    batch,
    epoch,
    worker: lease.worker,
    operator,
    ask: lease.ask,
    rate: lease.rate,
    bond: lease.bond,
    drawnHeight: lease.drawnHeight,
    acceptedHeight: null,
    committedHeight: null,
    commitment: null,
    outputsHash: null,
    locators: [],
    keyRecipients: [],
    keyShownHeight: null,
    keyShownBy: null,
    openedHeight: null,
    opener: null,
    root: null,
    gasTotal: null,
    endedHeight: null,
    endCause: null,
  }),
];

export const batchCommitted: Reducer<'BatchCommitted'> = (state, commit, at) => {
  const lease = must(state, 'leases', commit.jobId, commit.batch, commit.epoch);
  return [
    set('leases', lease, {
      acceptedHeight: lease.acceptedHeight ?? at.height,
      committedHeight: at.height,
      commitment: hex(commit.commitment),
      outputsHash: hex(commit.outputsHash),
      locators: commit.locators,
      keyRecipients: commit.keyRecipients,
    }),
  ];
};

/** Always before the selection of its batch, which it makes certain. */
export const keyShown: Reducer<'KeyShown'> = (state, { jobId, batch, epoch, shownBy }, at) => [
  set('leases', must(state, 'leases', jobId, batch, epoch), {
    keyShownHeight: at.height,
    keyShownBy: shownBy,
  }),
];

/** What a change of a batch's state says about its lease: accepted, over, or, opened late, current again. */
export const followLease = (
  state: State,
  before: BatchRow | undefined,
  after: BatchRow,
  cause: string,
): readonly Change[] => {
  const { jobId, batch, changedHeight } = after;
  const over = after.leaseEpoch === null || after.state === 'Final';
  if (over) {
    const epoch = before?.leaseEpoch ?? after.leaseEpoch;
    const lease = epoch === null ? undefined : state.get('leases', jobId, batch, epoch);
    return lease === undefined ? [] : [set('leases', lease, { endedHeight: changedHeight, endCause: cause })];
  }
  if (after.state === 'Offered') return [];
  const lease = must(state, 'leases', jobId, batch, after.epoch);
  const acceptedHeight = lease.acceptedHeight ?? changedHeight;
  return [set('leases', lease, { acceptedHeight, endedHeight: null, endCause: null })];
};
