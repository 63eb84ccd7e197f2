import { expect } from 'vitest';
import { attribute, type Ledger, udmc } from './ledger.js';
import { sum } from './sum.js';

/** Fails where a block changed the supply by anything but what it minted and burned; returns what was burned in all blocks. */
export async function supplyMoves(ledger: Ledger): Promise<bigint> {
  const head = await ledger.height();
  let burned = 0n;
  let supply = await ledger.supply(1);
  for (let height = 2; height <= head; height += 1) {
    const [now, events] = await Promise.all([ledger.supply(height), ledger.events(height)]);
    const of = (type: string) =>
      sum(events.filter((event) => event.type === type).map((event) => udmc(attribute(event, 'amount'))));
    expect(now - supply, `supply at height ${height}`).toBe(of('coinbase') - of('burn'));
    burned += of('burn');
    supply = now;
  }
  return burned;
}
