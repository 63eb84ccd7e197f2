import { jobHeightsInIndex } from '@dmcn/chain-client/indexed';
import { formatDmc } from '@dmcn/protocol';
import { type BatchReceipt, type JobReceipt, type Place, receiptOf } from '@dmcn/requester';
import type { Context } from '../context.js';
import { table } from '../output.js';
import { readThrough } from '../reading.js';

/** A receipt, with who told which blocks it is in. */
export interface FoundReceipt extends JobReceipt {
  readonly source: JobReceipt['source'] & { readonly foundBy: 'graphql' | 'chain' };
}

/**
 * Reads the receipt of a job that is over from its blocks. An index tells which blocks; what they do not tell is looked for
 * in all blocks of the job's life.
 */
export async function readReceipt(jobId: bigint, context: Context): Promise<FoundReceipt> {
  const { chain, signal, out } = context;
  const found = await readThrough<readonly number[] | null>(
    context,
    jobHeightsInIndex(jobId),
    async () => null,
  );
  const onProgress = (read: number, total: number) => {
    if (read % 100 === 0) out.status(`reading the blocks of job ${jobId}: ${read}/${total}`);
  };
  const heights = found.value ?? undefined;
  const receipt = await receiptOf(jobId, await chain(), { signal, onProgress, heights });
  out.statusDone();
  const { source } = receipt;
  return { ...receipt, source: { ...source, foundBy: source.all ? 'chain' : 'graphql' } };
}

/** A receipt for a person. */
export function receiptText(receipt: FoundReceipt): string {
  const { jobId, state, submitted, refunded, source } = receipt;
  return [
    `job ${jobId} on ${receipt.chainId}: ${state}`,
    `submitted ${at(submitted)}: ${formatDmc(receipt.funded)} DMC into escrow`,
    ...(receipt.batches.length > 0 ? ['', batchTable(receipt.batches), ''] : []),
    `paid ${formatDmc(receipt.paid)} DMC to workers, ${formatDmc(receipt.royalty)} royalty to ${receipt.author}, ${formatDmc(receipt.fee)} fee, ${formatDmc(receipt.audits)} for audits`,
    `refunded ${formatDmc(refunded.amount)} DMC ${at(refunded)}; ${receipt.endedBatches} batches were never done`,
    `read from ${source.read} blocks, ${source.from} to ${source.to}, ${source.all ? 'all that there are' : 'which GraphQL named'}; they agree with the chain's record of the job`,
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
