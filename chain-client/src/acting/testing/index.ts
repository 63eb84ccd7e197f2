export { memoryJournal } from './memory-journal.js';
export { type Death, Mortal } from './mortal.js';
