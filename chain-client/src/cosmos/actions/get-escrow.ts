import { toHex } from '@cosmjs/encoding';
import type { Escrow, JobSpec } from '../../types/job.js';
import type { CosmosContext } from '../context.js';
import { fromJobSpec, toEscrow } from '../convert/job.js';
import { QueryEscrowRequest, QueryEscrowResponse } from '../gen/dmcn/task/v1/query.js';
import { query } from '../query.js';

/** What a job would cost at most. */
export const getEscrow = (context: CosmosContext, spec: JobSpec): Promise<Escrow> =>
  query(context, {
    path: 'dmcn.task.v1.Query/Escrow',
    request: QueryEscrowRequest,
    response: QueryEscrowResponse,
    message: { spec: fromJobSpec(spec) },
    convert: toEscrow,
    subject: ['module', toHex(spec.moduleId)],
  });
