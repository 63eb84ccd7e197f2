import type { WorkerParams } from '../../types/params.js';
import type { CosmosContext } from '../context.js';
import { present } from '../convert/scalar.js';
import { toWorkerParams } from '../convert/worker.js';
import { QueryParamsRequest, QueryParamsResponse } from '../gen/dmcn/worker/v1/query.js';
import { query } from '../query.js';

/** The parameters of x/worker. */
export const getWorkerParams = (context: CosmosContext): Promise<WorkerParams> =>
  query(context, {
    path: 'dmcn.worker.v1.Query/Params',
    request: QueryParamsRequest,
    response: QueryParamsResponse,
    message: {},
    convert: ({ params }) => toWorkerParams(present(params, 'params')),
    subject: ['parameters of', 'x/worker'],
  });
