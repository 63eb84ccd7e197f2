export { type FileJournal, openFileJournal } from './file-journal.js';
export { type KeyInfo, Keystore, type Protection } from './keystore.js';
export { JournalLockedError, workingIn } from './lock.js';
