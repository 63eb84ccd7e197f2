import { hashBlob } from '@dmcn/blob-store';
import type { Batch, Block, ChainEvent, Dispute, DisputeRecord, Message, Vote } from '@dmcn/chain-client';
import { equalBytes, leafPreimage, voteHash } from '@dmcn/protocol';
import { GAS, inputOf } from './task.js';

export const OPERATOR = 'operator';
export const VALIDATOR = 'valoper';
export const ACCOUNT = 'referee';

/** How a court differs from the usual one. */
export interface Rules {
  /** Disputes that are opened, one a block; one unless given. */
  readonly disputes?: number;
  /** Blocks for commits, many unless given. */
  readonly commitBlocks?: number;
  /** Whether the time for votes is given once more. */
  readonly extend?: boolean;
  /** Whether a batch waits that the referee was drawn to open. */
  readonly opening?: boolean;
}

interface Asked {
  readonly from: string;
  readonly message: Message;
  readonly since: number;
}

/** Blocks that a transaction waits at least, so that a referee is back before its message is executed. */
const LATENCY = 8;
const LONG = 100_000;
const POWER = 10n;

export const disputeOf = (id = 1n, unit = 0): Dispute => ({
  ...{ id, jobId: 1n, batch: 0, epoch: 0, cause: 'Challenge', state: 'Queued', poster: 'p', deposit: 1n },
  ...{ inputHash: hashBlob(inputOf(unit)), postedHeight: Number(id), startedHeight: 0, commitDeadline: 0 },
  ...{ deadline: 0, extended: false, totalPower: POWER, committedPower: 0n, revealedPower: 0n },
  leaf: { unit, status: 0, exitCode: 0, gas: 9n, outputHash: hashBlob(Uint8Array.of(9)) },
});

/** Disputes of one job and one validator with all the power, as the chain would handle them. */
export class Court {
  height = 1;
  readonly blocks: Block[] = [];
  readonly records = new Map<bigint, DisputeRecord>();
  readonly executed: string[] = [];
  /** Messages that were executed and refused, which costs their fee. */
  readonly refused: string[] = [];
  readonly outcomes = new Map<string, { readonly height: number; readonly error?: string }>();
  /** Transactions that wait for a block, by hash. */
  readonly waiting = new Map<string, Asked>();
  account = ACCOUNT;
  batch: Batch | undefined;
  private events: ChainEvent[] = [];
  private readonly early: ChainEvent[] = [];

  constructor(readonly rules: Rules = {}) {}

  get open(): readonly Dispute[] {
    return [...this.records.values()]
      .map(({ dispute }) => dispute)
      .filter(({ state }) => state !== 'Decided');
  }

  /** Whether all that was to happen has happened. */
  get isOver(): boolean {
    const decided = this.records.size - this.open.length;
    const wanted = this.rules.disputes ?? 1;
    return decided === wanted && (!this.rules.opening || this.batch?.state === 'Challenge');
  }

  makeBlock(): void {
    this.height += 1;
    this.events = this.early.splice(0);
    for (const [hash, { from, message, since }] of this.waiting) {
      if (this.height - since < LATENCY) continue;
      this.waiting.delete(hash);
      const error = this.refusal(message, from);
      if (error === undefined) this.execute(message);
      else this.refused.push(`${message.type}: ${error}`);
      this.outcomes.set(hash, { height: this.height, ...(error !== undefined && { error }) });
    }
    this.passTime();
    const { height } = this;
    const events = this.events.map((event, eventIndex) => ({ ...event, height, txIndex: null, eventIndex }));
    this.blocks.push({ height, time: new Date(), events } as unknown as Block);
  }

