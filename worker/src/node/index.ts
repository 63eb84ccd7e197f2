export { type FileJournal, openFileJournal } from './file-journal.js';
export { JournalLockedError, workingIn } from './lock.js';
