import type { TaskParams } from '../../types/params.js';
import type { CosmosContext } from '../context.js';
import { toTaskParams } from '../convert/job.js';
import { present } from '../convert/scalar.js';
import { QueryParamsRequest, QueryParamsResponse } from '../gen/dmcn/task/v1/query.js';
import { query } from '../query.js';

/** The parameters of x/task. */
export const getTaskParams = (context: CosmosContext): Promise<TaskParams> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Params',
    request: QueryParamsRequest,
    response: QueryParamsResponse,
    message: {},
    convert: ({ params }) => toTaskParams(present(params, 'params')),
    subject: ['parameters of', 'x/task'],
  });
