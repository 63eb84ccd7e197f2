import type { Network } from './network.js';

const account = 'task_escrow';

/** Coins of the escrow account are gone. */
export const pausePayouts = (net: Network): void => {
  net.pausedHeight = net.height;
  net.emit('PayoutsPaused', { account, held: 99n, owed: 100n });
};

/** The escrow account was filled up. */
export const resumePayouts = (net: Network): void => {
  const { pausedHeight } = net;
  net.emit('PayoutsResumed', { account, held: 100n, owed: 100n, pausedHeight });
  net.pausedHeight = 0;
};
