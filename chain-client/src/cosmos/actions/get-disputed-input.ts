import { NotFoundError } from '../../errors/index.js';
import type { Dispute } from '../../types/dispute.js';
import type { CosmosContext } from '../context.js';
import { MsgChallenge, MsgPostInput } from '../gen/dmcn/audit/v1/tx.js';
import { typeUrlOf } from '../tx/messages.js';
import { findMessage } from './find-message.js';

/** The input of a disputed unit, from the block in which it was posted; its hash is not checked here. */
export async function getDisputedInput(context: CosmosContext, dispute: Dispute): Promise<Uint8Array> {
  const { jobId, batch, epoch, leaf, postedHeight: height, cause } = dispute;
  const isOfBatch = (message: { jobId: bigint; batch: number; epoch: number }) =>
    message.jobId === jobId && message.batch === batch && message.epoch === epoch;
  const found =
    cause === 'Challenge'
      ? await findMessage(context, {
          height,
          typeUrl: typeUrlOf('challenge'),
          decode: (bytes) => MsgChallenge.decode(bytes),
          matches: (message) => isOfBatch(message) && message.leaf?.unit === leaf.unit,
        })
      : await findMessage(context, {
          height,
          typeUrl: typeUrlOf('postInput'),
          decode: (bytes) => MsgPostInput.decode(bytes),
          matches: (message) => isOfBatch(message) && message.unit === leaf.unit,
        });
  if (!found) throw new NotFoundError('input of dispute', String(dispute.id));
  return found.message.input;
}