  /** Why a message would be refused now. */
  refusal(message: Message, from: string): string | undefined {
    if (from !== ACCOUNT) return 'NoGrant';
    if (message.type === 'open') return this.batch?.state === 'Opening' ? undefined : 'Transition';
    if (message.type !== 'commitVote' && message.type !== 'revealVote')
      return `${message.type} is not known here`;
    const record = this.records.get(message.disputeId);
    const vote = record?.votes[0];
    const isCommit = message.type === 'commitVote';
    if (record?.dispute.state !== (isCommit ? 'Committing' : 'Revealing')) return 'WrongState';
    if (isCommit) return vote?.hash ? 'AlreadyVoted' : undefined;
    const { unit, ...leaf } = message.leaf;
    const preimage = leafPreimage(1n, unit, { ...leaf, status: 'OK' });
    const hash = voteHash({
      salt: message.salt,
      valoper: accountOf(OPERATOR),
      dispute: message.disputeId,
      leaf: preimage,
    });
    return vote?.hash && equalBytes(hash, vote.hash) ? undefined : 'HashMismatch';
  }

  private execute(message: Message): void {
    this.executed.push(message.type);
    if (message.type === 'commitVote') this.vote(message.disputeId, { hash: message.hash });
    if (message.type === 'revealVote') this.vote(message.disputeId, { leaf: message.leaf });
    if (message.type === 'open') this.move('Challenge');
  }

  private vote(id: bigint, change: Partial<Vote>): void {
    const record = this.records.get(id);
    const vote = record?.votes[0];
    if (record === undefined || vote === undefined) throw new Error(`there is no dispute ${id}`);
    this.records.set(id, { ...record, votes: [{ ...vote, ...change }] });
    if (change.hash) {
      this.change(id, { state: 'Revealing', committedPower: POWER, deadline: this.height + LONG });
      return;
    }
    const isRight =
      change.leaf?.gas === GAS &&
      equalBytes(change.leaf.outputHash, hashBlob(inputOf(record.dispute.leaf.unit)));
    if (!isRight) throw new Error('a wrong leaf was revealed');
    this.change(id, { state: 'Decided', verdict: 'AgainstWorker' });
  }

  /** What happens by itself. */
  private passTime(): void {
    const { disputes = 1, commitBlocks = LONG, extend = false, opening } = this.rules;
    if (this.records.size < disputes) {
      const id = BigInt(this.records.size + 1);
      const dispute = disputeOf(id, this.records.size % 3);
      this.records.set(id, { dispute, votes: [{ disputeId: id, validator: VALIDATOR, power: POWER }] });
      this.events.push({ type: 'DisputeOpened', data: { dispute } });
    }
    const [head] = this.open;
    if (head?.state === 'Queued') {
      const commitDeadline = this.height + commitBlocks;
      this.change(head.id, { state: 'Committing', startedHeight: this.height, commitDeadline });
    } else if (head?.state === 'Committing' && this.height > head.commitDeadline) {
      const isLast = head.extended || !extend;
      if (isLast) this.change(head.id, { state: 'Decided', verdict: 'None' });
      else this.change(head.id, { extended: true, commitDeadline: this.height + commitBlocks });
    }
    if (opening && this.batch?.state === 'Committed') this.move('Opening');
  }

  private change(id: bigint, what: Partial<Dispute>): void {
    const record = this.records.get(id);
    if (record === undefined) return;
    const dispute = { ...record.dispute, ...what };
    this.records.set(id, { ...record, dispute });
    this.events.push({
      type: 'DisputeStateChanged',
      data: { dispute, oldState: record.dispute.state, cause: '' },
    });
  }

  /** Puts a committed batch into the court, with an event that names who holds its key. */
  commit(batch: Batch, event: ChainEvent): void {
    this.batch = batch;
    this.early.push(event);
  }

  private move(state: Batch['state']): void {
    const old = this.batch as Batch;
    this.batch = { ...old, state };
    this.events.push({
      type: 'BatchStateChanged',
      data: {
        ...{ jobId: 1n, batch: 0, epoch: 0, units: old.units, cause: '', deadline: 0 },
        ...{ oldState: old.state, newState: state, worker: 'worker' },
      },
    });
  }
}

/** An account's raw bytes here. */
export const accountOf = (address: string): Uint8Array =>
  hashBlob(new TextEncoder().encode(address)).slice(0, 20);
