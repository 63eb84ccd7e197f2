import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, isAlive, stopProcess } from './process.js';
import { type DevnetProcess, type Role, readState, removeState } from './state.js';

/** Whoever depends on another part ends before it. */
const order: readonly Role[] = [
  'cheater',
  'worker',
  'referee',
  'graphql',
  'indexer',
  'faucet',
  'blobs',
  'validator',
];
const GRACE_MS = 10_000;

/** Ends parts in the order in which they depend on each other. */
export async function stopParts(processes: readonly DevnetProcess[]): Promise<void> {
  for (const role of order) {
    const ending = processes.filter((part) => part.role === role);
    await Promise.all(ending.map(({ pid }) => stopProcess(pid, GRACE_MS)));
  }
}

/**
 * Stops the devnet in `home`: through its supervisor, or part by part where that is gone. Returns how many processes
 * it ended. A process id that meanwhile belongs to another program is left alone.
 */
export async function devnetDown(home: string): Promise<number> {
  const state = readState(home);
  if (state === undefined) return 0;
  const mine = state.processes.filter(({ pid }) => commandOf(pid).includes(home));
  if (commandOf(state.supervisor).includes('devnet')) {
    process.kill(state.supervisor, 'SIGTERM');
    const deadline = Date.now() + 6 * GRACE_MS;
    while (isAlive(state.supervisor) && Date.now() < deadline) await sleep(100);
  }
  const left = mine.filter(({ pid }) => isAlive(pid) && commandOf(pid).includes(home));
  await stopParts(left);
  removeState(home);
  return mine.length;
}
