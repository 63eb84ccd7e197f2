import { NotFoundError } from '../../errors/index.js';
import type { AtHeight } from '../../port/reader.js';
import type { OutputRecord } from '../../types/batch.js';
import type { UnitId } from '../../types/primitives.js';
import type { CosmosContext } from '../context.js';
import { toOutputBody } from '../convert/batch.js';
import { MsgPostOutput } from '../gen/dmcn/task/v1/tx.js';
import { txSearchRequest } from '../rpc/requests.js';
import { typeUrlOf } from '../tx/messages.js';
import { findMessage } from './find-message.js';

/** The output that answered a demand, from the block that the caller, or the endpoint's transaction index, names. */
export async function getPostedOutput(context: CosmosContext, id: UnitId & AtHeight): Promise<OutputRecord> {
  const { jobId, batch, epoch, unit } = id;
  const missing = new NotFoundError('posted output of unit', `${jobId}/${batch}/${epoch}/${unit}`);
  const height = id.height ?? (await postedAt(context, id));
  if (!height) throw missing;
  const found = await findMessage(context, {
    height,
    typeUrl: typeUrlOf('postOutput'),
    decode: (bytes) => MsgPostOutput.decode(bytes),
    matches: (message) =>
      message.jobId === jobId &&
      message.batch === batch &&
      message.epoch === epoch &&
      message.leaf?.unit === unit,
  });
  if (!found) throw missing;
  const { message, txHash } = found;
  return { jobId, batch, epoch, unit, poster: message.poster, height, txHash, ...toOutputBody(message) };
}

/** Event attributes are indexed as JSON values: 64-bit integers are quoted, smaller ones are not. */
async function postedAt(
  { rpc }: CosmosContext,
  { jobId, batch, epoch, unit }: UnitId,
): Promise<number | undefined> {
  const event = 'dmcn.task.v1.EventOutputPosted';
  const conditions = [
    `${event}.job_id='"${jobId}"'`,
    `${event}.batch='${batch}'`,
    `${event}.epoch='${epoch}'`,
    `${event}.unit='${unit}'`,
  ];
  const [newest] = await rpc.call(txSearchRequest(conditions.join(' AND ')));
  return newest?.height;
}
