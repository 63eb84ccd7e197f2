import type { Network } from './network.js';

/** Pays whoever voted for the leaf that won: everybody for the worker's, those who executed the unit against it. */
export function payReferees(world: Network, from: string, amount: bigint, forWorker: boolean): void {
  const { validators, lazyReferees = 0 } = world.scenario;
  world.ledger.move(from, 'referees', amount);
  const lazy = forWorker ? lazyReferees : 0;
  const each = amount / BigInt(validators - lazyReferees + lazy);
  if (lazyReferees < validators) world.refereed.honest += each;
  world.refereed.lazy += lazy > 0 ? each : 0n;
}
