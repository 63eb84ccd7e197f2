import { NotFoundError } from '../../errors/index.js';
import type { Dispute, DisputedInput } from '../../types/dispute.js';
import type { CosmosContext } from '../context.js';
import { MsgChallenge, MsgPostInput } from '../gen/dmcn/audit/v1/tx.js';
import { typeUrlOf } from '../tx/messages.js';
import { findMessage } from './find-message.js';

/** The input of a disputed unit, from the block in which it was posted; neither hash nor proof are checked here. */
export async function getDisputedInput(context: CosmosContext, dispute: Dispute): Promise<DisputedInput> {
  const { jobId, batch, epoch, leaf, postedHeight: height, cause } = dispute;
  const isOfBatch = (message: { jobId: bigint; batch: number; epoch: number }) =>
    message.jobId === jobId && message.batch === batch && message.epoch === epoch;
  const shown =
    cause === 'Challenge'
      ? await challenged(context, height, (message) => isOfBatch(message) && message.leaf?.unit === leaf.unit)
      : await posted(context, height, (message) => isOfBatch(message) && message.unit === leaf.unit);
  if (!shown?.proof) throw new NotFoundError('input of dispute', String(dispute.id));
  return { input: shown.input, proof: shown.proof };
}

async function challenged(
  context: CosmosContext,
  height: number,
  matches: (message: MsgChallenge) => boolean,
) {
  const decode = (bytes: Uint8Array) => MsgChallenge.decode(bytes);
  const found = await findMessage(context, { height, typeUrl: typeUrlOf('challenge'), decode, matches });
  return found && { input: found.message.input, proof: found.message.inputProof };
}

async function posted(context: CosmosContext, height: number, matches: (message: MsgPostInput) => boolean) {
  const decode = (bytes: Uint8Array) => MsgPostInput.decode(bytes);
  const found = await findMessage(context, { height, typeUrl: typeUrlOf('postInput'), decode, matches });
  return found?.message;
}
