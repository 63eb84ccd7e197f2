import type { Rules } from '../rules.js';
import { VERDICT } from './dispute.js';

/** What it takes to keep everybody's challenges out: a queue that is always full of challenges of right units (udmc). */
export interface Flood {
  /** Deposits until the queue is full. All of them are lost in the end. */
  readonly fill: number;
  /** Deposits for the places that become free in an hour. */
  readonly hour: number;
}

const HOUR = 1_200;

/** A challenge's deposit where some disputes wait already and it doubles with each `step` of them. */
const depositAt = (deposit: number, step: number, waiting: number): number =>
  deposit * 2 ** Math.floor(waiting / step);

/** By sums. */
export function floodOnPaper({ audit }: Rules, deposit: number, step = Number.POSITIVE_INFINITY): Flood {
  const places = audit.openDisputes;
  const fill = Number.isFinite(step) ? step * (2 ** (places / step) - 1) : places;
  return { fill: deposit * fill, hour: (HOUR / VERDICT) * depositAt(deposit, step, places - 1) };
}

/** Block by block, over some hours: each verdict frees a place, which the flooder takes again. */
export function flood(
  { audit }: Rules,
  deposit: number,
  hours: number,
  step = Number.POSITIVE_INFINITY,
): Flood {
  let waiting = 0;
  const refill = (): number => {
    let paid = 0;
    for (; waiting < audit.openDisputes; waiting += 1) paid += depositAt(deposit, step, waiting);
    return paid;
  };
  const fill = refill();
  let paid = 0;
  for (let block = 1; block <= hours * HOUR; block += 1) {
    if (block % VERDICT === 0) waiting -= 1;
    paid += refill();
  }
  return { fill, hour: paid / hours };
}
