import { type Block, everyPage } from '@dmcn/chain-client';
import type { BenchNetwork } from './network.js';
import type { Task } from './tasks.js';

const POLL_MS = 100;
const PATIENCE_MS = 600_000;
const TRIES = 3;

/** What one challenge led to. */
export interface Verdict {
  /** Blocks from the challenge to the verdict. */
  readonly blocks: number;
  /** Seconds between the blocks while the unit was executed: from the challenge to the vote. */
  readonly intervals: readonly number[];
}

interface Challenged {
  readonly disputeId: string;
  readonly height: number;
}

/** A challenged job; another one where a busy machine was too late for the first. */
async function challengedJob(network: BenchNetwork, task: Task): Promise<Challenged> {
  for (let tries = 1; ; tries += 1) {
    const jobId = await openedJob(network, task);
    try {
      return await network.dmcn('job', 'challenge', String(jobId), '--unit', '0');
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

/** Has a unit done and opened; returns its job. */
async function openedJob({ chain, dmcn }: BenchNetwork, task: Task): Promise<bigint> {
  const where = ['--module', task.module, '--input-dir', task.inputs, ...task.flags];
  const jobId = BigInt((await dmcn<{ jobId: string }>('job', 'submit', ...where)).jobId);
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const [batch] = await everyPage((page) => chain.batches({ ...page, jobId }));
    if (batch?.state === 'Challenge' || batch?.state === 'Final') return jobId;
    if (Date.now() > end)
      throw new Error(`job ${jobId} is not open after ${PATIENCE_MS / 1_000} s: ${batch?.state}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Has a unit done, challenges it and follows the dispute to its verdict. Rejects where it is not decided for the worker. */
export async function refereed(network: BenchNetwork, task: Task): Promise<Verdict> {
  const { chain } = network;
  const challenged = await challengedJob(network, task);
  const { height } = challenged;
  const id = BigInt(challenged.disputeId);
  const executing: Block[] = [];
  let voted = false;
  for await (const block of chain.blocks({ from: height, signal: AbortSignal.timeout(PATIENCE_MS) })) {
    if (!voted) executing.push(block);
    for (const { type, data } of block.events) {
      if (type === 'VoteCommitted' && data.disputeId === id) voted = true;
      if (type !== 'DisputeStateChanged' || data.dispute.id !== id || data.dispute.state !== 'Decided')
        continue;
      if (data.dispute.verdict !== 'ForWorker')
        throw new Error(`dispute ${id} about a correct unit was decided ${data.dispute.verdict}`);
      return { blocks: block.height - height, intervals: intervalsOf(executing) };
    }
  }
  throw new Error(`dispute ${id} has no verdict after ${PATIENCE_MS / 1_000} s`);
}

/** Seconds between the next blocks of a network. */
export async function idleIntervals({ chain }: BenchNetwork, blocks: number): Promise<readonly number[]> {
  const seen: Block[] = [];
  for await (const block of chain.blocks()) {
    seen.push(block);
    if (seen.length > blocks) break;
  }
  return intervalsOf(seen);
}

function intervalsOf(blocks: readonly Block[]): number[] {
  return blocks.slice(1).map(({ time }, i) => (time.getTime() - (blocks[i]?.time.getTime() ?? 0)) / 1_000);
}
