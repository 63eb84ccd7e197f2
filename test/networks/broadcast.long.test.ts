import { afterAll, beforeAll, describe, it } from 'vitest';
import { ChainNode } from '../support/chain-node.js';
import { crowdThroughRestarts } from '../support/crowd.js';
import { Network } from '../support/network.js';

const rounds = 10;

describe('a crowd of transactions, again and again', () => {
  let node: ChainNode;
  let network: Network;
  beforeAll(async () => {
    node = await ChainNode.init('500ms');
    await node.start();
    network = await Network.open(node.document);
  });
  afterAll(async () => {
    network?.close();
    await node?.kill();
  });

  it.each(Array.from({ length: rounds }, (_, i) => i + 1))(
    'round %i: twice 500 at once from one key, the node killed with -9 at random moments: none lost, none doubled',
    () => {
      const killAfter = [Math.random() * 2_500, Math.random() * 2_500];
      return crowdThroughRestarts(node, network, { submissions: 500, killAfter });
    },
  );
});
