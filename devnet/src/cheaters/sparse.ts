import { CHEAP, type Cheater } from './cheater.js';
import { falsified } from './lies.js';

/** One unit in so many is wrong. */
export const SPARSE = 8;

export const sparse: Cheater = {
  does: `executes all units and falsifies one in ${SPARSE}`,
  caught: 'by an audit that samples a wrong unit, or by a requester with --verify; the whole bond is slashed',
  parts: {
    worker: {
      flags: CHEAP,
      mask: ({ ports: { executor } }) => ({
        run: async (request) => {
          const result = await executor.run(request);
          return request.unit % SPARSE === SPARSE - 1 ? falsified(result) : result;
        },
      }),
    },
  },
};
