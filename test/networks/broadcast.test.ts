import { afterAll, beforeAll, describe, it } from 'vitest';
import { ChainNode } from '../support/chain-node.js';
import { crowdThroughRestarts } from '../support/crowd.js';
import { Network } from '../support/network.js';

describe('a crowd of transactions', () => {
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

  it('twice 500 at once from one key, the node killed with -9 meanwhile: none lost, none doubled', () =>
    crowdThroughRestarts(node, network, { submissions: 500, killAfter: [1_500, 1_000] }));
});
