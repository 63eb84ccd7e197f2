import { CHEAP, type Cheater } from './cheater.js';
import { madeUp } from './lies.js';

export const always: Cheater = {
  does: 'makes up the output of every unit and executes none',
  caught: 'its first audit differs; the referees refute a leaf; the whole bond of the batch is slashed',
  parts: { worker: { flags: CHEAP, mask: () => ({ run: async (request) => madeUp(request) }) } },
};
