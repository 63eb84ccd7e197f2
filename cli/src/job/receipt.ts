import { formatDmc } from '@dmcn/protocol';
import { type BatchReceipt, type JobReceipt, type Place, receiptOf } from '@dmcn/requester';
import type { Context } from '../context.js';
import { table } from '../output.js';

/** Reads the receipt of a job that is over from its blocks. */
export async function readReceipt(jobId: bigint, { chain, signal, out }: Context): Promise<JobReceipt> {
  const onProgress = (read: number, total: number) => {
    if (read % 100 === 0) out.status(`reading the blocks of job ${jobId}: ${read}/${total}`);
  };
  const receipt = await receiptOf(jobId, await chain(), { signal, onProgress });
  out.statusDone();
  return receipt;
}

/** A receipt for a person. */
export function receiptText(receipt: JobReceipt): string {
  const { jobId, state, submitted, refunded, source } = receipt;
  return [
    `job ${jobId} on ${receipt.chainId}: ${state}`,
    `submitted ${at(submitted)}: ${formatDmc(receipt.funded)} DMC into escrow`,
    ...(receipt.batches.length > 0 ? ['', batchTable(receipt.batches), ''] : []),
    `paid ${formatDmc(receipt.paid)} DMC to workers, ${formatDmc(receipt.royalty)} royalty to ${receipt.author}, ${formatDmc(receipt.fee)} fee, ${formatDmc(receipt.audits)} for audits`,
    `refunded ${formatDmc(refunded.amount)} DMC ${at(refunded)}; ${receipt.endedBatches} batches were never done`,
    `read from the blocks ${source.from} to ${source.to}, which agree with the chain's record of the job`,
  ].join('\n');
}

const batchTable = (batches: readonly BatchReceipt[]): string =>
  table(
    ['batch', 'worker', 'gas', 'paid', 'royalty', 'fee', 'committed', 'opened', 'paid at', 'by'],
    batches.map(({ batch, worker, gas, pay, royalty, fee, committed, opened, paid }) => [
      String(batch),
      worker,
      String(gas),
      formatDmc(pay),
      formatDmc(royalty),
      formatDmc(fee),
      String(committed?.height ?? ''),
      String(opened?.height ?? ''),
      String(paid.height),
      paid.hash ?? 'end of the challenge window',
    ]),
  );

const at = ({ height, hash }: Place): string =>
  hash === null ? `at height ${height}` : `at height ${height} by ${hash}`;
