import { setTimeout as sleep } from 'node:timers/promises';
import { hashToHex, type RetentionFeed } from '@dmcn/blob-store';
import { type Block, type ChainClient, everyPage, found, type Job } from '@dmcn/chain-client';

export interface FeedOptions {
  /** Blocks that blobs are kept after a job is final. */
  readonly marginBlocks: number;
  readonly signal: AbortSignal;
  /** Told when the chain cannot be followed; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

const AGAIN_MS = 3_000;

/**
 * Tells a blob store what the chain's jobs need, from where it was told before, until the signal aborts. While the chain
 * cannot be followed the store is told nothing, and drops nothing.
 */
export async function feedRetention(
  connect: () => Promise<ChainClient>,
  feed: RetentionFeed,
  { marginBlocks, signal, onTrouble }: FeedOptions,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const chain = await connect();
      const from = await nextHeight(chain, feed, marginBlocks);
      for await (const block of chain.blocks({ from, signal })) await tell(block, feed);
    } catch (error) {
      if (signal.aborted) return;
      onTrouble(error);
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** The block to begin with; where those before it cannot be had any more the chain's state is told instead. */
async function nextHeight(chain: ChainClient, feed: RetentionFeed, marginBlocks: number): Promise<number> {
  const { height, earliestHeight, time } = await chain.status();
  const next = (feed.height ?? -1) + 1;
  if (next >= Math.max(earliestHeight, 1) && next <= height + 1) return next;
  await tellState(chain, feed, Math.max(0, height - marginBlocks));
  await feed.advance(height, time);
  return height + 1;
}

async function tellState(chain: ChainClient, feed: RetentionFeed, since: number): Promise<void> {
  const stillOpen = new Set(feed.openJobs());
  for (const job of await everyPage((page) => chain.jobs(page))) {
    stillOpen.delete(String(job.id));
    if (job.settledHeight === 0 || job.settledHeight > since) await tellJob(chain, feed, job);
    if (job.settledHeight > 0) await feed.release(String(job.id), job.settledHeight);
  }
  for (const jobId of stillOpen) {
    // The chain forgets jobs that are long over.
    if (!(await found(chain.job(BigInt(jobId))))) await feed.release(jobId, since);
  }
}

async function tellJob(chain: ChainClient, feed: RetentionFeed, job: Job): Promise<void> {
  const batches = await everyPage((page) => chain.batches({ ...page, jobId: job.id }));
  const outputs = batches.flatMap(({ commitment }) =>
    commitment ? [hashToHex(commitment.outputsHash)] : [],
  );
  await feed.hold(String(job.id), { ...inputsOf(job), blobs: outputs });
}

async function tell(block: Block, feed: RetentionFeed): Promise<void> {
  for (const { type, data } of block.events) {
    if (type === 'JobSubmitted') await feed.hold(String(data.job.id), inputsOf(data.job));
    if (type === 'BatchCommitted') {
      await feed.hold(String(data.jobId), { blobs: [hashToHex(data.outputsHash)] });
    }
    if (type === 'JobSettled') await feed.release(String(data.jobId), block.height);
  }
  await feed.advance(block.height, block.time);
}

const inputsOf = ({ requester, spec }: Job) => ({
  account: requester,
  indexes: [hashToHex(spec.inputIndex)],
});
