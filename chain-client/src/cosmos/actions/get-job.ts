import type { Job } from '../../types/job.js';
import type { CosmosContext } from '../context.js';
import { toJob } from '../convert/job.js';
import { present } from '../convert/scalar.js';
import { QueryJobRequest, QueryJobResponse } from '../gen/dmcn/task/v1/query.js';
import { query } from '../query.js';

/** A job by its id. */
export const getJob = (context: CosmosContext, jobId: bigint): Promise<Job> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Job',
    request: QueryJobRequest,
    response: QueryJobResponse,
    message: { jobId },
    convert: ({ job }) => toJob(present(job, 'job')),
    subject: ['job', String(jobId)],
  });
