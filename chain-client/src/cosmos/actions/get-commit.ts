import { NotFoundError } from '../../errors/index.js';
import type { AtHeight } from '../../port/reader.js';
import type { CommitRecord } from '../../types/batch.js';
import type { LeaseId } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toCommitBody } from '../convert/batch.js';
import { MsgCommit } from '../gen/dmcn/task/v1/tx.js';
import { typeUrlOf } from '../tx/messages.js';
import { findMessage } from './find-message.js';
import { getBatch } from './get-batch.js';

/** The whole commit of a lease, from the block that the chain's state, or the caller, names. */
export async function getCommit(context: CosmosContext, id: LeaseId & AtHeight): Promise<CommitRecord> {
  const { jobId, batch, epoch } = id;
  const missing = new NotFoundError('commit of lease', `${jobId}/${batch}/${epoch}`);
  const height = id.height ?? (await getBatch(context, id)).commitment?.height;
  if (!height) throw missing;
  const found = await findMessage(context, {
    height,
    typeUrl: typeUrlOf('commit'),
    decode: (bytes) => MsgCommit.decode(bytes),
    matches: (message) => message.jobId === jobId && message.batch === batch && message.epoch === epoch,
  });
  if (!found) throw missing;
  const { message, txHash } = found;
  return { jobId, batch, epoch, operator: message.operator, height, txHash, ...toCommitBody(message) };
}
