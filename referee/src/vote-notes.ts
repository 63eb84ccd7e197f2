import type { Dispute, Leaf } from '@dmcn/chain-client';
import { decodeRecord, encodeRecord, type Journal } from '@dmcn/chain-client/acting';
import { bytesToHex } from '@dmcn/protocol';

/** A vote that was decided on: it never changes, and only with its salt can it be revealed. */
export interface VoteNote {
  readonly salt: Uint8Array;
  readonly leaf: Leaf;
}

interface VoteHead extends VoteNote {
  readonly about: string;
  readonly height: number;
}

const PREFIX = 'vote.';
/** Blocks after which a note is of no use: longer than any dispute takes, even on a node that is behind. */
const KEPT_BLOCKS = 10_000;

/** Votes in the journal, written before anything of them is sent. */
export class VoteNotes {
  constructor(
    private readonly journal: Journal,
    private readonly chainId: string,
  ) {}

  /** The vote of a dispute; undefined where none was decided on, or only in a dispute of the same number on another chain. */
  async of(dispute: Dispute): Promise<VoteNote | undefined> {
    const head = await this.read(nameOf(dispute));
    return head?.about === this.digestOf(dispute) ? { salt: head.salt, leaf: head.leaf } : undefined;
  }

  /** Rejects with JournalError. */
  async keep(dispute: Dispute, note: VoteNote, height: number): Promise<void> {
    const head = { ...note, about: this.digestOf(dispute), height };
    await this.journal.write(nameOf(dispute), encodeRecord<VoteHead>(head));
  }

  /** Removes notes of disputes that are long over at a height. */
  async forget(height: number): Promise<void> {
    for (const { name } of await this.journal.list()) {
      if (!name.startsWith(PREFIX)) continue;
      const head = await this.read(name);
      if (head === undefined || head.height + KEPT_BLOCKS < height) await this.journal.remove(name);
    }
  }

  private async read(name: string): Promise<VoteHead | undefined> {
    const bytes = await this.journal.read(name);
    return bytes && decodeRecord<VoteHead>(bytes)?.head;
  }

  private digestOf({ id, jobId, batch, epoch, leaf, inputHash, postedHeight }: Dispute): string {
    const place = `${this.chainId} ${id} ${jobId}/${batch}/${epoch}/${leaf.unit}`;
    return `${place} ${bytesToHex(inputHash)} ${postedHeight}`;
  }
}

const nameOf = ({ id }: Dispute): string => `${PREFIX}${id}`;
