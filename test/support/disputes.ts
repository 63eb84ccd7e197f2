import { type ChainEvent, type Dispute, type EventData, type EventType, everyPage } from '@dmcn/chain-client';
import { expect } from 'vitest';
import { onlyDocument } from './dmcn.js';
import type { Submitted } from './documents.js';
import type { Network } from './network.js';
import { run } from './process.js';
import { until } from './until.js';

/** What `dmcn job challenge --json` prints. */
export interface Challenged {
  readonly jobId: string;
  readonly unit: number;
  readonly disputeId: string;
  readonly deposit: string;
  readonly height: number;
}

const TRIES = 5;

/** Challenges a unit of a job's first batch as soon as that is open; of another job where a busy machine was too late for it. */
export async function challengeWhenOpen(
  network: Network,
  submit: () => Promise<Submitted>,
  unit: number,
  from: string,
): Promise<Challenged> {
  for (let tries = 1; ; tries += 1) {
    const { jobId } = await submit();
    const id = BigInt(jobId);
    const stateOf = async () =>
      (await everyPage((page) => network.chain.batches({ ...page, jobId: id })))[0]?.state;
    const isOpen = async () => ['Challenge', 'Final'].includes((await stateOf()) ?? '');
    await until(`job ${jobId} to be open`, isOpen, 150, 100);
    const flags = ['--unit', unit, '--from', from, '--json'];
    const ended = await run(network.at('job', 'challenge', jobId, ...flags));
    if (ended.code === 0) return onlyDocument(ended);
    expect(ended.stderr).toMatch(/Transition|is Final/);
    expect(tries, 'jobs that were final before they could be challenged').toBeLessThan(TRIES);
  }
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
