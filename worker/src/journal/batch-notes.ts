import type { CommitBody, Job, LeaseId } from '@dmcn/chain-client';
import { decodeRecord, encodeRecord, type Journal } from '@dmcn/chain-client/acting';
import type { UnitResult } from '@dmcn/runtime';
import { digestOf } from './job-digest.js';

/** A commit as it will be sent, with the encrypted outputs that it names. */
export interface PreparedCommit {
  readonly body: CommitBody;
  readonly bundle: Uint8Array;
}

type UnitHead = Omit<UnitResult, 'output'> & { readonly job: string };
type CommitHead = CommitBody & { readonly job: string };

const UNIT = 'unit.';
const COMMIT = 'commit.';

/** Names a lease in texts and in names of entries. */
export const leaseName = ({ jobId, batch, epoch }: LeaseId): string => `${jobId}-${batch}-${epoch}`;

/**
 * What was computed for the batches that a worker holds, so that a crash costs no unit twice and a batch never gets a second,
 * different commit. Keys are in it only as the commit has them, wrapped. Entries that do not fit are not kept.
 */
export class BatchNotes {
  /** Bytes of each entry, oldest first. */
  private readonly sizes = new Map<string, number>();

  private constructor(
    private readonly journal: Journal,
    private readonly mostBytes: number,
  ) {}

  /** Reads what there is. */
  static async open(journal: Journal, mostBytes: number): Promise<BatchNotes> {
    const notes = new BatchNotes(journal, mostBytes);
    for (const { name, bytes } of await journal.list()) {
      if (name.startsWith(UNIT) || name.startsWith(COMMIT)) notes.sizes.set(name, bytes);
    }
    return notes;
  }

  /** The results of a lease's units that are known already, by position in the batch. */
  async results(lease: LeaseId, job: Job): Promise<ReadonlyMap<number, UnitResult>> {
    const prefix = `${UNIT}${leaseName(lease)}.`;
    const results = new Map<number, UnitResult>();
    for (const name of this.sizes.keys()) {
      if (!name.startsWith(prefix)) continue;
      const kept = await this.read<UnitHead>(name, job);
      if (kept === undefined) continue;
      const { job: _, ...head } = kept.head;
      results.set(Number(name.slice(prefix.length)), { ...head, output: kept.body });
    }
    return results;
  }

  keepResult(lease: LeaseId, job: Job, position: number, { output, ...head }: UnitResult): Promise<void> {
    const name = `${UNIT}${leaseName(lease)}.${position}`;
    return this.keep(name, encodeRecord<UnitHead>({ ...head, job: digestOf(job) }, output));
  }

  /** The finished commit of a lease, if there is one. */
  async commit(lease: LeaseId, job: Job): Promise<PreparedCommit | undefined> {
    const kept = await this.read<CommitHead>(COMMIT + leaseName(lease), job);
    if (kept === undefined) return undefined;
    const { job: _, ...body } = kept.head;
    return { body, bundle: kept.body };
  }

  /** Keeps a finished commit. The results that went into it are not needed any more. */
  async keepCommit(lease: LeaseId, job: Job, { body, bundle }: PreparedCommit): Promise<void> {
    const name = COMMIT + leaseName(lease);
    await this.keep(name, encodeRecord<CommitHead>({ ...body, job: digestOf(job) }, bundle));
    if (this.sizes.has(name)) await this.drop((each) => each.startsWith(`${UNIT}${leaseName(lease)}.`));
  }

  /** Removes what belongs to leases that are over. */
  forgetAllBut(leases: readonly LeaseId[]): Promise<void> {
    const held = new Set(leases.map(leaseName));
    return this.drop((name) => !held.has(leaseOf(name)));
  }

  /** How many units and finished commits are kept for each lease. */
  summary(): ReadonlyMap<string, { readonly units: number; readonly committed: boolean }> {
    const leases = new Map<string, { units: number; committed: boolean }>();
    for (const name of this.sizes.keys()) {
      const lease = leaseOf(name);
      const { units, committed } = leases.get(lease) ?? { units: 0, committed: false };
      const isCommit = name.startsWith(COMMIT);
      leases.set(lease, { units: units + (isCommit ? 0 : 1), committed: committed || isCommit });
    }
    return leases;
  }

  /** Makes room by dropping the oldest finished commits, which the stores have too, and keeps the entry if there is room. */
  private async keep(name: string, bytes: Uint8Array): Promise<void> {
    for (const oldest of [...this.sizes.keys()].filter((each) => each.startsWith(COMMIT))) {
      if (this.total() + bytes.length <= this.mostBytes) break;
      await this.drop((each) => each === oldest);
    }
    if (this.total() + bytes.length > this.mostBytes) return;
    await this.journal.write(name, bytes);
    this.sizes.set(name, bytes.length);
  }

  private async drop(which: (name: string) => boolean): Promise<void> {
    for (const name of [...this.sizes.keys()].filter(which)) {
      await this.journal.remove(name);
      this.sizes.delete(name);
    }
  }

  private total(): number {
    return [...this.sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  private async read<T extends { readonly job: string }>(name: string, job: Job) {
    const bytes = this.sizes.has(name) ? await this.journal.read(name) : undefined;
    const record = bytes && decodeRecord<T>(bytes);
    return record?.head.job === digestOf(job) ? record : undefined;
  }
}

const leaseOf = (name: string): string => name.split('.')[1] ?? '';
