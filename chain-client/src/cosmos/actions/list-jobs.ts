import type { Job } from '../../types/job.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { Address } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toJob } from '../convert/job.js';
import { QueryJobsRequest, QueryJobsResponse } from '../gen/dmcn/task/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Which jobs to list. */
export interface ListJobsQuery extends PageRequest {
  readonly requester?: Address;
}

/** Jobs in the order of their ids, of one requester if named. */
export const listJobs = (
  context: CosmosContext,
  { requester = '', ...page }: ListJobsQuery = {},
): Promise<Page<Job>> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Jobs',
    request: QueryJobsRequest,
    response: QueryJobsResponse,
    message: { requester, pagination: wirePage(page) },
    convert: ({ jobs, pagination }) => toPage(jobs, pagination, toJob),
    subject: ['jobs of', requester || context.chainId],
  });
