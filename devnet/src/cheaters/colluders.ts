import { AUDITS_ONLY, CHEAP, type Cheater } from './cheater.js';
import { leafOf, madeUp } from './lies.js';

export const colluders: Cheater = {
  does: 'a worker makes everything up, and an auditor vouches for it where it is drawn',
  caught: 'by a challenge of anyone: both are slashed, and the challenger is paid',
  parts: {
    worker: { flags: CHEAP, mask: () => ({ run: async (request) => madeUp(request) }) },
    cover: {
      flags: AUDITS_ONLY,
      mask: ({ ports: { chain, executor }, accomplice }) => ({
        audit: async (audit, request) => {
          const [{ lease }, friend] = await Promise.all([chain.batch(audit), accomplice()]);
          return leafOf(lease?.worker === friend ? madeUp(request) : await executor.run(request));
        },
      }),
    },
  },
};
