import { describe, it } from 'vitest';
import { onNodeOfItsOwn } from '../support/crowd.js';

const rounds = 10;

describe('a crowd of transactions, again and again', () => {
  const crowdThroughRestarts = onNodeOfItsOwn();

  it.each(Array.from({ length: rounds }, (_, i) => i + 1))(
    'round %i: twice 500 at once from one key, the node killed with -9 at random moments: none lost, none doubled',
    () => {
      const killAfter = [Math.random() * 2_500, Math.random() * 2_500];
      return crowdThroughRestarts({ submissions: 500, killAfter });
    },
  );
});
