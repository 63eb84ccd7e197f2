import { hashBlob, hashToHex } from '@dmcn/blob-store';
import type {
  Audit,
  Batch,
  BatchState,
  Block,
  ChainEvent,
  CommitRecord,
  Job,
  Lease,
  Message,
  Worker,
  WorkerStatus,
} from '@dmcn/chain-client';
import { protocolProof } from '@dmcn/chain-client/acting';
import { auditHash, equalBytes, leafPreimage, verifyMerkleProof, verifyOpening } from '@dmcn/protocol';
import { inputs, spec } from './task.js';

/** How the life of the one batch differs from the straight one. */
export interface Story {
  /** The requester demands a unit's output. */
  readonly demand?: boolean;
  /** Blocks for the opening, many unless given. */
  readonly openBlocks?: number;
  /** Blocks of the lease, many unless given. */
  readonly leaseBlocks?: number;
  /** The worker is set aside before the job comes. */
  readonly setAside?: boolean;
  /** A batch that is not opened in time was selected and is drawn anew at once. */
  readonly withhold?: boolean;
  /** The batch is another worker's, and this one is drawn to audit all of it. */
  readonly audit?: boolean;
  /** What was opened differs from the audit in this unit. */
  readonly differs?: number;
}

/** A transaction that waits for a block. */
interface Asked {
  readonly from: string;
  readonly messages: readonly Message[];
  readonly since: number;
}

const LONG = 100_000;
/** Blocks that a transaction waits at least, so that a worker is back before its message is executed. */
const LATENCY = 10;
const COIN = 2;
const CHALLENGE = 4;
const BOND = 1_000n;

/**
 * One job of one batch that is offered to one worker, as the chain would handle it. Deadlines are far away unless the
 * story says otherwise, so that only what a worker fails to do ends badly.
 */
export class Market {
  height = 1;
  readonly blocks: Block[] = [];
  readonly workers = new Map<string, Worker>();
  readonly executed = new Map<string, number>();
  readonly outcomes = new Map<string, { readonly height: number; readonly error?: string }>();
  /** Transactions that wait for a block, by hash. */
  readonly waiting = new Map<string, Asked>();
  /** Messages that were executed and refused, which costs their fee. */
  readonly refused: string[] = [];
  commit: CommitRecord | undefined;
  batch: Batch | undefined;
  /** An epoch that was not opened in time, once its batch has gone on to somebody else. */
  withheld: readonly Batch[] = [];
  /** Audits that wait for the worker's post. */
  audits: readonly Audit[] = [];
  /** Audits that the worker posted and that are not decided. */
  posted: readonly Audit[] = [];
  locked = 0n;
  lapses = 0;
  paid = 0;
  private events: ChainEvent[] = [];

  constructor(
    readonly worker: string,
    private readonly story: Story,
  ) {}

  get job(): Job {
    return { id: 1n, requester: 'requester', spec, state: 'Open', batches: 1 } as unknown as Job;
  }

  /** Makes a block of everything that waits. */
  makeBlock(): void {
    this.height += 1;
    this.events = [];
    for (const [hash, { from, messages, since }] of this.waiting) {
      if (this.height - since < LATENCY) continue;
      this.waiting.delete(hash);
      const error = messages.map((message) => this.refusal(message, from)).find((each) => each !== undefined);
      if (error === undefined) for (const message of messages) this.execute(message, from);
      else this.refused.push(`${messages[0]?.type}: ${error}`);
      this.outcomes.set(hash, { height: this.height, ...(error !== undefined && { error }) });
    }
    this.passTime();
    const { height } = this;
    const events = this.events.map((event, eventIndex) => ({ ...event, height, txIndex: null, eventIndex }));
    this.blocks.push({ height, time: new Date(), events } as unknown as Block);
  }

  /** Why a message would be refused now. */
  refusal(message: Message, from: string): string | undefined {
    const { batch } = this;
    const isMine = batch?.lease?.worker === ownerOf(from);
    const stands = (...states: readonly BatchState[]) =>
      batch && states.includes(batch.state) ? undefined : `batch is ${batch?.state}`;
    switch (message.type) {
      case 'registerWorker':
        return this.workers.has(from) ? 'WorkerExists' : undefined;
      case 'resumeWorker':
        return this.workers.get(message.owner)?.status === 'Active' ? 'WrongStatus' : undefined;
      case 'acceptOffer':
      case 'commit':
      case 'reportMissingInput':
        if (!isMine || batch.epoch !== message.epoch) return 'NoLease';
        return stands(message.type === 'acceptOffer' ? 'Offered' : 'Leased');
      case 'open': {
        const isLate = batch?.state === 'Queued' && batch.lateOpen === message.epoch;
        const isWithheld = this.withheld.some(({ epoch }) => epoch === message.epoch);
        return isLate || isWithheld ? undefined : stands('Opening');
      }
      case 'postOutput':
        return stands('Demanded');
      case 'postAudit':
        return this.audits.length > 0 ? undefined : 'NotAuditor';
      case 'postInput':
        return stands('Disputed');
      case 'grantFees':
        return undefined;
      case 'pauseWorker':
        return this.workers.get(message.owner)?.status === 'Active' ? undefined : 'WrongStatus';
      default:
        return `${message.type} is not known here`;
    }
  }

