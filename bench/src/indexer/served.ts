import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Density } from './replay-blocks.js';

/** A chain that a replay serves from memory. */
export interface Served {
  readonly url: string;
  readonly blocks: number;
  readonly density: Density;
  /** Processor time counts from this height on: what a program only does at its start is left out, for everybody. */
  readonly warm: number;
  /** Events of all blocks up to each height. */
  readonly events: readonly number[];
  stop(): void;
}

/** The part of the blocks that a program gets warm with. */
const WARM = 1 / 3;

export const serve = async (blocks: number, density: Density): Promise<Served> => {
  const program = fileURLToPath(new URL('./replay-process.js', import.meta.url));
  const child = fork(program, [`${blocks}`, `${density}`]);
  const [message] = await once(child, 'message');
  const { url, events } = message as Pick<Served, 'url' | 'events'>;
  return { url, blocks, density, events, warm: Math.floor(blocks * WARM), stop: () => child.kill() };
};
