import { CHEAP, type Cheater } from './cheater.js';
import { madeUp } from './lies.js';

export const sleeper: Cheater = {
  does: 'is honest until it has standing, so that one batch in five is audited, then makes everything up',
  caught:
    'by the first audit or challenge after that; it loses bond and standing, and is audited always again',
  parts: {
    worker: {
      flags: CHEAP,
      mask: ({ identity, ports: { chain, executor } }) => ({
        run: async (request) => {
          const [{ worker }, { standingAudits }] = await Promise.all([
            chain.worker(identity.owner),
            chain.taskParams(),
          ]);
          return worker.standing >= standingAudits ? madeUp(request) : executor.run(request);
        },
      }),
    },
  },
};
