import { type ChainEvent, type Dispute, type EventData, type EventType, everyPage } from '@dmcn/chain-client';
import type { Submitted } from './documents.js';
import type { Network } from './network.js';
import { until } from './until.js';

/** What `dmcn job challenge --json` prints. */
export interface Challenged {
  readonly jobId: string;
  readonly unit: number;
  readonly disputeId: string;
  readonly deposit: string;
  readonly height: number;
}

/** Challenges a unit of a job's first batch as soon as that is open. */
export async function challengeWhenOpen(
  network: Network,
  { jobId }: Submitted,
  unit: number,
  from: string,
): Promise<Challenged> {
  const id = BigInt(jobId);
  const isOpen = async () => {
    const [batch] = await everyPage((page) => network.chain.batches({ ...page, jobId: id }));
    return batch?.state === 'Challenge';
  };
  await until(`job ${jobId} to be open`, isOpen, 150, 100);
  return network.json('job', 'challenge', jobId, '--unit', unit, '--from', from);
}

/** All that a dispute emitted from a height on, up to its verdict. */
export interface Course {
  readonly events: readonly ChainEvent[];
  readonly decided: Dispute;
  /** Height of the verdict. */
  readonly height: number;
}

/** Follows the disputes that `isIt` names until the first verdict. */
export async function courseOf(
  network: Network,
  from: number,
  isIt: (dispute: Dispute) => boolean,
  seconds = 120,
): Promise<Course> {
  const events: ChainEvent[] = [];
  const signal = AbortSignal.timeout(seconds * 1_000);
  for await (const block of network.chain.blocks({ from, signal })) {
    events.push(...block.events);
    for (const { type, data } of block.events) {
      if (type !== 'DisputeStateChanged' || data.dispute.state !== 'Decided' || !isIt(data.dispute)) continue;
      return { events, decided: data.dispute, height: block.height };
    }
  }
  throw new Error(`waited ${seconds} s in vain for a verdict`);
}

/** The data of a course's events of one type. */
export const dataOf = <T extends EventType>({ events }: Pick<Course, 'events'>, type: T): EventData[T][] =>
  events.flatMap((event) => (event.type === type ? [event.data as EventData[T]] : []));
