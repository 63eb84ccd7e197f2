import type { WorkerNotice, WorkerState } from '@dmcn/worker';
import { describe } from '../errors.js';
import type { Output } from '../output.js';
import type { WorkerHome } from './home.js';

/** Tells the person at the terminal, and `worker.json`, what a worker is doing. */
export function createReporter(home: WorkerHome, out: Output) {
  const state = (now: WorkerState) => {
    home.writeStatus({
      ...now,
      pid: process.pid,
      owner: home.owner.signer.address,
      operator: home.operator.signer.address,
      since: new Date().toISOString(),
    });
    if (now.state === 'working') {
      out.status(`job ${now.lease.jobId} batch ${now.lease.batch}: ${now.done}/${now.units} units`);
    } else if (now.state === 'idle') out.statusDone();
    else out.progress(now.state);
  };
  const notice = (news: WorkerNotice) => {
    const where = news.lease ? `job ${news.lease.jobId} batch ${news.lease.batch}` : 'worker';
    if (news.notice === 'failed') out.progress(`${where}: ${news.doing} failed: ${describe(news.error)}`);
    else out.progress(`${where}: ${news.notice}${news.detail ? ` ${news.detail}` : ''}`);
  };
  return { state, notice };
}
