import { type Change, put } from '../model/change.js';
import type { State } from '../model/state.js';
import type { Rows } from '../model/tables.js';

type JobRow = Rows['jobs'];
type RequesterRow = Rows['requesters'];

const sums = (job: JobRow | undefined) => ({
  jobs: job === undefined ? 0n : 1n,
  openJobs: job !== undefined && (job.state === 'Open' || job.state === 'Suspended') ? 1n : 0n,
  unitsPaid: BigInt(job?.unitsPaid ?? 0),
  gasPaid: job?.gasPaid ?? 0n,
  funded: job?.funded ?? 0n,
  paid: job?.paid ?? 0n,
  royalties: job?.royalties ?? 0n,
  fees: job?.fees ?? 0n,
  audits: job?.audits ?? 0n,
  refunded: job?.refunded ?? 0n,
  remaining: job?.remaining ?? 0n,
});

/** Moves the sums of a job's requester by what changed of the job. */
export const putRequester = (state: State, before: JobRow | undefined, after: JobRow): Change => {
  const row = state.get('requesters', after.requester);
  const old = sums(before);
  const now = sums(after);
  const none = sums(undefined);
  const names = Object.keys(none) as (keyof typeof none)[];
  const moved = Object.fromEntries(
    names.map((name) => [name, (row?.[name] ?? 0n) + now[name] - old[name]]),
  ) as typeof none;
  const next: RequesterRow = {
    ...moved,
    address: after.requester,
    firstHeight: row?.firstHeight ?? after.submittedHeight,
    lastHeight: Math.max(row?.lastHeight ?? 0, after.submittedHeight),
  };
  return put('requesters', next);
};
