import { put, set } from '../model/change.js';
import { must } from '../model/state.js';
import { putJob } from './job.js';
import { countPaid } from './market.js';
import type { Reducer } from './reducer.js';
import { payUnits } from './unit.js';

export const batchPaid: Reducer<'BatchPaid'> = (state, payment, at) => {
  const { jobId, worker: owner, pay, royalty, fee, gasTotal, units } = payment;
  const job = must(state, 'jobs', jobId);
  const worker = must(state, 'workers', owner);
  const module = must(state, 'modules', job.moduleId);
  const paidJob = {
    ...job,
    changedHeight: at.height,
    paid: job.paid + pay,
    royalties: job.royalties + royalty,
    fees: job.fees + fee,
    remaining: job.remaining - pay - royalty - fee,
    unitsPaid: job.unitsPaid + units,
    gasPaid: job.gasPaid + gasTotal,
  };
  return [
    put('payments', { ...payment, ...at }),
    ...putJob(state, job, paidJob),
    set('workers', worker, {
      unitsPaid: worker.unitsPaid + BigInt(units),
      gasPaid: worker.gasPaid + gasTotal,
      earned: worker.earned + pay,
    }),
    set('modules', module, {
      unitsPaid: module.unitsPaid + BigInt(units),
      royalties: module.royalties + royalty,
    }),
    ...payUnits(state, payment),
    ...countPaid(state, at.height, payment),
  ];
};
