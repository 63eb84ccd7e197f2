import { formatDmc } from '@dmcn/protocol';
import type { RefereeNotice, RefereeState } from '@dmcn/referee';
import { describe } from '../errors.js';
import type { Output } from '../output.js';

export function stateText(now: RefereeState): string {
  if ('dispute' in now) return `referee: ${now.state} in dispute ${now.dispute}`;
  return 'lease' in now ? `referee: opening job ${now.lease.jobId} batch ${now.lease.batch}` : '';
}

export function noticeText(news: RefereeNotice): string {
  switch (news.notice) {
    case 'committed':
      return `referee: committed to a vote in dispute ${news.dispute}`;
    case 'revealed':
      return `referee: revealed its vote in dispute ${news.dispute}`;
    case 'absent':
      return `referee: the chain missed its vote in dispute ${news.dispute}`;
    case 'paid':
      return `referee: earned ${formatDmc(news.amount)} DMC in dispute ${news.dispute}`;
    case 'opened':
      return `referee: opened job ${news.lease.jobId} batch ${news.lease.batch} for its worker`;
    case 'unreachable':
      return news.error === undefined
        ? 'referee: there are no new blocks; it goes on when there are some'
        : `referee: no node answers; it goes on when one does: ${describe(news.error)}`;
    case 'reachable':
      return 'referee: there are new blocks again';
    case 'failed':
      return `referee: ${news.doing} failed: ${describe(news.error)}`;
  }
}

/** Shows a state that lasts on the line of status. */
export function show(now: RefereeState, out: Output): void {
  const text = stateText(now);
  if (text) out.status(text);
  else out.statusDone();
}
