import { NotFoundError } from '../../errors/index.js';
import type { AtHeight } from '../../port/reader.js';
import type { OpenRecord } from '../../types/batch.js';
import type { LeaseId } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toOpenBody } from '../convert/batch.js';
import { MsgOpen } from '../gen/dmcn/task/v1/tx.js';
import { typeUrlOf } from '../tx/messages.js';
import { findMessage } from './find-message.js';
import { getBatch } from './get-batch.js';

/** The whole opening of a lease, from the block that the chain's state, or the caller, names. */
export async function getOpening(context: CosmosContext, id: LeaseId & AtHeight): Promise<OpenRecord> {
  const { jobId, batch, epoch } = id;
  const missing = new NotFoundError('opening of lease', `${jobId}/${batch}/${epoch}`);
  const height = id.height ?? (await getBatch(context, id)).opening?.height;
  if (!height) throw missing;
  const found = await findMessage(context, {
    height,
    typeUrl: typeUrlOf('open'),
    decode: (bytes) => MsgOpen.decode(bytes),
    matches: (message) => message.jobId === jobId && message.batch === batch && message.epoch === epoch,
  });
  if (!found) throw missing;
  const { message, txHash } = found;
  return { jobId, batch, epoch, opener: message.opener, height, txHash, ...toOpenBody(message) };
}
