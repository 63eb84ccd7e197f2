import type { Network } from './network.js';
import { picks, play } from './play.js';

const ACTIONS = 2_000;

/** Makes a network so many blocks long, of which much happens in the first ones and a little in each. */
export const quietlyTo = (net: Network, blocks: number, seed: number): Network => {
  if (blocks > 0) play(net, picks(seed, ACTIONS));
  while (net.blocks.length < blocks) {
    for (const { owner, load } of net.workers.values())
      net.emit('LoadChanged', { owner, oldLoad: load, newLoad: load });
    net.emit('Minted', { account: 'a', amount: 1n });
    net.endBlock();
  }
  return net;
};
