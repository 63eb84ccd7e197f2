import type { Journal, Sender, Settled } from '@dmcn/chain-client/acting';
import { BatchNotes } from './batch-notes.js';

/** What a worker that was killed has left in its journal. */
export interface Findings {
  /** Messages that were under way, and what became of them. */
  readonly messages: readonly Settled[];
  /** Leases by name, with the units that were computed, or with their finished commit. */
  readonly leases: ReadonlyMap<string, { readonly units: number; readonly committed: boolean }>;
}

/** Reads what an earlier process left, and finds out what became of the messages that it had under way. */
export async function recover(sender: Sender, journal: Journal, signal?: AbortSignal): Promise<Findings> {
  const notes = await BatchNotes.open(journal, Number.POSITIVE_INFINITY);
  return { messages: await sender.settle(signal), leases: notes.summary() };
}
