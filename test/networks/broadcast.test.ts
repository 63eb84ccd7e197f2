import { describe, it } from 'vitest';
import { onNodeOfItsOwn } from '../support/crowd.js';

describe('a crowd of transactions', () => {
  const crowdThroughRestarts = onNodeOfItsOwn();

  it('twice 500 at once from one key, the node killed with -9 meanwhile: none lost, none doubled', () =>
    crowdThroughRestarts({ submissions: 500, killAfter: [1_500, 1_000] }));
});
