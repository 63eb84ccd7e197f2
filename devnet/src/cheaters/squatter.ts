import { CHEAP, type Cheater } from './cheater.js';
import { madeUp } from './lies.js';

export const squatter: Cheater = {
  does: 'takes leases and lets them lapse',
  caught:
    'each lapse bars it from the job, lowers its availability, and locks its bond twice as long as the one before',
  parts: {
    worker: {
      flags: CHEAP,
      mask: () => ({
        run: async (request) => madeUp(request),
        send: async (messages) => messages.filter(({ type }) => type !== 'commit'),
      }),
    },
  },
};
