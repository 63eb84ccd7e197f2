import { constants, setPriority } from 'node:os';
import type { Progress } from './indexer.js';

const { PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;

/** Blocks behind from which an indexer reads the past rather than follows the chain. */
const FAR = 1_000;

/**
 * Told each block, lets other processes go first while blocks of the past are read as fast as they come, so that whoever serves
 * the index is not slower for it. Where nobody else wants the processor it changes nothing. Once the indexer has caught up it
 * takes its place again, where the system lets it: for others than root it keeps the low one until it is started anew.
 */
export const givingWay = (set: (priority: number) => void = setPriority) => {
  let gives = false;
  return ({ lag }: Pick<Progress, 'lag'>): void => {
    if (!gives && lag > FAR) {
      set(PRIORITY_BELOW_NORMAL);
      gives = true;
    } else if (gives && lag <= 1) {
      gives = false;
      try {
        set(PRIORITY_NORMAL);
      } catch (error) {
        if (!['EACCES', 'EPERM'].includes(codeOf(error))) throw error;
      }
    }
  };
};

const codeOf = (error: unknown): string => {
  const { code, info } = error as NodeJS.ErrnoException & { readonly info?: { readonly code?: string } };
  return info?.code ?? code ?? '';
};
