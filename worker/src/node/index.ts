export { type FileJournal, openFileJournal } from './file-journal.js';
export { JournalLockedError } from './lock.js';
