import { drawRules, type JobDraw } from '../../types/job.js';
import type { Page, PageRequest } from '../../types/page.js';
import type { Address } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toJob } from '../convert/job.js';
import { amount, named, present } from '../convert/scalar.js';
import {
  QueryWorkerDrawsRequest,
  QueryWorkerDrawsResponse,
  type JobDraw as WireJobDraw,
} from '../gen/dmcn/task/v1/query.js';
import { query, toPage, wirePage } from '../query.js';

/** Whose draws to look at. */
export interface ListWorkerDrawsQuery extends PageRequest {
  /** The owner. */
  readonly worker: Address;
}

/** How a worker stands to the draw of each job that is not over. */
export const listWorkerDraws = (
  context: CosmosContext,
  { worker, ...page }: ListWorkerDrawsQuery,
): Promise<Page<JobDraw>> =>
  query(context, {
    path: 'dmcn.task.v1.Query/WorkerDraws',
    request: QueryWorkerDrawsRequest,
    response: QueryWorkerDrawsResponse,
    message: { worker, pagination: wirePage(page) },
    convert: ({ draws, pagination }) => toPage(draws, pagination, toJobDraw),
    subject: ['worker', worker],
  });

const toJobDraw = ({ job, keptOut, bond }: WireJobDraw): JobDraw => ({
  job: toJob(present(job, 'job')),
  ...(keptOut !== '' && {
    keptOut: named(
      drawRules.find((rule) => rule === keptOut),
      'rule',
    ),
  }),
  bond: amount(bond),
});
