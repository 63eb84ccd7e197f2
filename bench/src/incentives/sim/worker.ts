import type { Rules } from '../rules.js';
import type { Worker } from './types.js';

/** What leases can still lock. */
export function leasable({ bond, locked, reserved }: Worker, { leaseLockBps }: Rules): bigint {
  const left = (bond * BigInt(leaseLockBps)) / 10_000n - locked - reserved;
  return left > 0n ? left : 0n;
}

/** 1,000 + availability * min(batches final, 1,000) / 1,000. */
export function reputation({ availability, finals }: Worker): number {
  return 1_000 + (availability * Math.min(finals, 1_000)) / 1_000;
}

/** One slot for each full lot, none unless active. */
export function lotsOf({ bond, status }: Worker, { lot, maxLots }: Rules): number {
  return status === 'active' ? Math.min(Number(bond / lot), maxLots) : 0;
}

export function moreAvailable(worker: Worker): void {
  worker.availability += Math.ceil((10_000 - worker.availability) / 16);
}

export function lessAvailable(worker: Worker): void {
  worker.availability -= Math.ceil(worker.availability / 16);
}

/** Blocks for which the bond of a lapse at a height stays locked. */
export function lapseLock({ lapses }: Worker, height: number, rules: Rules): number {
  const recent = lapses.filter((each) => each > height - rules.lapseWindow).length;
  return rules.lapseLock * 2 ** Math.min(recent, 8);
}
