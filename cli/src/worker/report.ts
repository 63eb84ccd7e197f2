import type { LeaseId } from '@dmcn/chain-client';
import { formatDmc } from '@dmcn/protocol';
import type { Findings, Shift, WorkerNotice, WorkerState } from '@dmcn/worker';
import { describe } from '../errors.js';
import type { Output } from '../output.js';
import type { WorkerHome } from './home.js';
import type { WorkerLimits } from './limits.js';

/** Tells the person at the terminal, and `worker.json`, what a worker is doing. */
export interface Reporter {
  readonly state: (now: WorkerState) => void;
  readonly notice: (news: WorkerNotice) => void;
  readonly shift: (now: Shift) => void;
}

export function createReporter(home: WorkerHome, out: Output, { cpu, schedule }: WorkerLimits): Reporter {
  let told = '';
  let greeted = false;
  const state = (now: WorkerState) => {
    home.writeStatus({
      ...now,
      pid: process.pid,
      owner: home.owner.signer.address,
      operator: home.operator.signer.address,
      since: new Date().toISOString(),
      cpu,
      ...(schedule && { schedule: { text: schedule.text, timeZone: schedule.timeZone } }),
    });
    if (now.state === 'working') out.status(`${nameOf(now.lease)}: ${now.done}/${now.units} units`);
    else if (now.state === 'auditing')
      out.status(`${nameOf(now.lease)}: audits ${now.done}/${now.units} units`);
    else if (now.state === 'idle') {
      out.statusDone();
      if (!greeted) out.progress(READY);
      greeted = true;
    } else if ('lease' in now) out.status(`${nameOf(now.lease)}: ${now.state}`);
    else if (now.state !== told) {
      told = now.state;
      out.progress(now.state);
    }
  };
  return {
    state,
    notice: (news) => out.progress(textOf(news)),
    shift: ({ open, until }) => {
      const end = until === undefined ? 'for ever' : `until ${new Date(until).toISOString()}`;
      out.progress(`worker: its schedule is ${open ? 'open' : 'closed'} ${end}`);
    },
  };
}

const READY =
  'worker: ready for work; Ctrl-C ends it once what it holds is finished, "dmcn worker why" tells why it gets none';

const nameOf = ({ jobId, batch }: LeaseId): string => `job ${jobId} batch ${batch}`;

function textOf(news: WorkerNotice): string {
  switch (news.notice) {
    case 'failed':
      return `${news.lease ? nameOf(news.lease) : 'worker'}: ${news.doing} failed: ${describe(news.error)}`;
    case 'lapsed':
      return `worker: a lease ran out; ${formatDmc(news.amount)} DMC of the bond stay locked until height ${news.releaseHeight}`;
    case 'resumed':
      return 'worker: it was set aside for offers that it missed, and is back in the draw';
    case 'unreachable':
      return news.error === undefined
        ? 'worker: the chain makes no new blocks; it goes on when there are some'
        : `worker: no node answers; it goes on when one does: ${describe(news.error)}`;
    case 'reachable':
      return 'worker: there are new blocks again';
    case 'waiting': {
      const held = news.held.map(({ lease, until }) => `${nameOf(lease)} to be ${until}`).join(', ');
      return `worker: waits for ${held}, at most about ${news.seconds} s; interrupt it again to end at once`;
    }
    default:
      return `${nameOf(news.lease)}: ${news.notice}${news.detail ? ` ${news.detail}` : ''}`;
  }
}

/** One line about what an earlier process left in the journal, empty where it left nothing. */
export function describeFindings({ messages, leases }: Findings): string {
  const parts = [
    ...messages.map(({ purpose, outcome }) => `${purpose} (${outcome})`),
    ...[...leases].map(([lease, { units, committed }]) =>
      committed ? `the finished commit of ${lease}` : `${units} units of ${lease}`,
    ),
  ];
  return parts.length > 0 ? `found in the journal: ${parts.join(', ')}` : '';
}
