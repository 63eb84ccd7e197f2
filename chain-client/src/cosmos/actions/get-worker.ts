import type { Address } from '../../types/primitives.js';
import type { WorkerRecord } from '../../types/worker.js';
import type { CosmosContext } from '../context.js';
import { count, present } from '../convert/scalar.js';
import { toLapse, toWorker, toWorkerRule } from '../convert/worker.js';
import { QueryWorkerRequest, QueryWorkerResponse } from '../gen/dmcn/worker/v1/query.js';
import { query } from '../query.js';

/** A worker by its owner or operator. */
export const getWorker = (context: CosmosContext, address: Address): Promise<WorkerRecord> =>
  query(context, {
    path: 'dmcn.worker.v1.Query/Worker',
    request: QueryWorkerRequest,
    response: QueryWorkerResponse,
    message: { address },
    convert: ({ worker, reputation, lapses, keptOut }) => ({
      worker: toWorker(present(worker, 'worker')),
      reputation: count(reputation),
      keptOut: keptOut.map(toWorkerRule),
      lapses: lapses.map(toLapse),
    }),
    subject: ['worker', address],
  });
