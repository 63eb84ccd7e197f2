import type { DisputeRecord } from '../../types/dispute.js';
import type { CosmosContext } from '../context.js';
import { toDispute, toVote } from '../convert/dispute.js';
import { present } from '../convert/scalar.js';
import { QueryDisputeRequest, QueryDisputeResponse } from '../gen/dmcn/audit/v1/query.js';
import { query } from '../query.js';

/** A dispute with the powers that were snapshotted for it, and the votes. */
export const getDispute = (context: CosmosContext, disputeId: bigint): Promise<DisputeRecord> =>
  query(context, {
    path: 'dmcn.audit.v1.Query/Dispute',
    request: QueryDisputeRequest,
    response: QueryDisputeResponse,
    message: { disputeId },
    convert: ({ dispute, votes }) => ({
      dispute: toDispute(present(dispute, 'dispute')),
      votes: votes.map(toVote),
    }),
    subject: ['dispute', String(disputeId)],
  });
