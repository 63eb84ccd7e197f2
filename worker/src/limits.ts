import type { ChainReader } from '@dmcn/chain-client';

/** Blocks over which a chain's pace is measured. */
const MEASURED_BLOCKS = 100;

/** What a chain that has made hardly any block is taken to need for one, in seconds. */
const USUAL_SECONDS = 3;

/** Seconds that a chain's newest blocks took each, to a tenth, so that a worker's terms do not change with each start. */
export async function secondsPerBlock(chain: Pick<ChainReader, 'status'> & BlockSource): Promise<number> {
  const { height, earliestHeight, time } = await chain.status();
  const from = Math.max(height - MEASURED_BLOCKS, earliestHeight, 1);
  if (height - from < 2) return USUAL_SECONDS;
  const first = await chain.fetchBlock(from);
  const seconds = (time.getTime() - first.time.getTime()) / 1_000 / (height - from);
  return Math.max(Math.round(seconds * 10) / 10, 0.1);
}

interface BlockSource {
  fetchBlock(height: number): Promise<{ readonly time: Date }>;
}

/** Gas a block that a worker promises which gives a share (0 to 1) of what it could do. */
export const promisedRate = (rate: bigint, cpuShare: number): bigint =>
  (rate * BigInt(Math.round(cpuShare * 10_000))) / 10_000n;

/** Gas that a worker gets through in some seconds at a rate (gas a block), at least 1. */
export function gasWithin(seconds: number, rate: bigint, blockSeconds: number): bigint {
  const gas = (rate * BigInt(Math.round(seconds * 1_000))) / BigInt(Math.round(blockSeconds * 1_000));
  return gas > 0n ? gas : 1n;
}
