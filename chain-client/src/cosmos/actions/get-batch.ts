import type { Batch } from '../../types/batch.js';
import type { BatchId } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toBatch } from '../convert/batch.js';
import { present } from '../convert/scalar.js';
import { QueryBatchRequest, QueryBatchResponse } from '../gen/dmcn/task/v1/query.js';
import { query } from '../query.js';

/** A batch of a job. */
export const getBatch = (context: CosmosContext, { jobId, batch }: BatchId): Promise<Batch> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Batch',
    request: QueryBatchRequest,
    response: QueryBatchResponse,
    message: { jobId, batch },
    convert: (answer) => toBatch(present(answer.batch, 'batch')),
    subject: ['batch', `${jobId}/${batch}`],
  });
