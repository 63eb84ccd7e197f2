import type { AuditId, Job } from '@dmcn/chain-client';
import { decodeRecord, encodeRecord, type Journal } from '@dmcn/chain-client/acting';
import { leaseName } from './batch-notes.js';
import { digestOf } from './job-digest.js';

interface AuditHead {
  readonly job: string;
  readonly hashes: readonly Uint8Array[];
}

const PREFIX = 'audit.';

/** Names an audit in texts and in names of entries. */
export const auditName = (id: AuditId): string => `${leaseName(id)}-${id.index}`;

/** What was computed for audits that are not posted yet, so that a crash costs no unit twice. */
export class AuditNotes {
  private constructor(
    private readonly journal: Journal,
    private readonly names: Set<string>,
  ) {}

  /** Reads what there is. */
  static async open(journal: Journal): Promise<AuditNotes> {
    const names = (await journal.list()).map(({ name }) => name).filter((name) => name.startsWith(PREFIX));
    return new AuditNotes(journal, new Set(names));
  }

  /** The hashes of an audit's first units that are known already. */
  async hashes(id: AuditId, job: Job): Promise<readonly Uint8Array[]> {
    const name = PREFIX + auditName(id);
    const bytes = this.names.has(name) ? await this.journal.read(name) : undefined;
    const head = bytes && decodeRecord<AuditHead>(bytes)?.head;
    return head?.job === digestOf(job) ? head.hashes : [];
  }

  /** Rejects with JournalError. */
  async keep(id: AuditId, job: Job, hashes: readonly Uint8Array[]): Promise<void> {
    const name = PREFIX + auditName(id);
    await this.journal.write(name, encodeRecord<AuditHead>({ job: digestOf(job), hashes }));
    this.names.add(name);
  }

  /** Removes what belongs to audits that are over. */
  async forgetAllBut(audits: readonly AuditId[]): Promise<void> {
    const due = new Set(audits.map((id) => PREFIX + auditName(id)));
    for (const name of [...this.names].filter((each) => !due.has(each))) {
      await this.journal.remove(name);
      this.names.delete(name);
    }
  }
}
