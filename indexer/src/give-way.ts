import { constants, setPriority } from 'node:os';

/**
 * Lets other processes go first from now on: whoever serves an index is not slower while blocks of the past are read as
 * fast as they come. Where nobody else wants the processor it changes nothing.
 */
export const giveWay = (): void => setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