  private execute(message: Message, from: string): void {
    this.executed.set(message.type, (this.executed.get(message.type) ?? 0) + 1);
    switch (message.type) {
      case 'registerWorker':
        this.workers.set(from, { ...message, owner: from, status: 'Active', missed: 0 } as unknown as Worker);
        this.emit('WorkerRegistered', { worker: this.workers.get(from) as Worker, reputation: 1 });
        break;
      case 'resumeWorker':
        this.setStatus(message.owner, 'Active');
        break;
      case 'pauseWorker':
        this.setStatus(message.owner, 'Paused');
        break;
      case 'acceptOffer':
        this.locked += BOND;
        this.move('Leased', this.story.leaseBlocks ?? LONG);
        break;
      case 'commit': {
        const { type, ...body } = message;
        const { height } = this;
        this.commit = { ...body, operator: from, height, txHash: '' };
        const { commitment, outputsHash } = body;
        this.change({ commitment: { commitment, outputsHash, height, liveTarget: 0, auditBps: 0 } });
        const keyRecipients = body.wrappedKeys
          .filter(({ kind }) => kind === 0)
          .map(({ recipient }) => recipient);
        this.emit('BatchCommitted', { ...body, worker: this.worker, keyRecipients, auditBps: 0 });
        this.move('Committed', COIN);
        break;
      }
      case 'reportMissingInput':
        this.locked -= BOND;
        this.change({ epoch: 1 });
        this.move('Ended', 0);
        break;
      case 'open': {
        const lease = { worker: accountOf(this.worker), job: 1n, batch: 0, epoch: message.epoch };
        const terms = { lease, firstUnit: 0, length: inputs.length, gasLimit: spec.gasLimit };
        const leaves = message.leaves.map((leaf) => ({ ...leaf, status: 'OK' as const }));
        verifyOpening(this.commit?.commitment ?? new Uint8Array(), terms, { ...message, leaves });
        if (this.withheld.length > 0) {
          this.withheld = [];
          this.locked -= BOND;
          this.move('Ended', 0);
          break;
        }
        if (this.batch?.state === 'Queued') this.locked += BOND;
        this.change({ epoch: message.epoch });
        this.move('Challenge', CHALLENGE);
        break;
      }
      case 'postAudit':
        for (const [i, unit] of (this.audits[0]?.units ?? []).entries()) {
          const output = inputs[unit] ?? new Uint8Array();
          const leaf = { status: 'OK', exitCode: 0, gas: 10n, outputHash: hashBlob(output) } as const;
          const expected = auditHash(accountOf(this.worker), leafPreimage(1n, unit, leaf));
          if (!equalBytes(message.hashes[i] ?? new Uint8Array(), expected))
            throw new Error('a wrong audit was posted');
        }
        if (this.story.differs !== undefined) {
          this.dispute(this.story.differs);
          break;
        }
        this.audits = [];
        this.paid += 1;
        this.move('Final', 0);
        break;
      case 'postInput': {
        const { unit, input, proof } = message;
        verifyMerkleProof(
          spec.inputRoot,
          inputs.length,
          unit,
          hashBlob(input),
          protocolProof(hashBlob(input), proof),
        );
        if (unit !== this.story.differs) throw new Error('the input of another unit was posted');
        this.posted = [];
        this.paid += 1;
        this.move('Final', 0);
        break;
      }
      case 'postOutput': {
        const expected = hashBlob(inputs[message.leaf.unit] ?? new Uint8Array());
        if (!equalBytes(hashBlob(message.output), expected)) throw new Error('a wrong output was posted');
        this.move('Challenge', CHALLENGE);
      }
    }
  }

  /** What happens by itself. */
  private passTime(): void {
    const { batch, height } = this;
    const known = this.workers.get(this.worker);
    if (batch === undefined) {
      const waits = this.story.setAside && !this.executed.has('resumeWorker');
      if (known?.status === 'Active' && waits) this.setStatus(this.worker, 'SetAside');
      else if (known?.status === 'Active' && this.story.audit) this.drawAuditor();
      else if (known?.status === 'Active') this.offer();
    } else if (batch.state === 'Challenge' && this.story.demand && !batch.demanded) {
      this.change({ demanded: true, demand: { unit: 1, deposit: 1n, remaining: CHALLENGE } });
      this.move('Demanded', LONG);
    } else if (batch.deadline > 0 && height >= batch.deadline) this.timeOut(batch);
  }

