import type { LeaseId, Message, Receipt } from '@dmcn/chain-client';
import type { KeyHolder, Sender } from '@dmcn/chain-client/acting';
import type { AuditNotes } from '../journal/audit-notes.js';
import type { BatchNotes } from '../journal/batch-notes.js';
import { leaseName } from '../journal/batch-notes.js';
import type { Opener } from '../opener-choice.js';
import type { WorkerOptions } from '../options.js';
import type { WorkerIdentity, WorkerPorts } from '../ports.js';
import type { Turns } from '../serial.js';
import type { WorkerNotice, WorkerState } from '../state.js';
import type { TaskSource } from '../task-source.js';

/** All that the actions of a worker work with. */
export interface Work {
  readonly identity: WorkerIdentity;
  readonly ports: WorkerPorts;
  readonly options: WorkerOptions;
  readonly sender: Sender;
  readonly notes: BatchNotes;
  readonly auditNotes: AuditNotes;
  readonly source: TaskSource;
  readonly chooseOpeners: () => Promise<readonly Opener[]>;
  /** Who was drawn to open a lease's batch beside its worker. */
  readonly drawnOpeners: (accounts: readonly string[]) => Promise<readonly Opener[]>;
  /** Where batches wait for each other. */
  readonly batches: Turns;
  /** Where units wait for each other, those of audits first. */
  readonly units: Turns;
  /** Shows what is being done for a lease. */
  readonly show: (state: WorkerState & { readonly lease: LeaseId }) => void;
  readonly tell: (notice: WorkerNotice) => void;
  /** Newest height. */
  readonly height: () => number;
  readonly signal: AbortSignal;
}

/** Who the keys of its own batches, and of those that it may open, are wrapped for. */
export const keyHolder = ({ owner, encryption }: WorkerIdentity): KeyHolder => ({
  address: owner,
  encryption,
});

/** Sends a message of the operator about a lease, at most once, with its fees paid by the owner. */
export function sendOnce(work: Work, doing: string, lease: LeaseId, message: Message): Promise<Receipt> {
  const { identity, sender, signal } = work;
  const options = { signer: identity.operator, feeGranter: identity.owner, signal };
  return sender.once(`${doing}-${leaseName(lease)}`, [message], options);
}
