import { outputHash } from '@dmcn/protocol';
import { AUDITS_ONLY, type Cheater } from './cheater.js';

export const lazyAuditor: Cheater = {
  does: 'posts audits without executing anything: it guesses',
  caught:
    'its guess differs from an honest opening; the referees decide for the worker, and its deposit is lost',
  parts: {
    worker: {
      flags: AUDITS_ONLY,
      mask: () => ({
        audit: async (_, { gasLimit }) => ({
          status: 'OK',
          exitCode: 0,
          gas: gasLimit / 2n,
          outputHash: outputHash(new Uint8Array()),
        }),
      }),
    },
  },
};
