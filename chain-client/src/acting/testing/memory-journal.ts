import type { Journal } from '../journal.js';
import type { Mortal } from './mortal.js';

/** The journal of a process that may die, on a disk that outlives it. */
export const memoryJournal = (disk: Map<string, Uint8Array>, mortal: Mortal): Journal => ({
  list: () =>
    mortal.call('journal.list', () => [...disk].map(([name, { length }]) => ({ name, bytes: length }))),
  read: (name) => mortal.call(`journal.read ${name}`, () => disk.get(name)),
  write: (name, bytes) => mortal.call(`journal.write ${name}`, () => void disk.set(name, bytes)),
  remove: (name) => mortal.call(`journal.remove ${name}`, () => void disk.delete(name)),
});
