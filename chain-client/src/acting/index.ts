export { DutyRunner, GivenUpError, type Task } from './duty-runner.js';
export { followBlocks } from './follow-blocks.js';
export { type Journal, type JournalEntry, JournalError } from './journal.js';
export { protocolProof, wireProof } from './merkle-proof.js';
export type { ActingNotice } from './notice.js';
export { OpenerDuty } from './opener-duty.js';
export type { Watched } from './opener-watch.js';
export { openingMessage } from './opening-message.js';
export { patiently } from './patiently.js';
export { protocolLease } from './protocol-lease.js';
export {
  type CommittedLeaves,
  type KeyHolder,
  keyFrom,
  NoKeyError,
  readCommit,
} from './read-commit.js';
export { decodeRecord, encodeRecord, type Record } from './record.js';
export { Sender, type SendOptions, type Settled } from './sender.js';
export { Silence } from './silence.js';