  private timeOut(batch: Batch): void {
    const { state, epoch } = batch;
    switch (state) {
      case 'Leased':
        this.lapses += 1;
        this.move('Ended', 0);
        break;
      case 'Committed':
        this.move('Opening', this.story.openBlocks ?? LONG);
        break;
      case 'Opening':
        if (this.story.withhold) {
          this.withheld = [{ ...batch, state: 'Withheld', deadline: this.height + LONG }];
          this.queue('other', epoch + 1);
          this.move('Offered', LONG);
          break;
        }
        this.locked -= BOND;
        this.change({ epoch: epoch + 1, lateOpen: epoch });
        this.move('Queued', LONG);
        break;
      case 'Challenge':
        this.locked -= BOND;
        this.paid += 1;
        this.move('Final', 0);
        break;
      default:
        this.move('Ended', 0);
    }
  }

  private drawAuditor(): void {
    const [drawnHeight, deadline] = [this.height, this.height + LONG];
    const audit: Audit = {
      ...{ jobId: 1n, batch: 0, epoch: 0, index: 0, state: 'Drawn', units: inputs.map((_, unit) => unit) },
      ...{ round: 0, auditor: this.worker, ask: 1n, drawnHeight, deadline, hashes: [], deposit: 0n },
      ...{ postedHeight: 0, differing: [], paid: false },
    };
    this.audits = [audit];
    this.queue('other');
    this.move('AuditWait', LONG);
    this.emit('AuditStateChanged', { audit, oldState: 'Queued', cause: 'drawn', worker: 'other' });
  }

  /** The batch is opened with another leaf than the audit found. */
  private dispute(unit: number): void {
    const [audit] = this.audits;
    if (audit === undefined) return;
    const differed: Audit = { ...audit, state: 'Differed', differing: [unit] };
    const leaf = { unit, status: 0, exitCode: 0, gas: 1n, outputHash: new Uint8Array(32) };
    this.audits = [];
    this.posted = [differed];
    this.change({ disputes: [{ leaf }] });
    this.move('Disputed', LONG);
    this.emit('AuditStateChanged', {
      audit: differed,
      oldState: 'Posted',
      cause: 'differed',
      worker: 'other',
    });
  }

  private offer(): void {
    const lease = this.queue(this.worker);
    this.move('Offered', LONG);
    const deadline = this.height + LONG;
    this.emit('BatchOffered', { jobId: 1n, batch: 0, epoch: 0, lease, operator: '', deadline });
  }

  /** The batch comes into being, for a lease of `worker`. */
  private queue(worker: string, epoch = 0): Lease {
    const lease = {
      worker,
      ask: 1n,
      rate: 1n,
      bond: BOND,
      bonded: false,
      drawnHeight: this.height,
      openers: [],
    };
    this.batch = {
      ...{ jobId: 1n, index: 0, units: inputs.length, epoch, state: 'Queued', deadline: 0 },
      ...{ lease, demanded: false, disputes: [], settledUnits: [] },
    };
    return lease;
  }

  private change(what: Partial<Batch>): void {
    this.batch = { ...(this.batch as Batch), ...what };
  }

  private move(state: BatchState, blocks: number): void {
    const old = this.batch as Batch;
    const deadline = blocks === 0 ? 0 : this.height + blocks;
    const { lateOpen, ...rest } = old;
    const late = state === 'Queued' && lateOpen !== undefined ? { lateOpen } : {};
    this.batch = { ...rest, ...late, state, deadline };
    this.emit('BatchStateChanged', {
      ...{ jobId: 1n, batch: 0, epoch: old.epoch, units: old.units, cause: '' },
      ...{ oldState: old.state, newState: state, deadline, worker: this.worker },
    });
  }

  private setStatus(owner: string, status: WorkerStatus): void {
    const worker = this.workers.get(owner);
    if (worker === undefined) return;
    this.workers.set(owner, { ...worker, status });
    const { jailUntil } = worker;
    this.emit('WorkerStatusChanged', {
      owner,
      oldStatus: worker.status,
      newStatus: status,
      cause: '',
      jailUntil,
    });
  }

  private emit<T extends ChainEvent['type']>(type: T, data: ChainEvent<T>['data']): void {
    this.events.push({ type, data } as ChainEvent);
  }
}

/** The owner of an operator here: `x-operator` belongs to `x`. */
export const ownerOf = (address: string): string => address.replace(/-operator$/, '');

/** An account's raw bytes here. */
export const accountOf = (address: string): Uint8Array =>
  hashBlob(new TextEncoder().encode(address)).slice(0, 20);

/** The hash of a transaction here. */
export const txHashOf = (bytes: Uint8Array): string => hashToHex(hashBlob(bytes));
