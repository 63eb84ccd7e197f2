import { type Audit, type Batch, type Block, everyPage, type LeaseId } from '@dmcn/chain-client';
import { DutyRunner, followBlocks, OpenerDuty, patiently, Sender, Silence } from '@dmcn/chain-client/acting';
import { answerDemand } from './actions/answer-demand.js';
import { auditBatch } from './actions/audit-batch.js';
import { openBatch } from './actions/open-batch.js';
import { postInput } from './actions/post-input.js';
import { sendOnce, type Work } from './actions/work.js';
import { workBatch } from './actions/work-batch.js';
import { Activity } from './activity.js';
import { Disagreements } from './disagreements.js';
import { Drain } from './drain.js';
import { auditDuties, type Duty, dutiesOf, dutyKey } from './duties.js';
import { AuditNotes } from './journal/audit-notes.js';
import { BatchNotes } from './journal/batch-notes.js';
import { Liveness } from './liveness.js';
import { chooseOpeners, drawnOpeners } from './opener-choice.js';
import type { WorkerOptions } from './options.js';
import type { WorkerIdentity, WorkerPorts } from './ports.js';
import { createTurns } from './serial.js';
import type { WorkerNotice, WorkerState } from './state.js';
import { createTaskSource } from './task-source.js';

export interface WorkerHooks {
  readonly onState: (state: WorkerState) => void;
  readonly onNotice: (notice: WorkerNotice) => void;
  /** Takes nothing new, finishes what is held, then ends. */
  readonly drain: AbortSignal;
  /** Ends at once. What is held can be finished after a restart, or by others. */
  readonly stop: AbortSignal;
}

/** Blocks after which the chain is asked even where no block concerned this worker. */
const RECHECK_BLOCKS = 20;
/** Blocks in which a worker has to be seen to count as alive. */
const ALIVE_BLOCKS = 600;

/**
 * The life of a registered worker: follows the chain and does what its batches ask for, until it is told to end. What
 * to do is read from the chain, what was done already from the journal, so it can be killed at any time and started again.
 * @throws CutOffError where it was told to end while no node answers
 */
export async function runWorker(
  identity: WorkerIdentity,
  ports: WorkerPorts,
  options: WorkerOptions,
  hooks: WorkerHooks,
): Promise<void> {
  const notes = await BatchNotes.open(ports.journal, options.journalBytes);
  const auditNotes = await AuditNotes.open(ports.journal);
  await new WorkerLife(identity, ports, options, hooks, { notes, auditNotes }).run();
}

class WorkerLife {
  private readonly liveness = new Liveness();
  private readonly activity: Activity;
  private readonly runner: DutyRunner;
  private readonly openerDuty: OpenerDuty;
  private readonly disagreements: Disagreements;
  private readonly drain: Drain;
  private readonly work: Omit<Work, 'show'>;
  /** Aborts what is under way where it has to end without having finished. */
  private readonly cut = new AbortController();
  private height = 0;
  /** Height at which its batches were last read. */
  private attended = 0;
  /** Whether reading them failed, which was told. */
  private troubled = false;
  private setAside = false;
  /** Whether an epoch of its own may be withheld. */
  private withholds = true;

  constructor(
    private readonly identity: WorkerIdentity,
    private readonly ports: WorkerPorts,
    options: WorkerOptions,
    private readonly hooks: WorkerHooks,
    kept: Pick<Work, 'notes' | 'auditNotes'>,
  ) {
    const { chain, journal } = ports;
    const { owner } = identity;
    const { onNotice: tell, onState } = hooks;
    const signal = AbortSignal.any([hooks.stop, this.cut.signal]);
    const height = () => this.height;
    this.activity = new Activity({ state: 'idle' }, onState);
    this.runner = new DutyRunner(height, tell, signal);
    this.openerDuty = new OpenerDuty(owner, chain, journal, options.openerPatience);
    this.disagreements = new Disagreements(owner, chain);
    const alive = () => this.liveness.since(this.height - ALIVE_BLOCKS);
    this.work = {
      ...{ identity, ports, options, ...kept, tell, height, signal },
      sender: new Sender(chain, journal),
      source: createTaskSource(chain, ports.blobsAt),
      chooseOpeners: () => chooseOpeners(chain, owner, options.openers, alive()),
      drawnOpeners: (accounts) => drawnOpeners(chain, accounts),
      batches: createTurns(),
      units: createTurns(),
    };
    this.drain = new Drain(this.work, this.runner, hooks.drain, this.cut);
  }

  async run(): Promise<void> {
    const { stop, drain, onNotice, onState } = this.hooks;
    const { chain } = this.ports;
    const impatient = AbortSignal.any([stop, drain]);
    const { height, earliestHeight } = await patiently(() => chain.status(), onNotice, impatient);
    this.height = height;
    const { signal: ends } = this.work;
    const signal = AbortSignal.any([ends, this.drain.over]);
    const silence = new Silence(
      this.work.options.silenceMs,
      () => void this.drain.cutOff(this.height),
      () => this.drain.reached(),
    );
    this.activity.rest({ state: this.drain.isOn ? 'draining' : 'idle' });
    drain.addEventListener('abort', () => this.activity.rest({ state: 'draining' }), { once: true });
    try {
      const from = await this.openerDuty.restore(height, earliestHeight);
      await this.attend();
      silence.heard();
      for await (const block of followBlocks(chain, from, signal)) {
        silence.heard();
        const concerns = this.learn(block);
        if (block.height < height) continue;
        this.height = block.height;
        await this.step(concerns);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      silence.end();
      if (!ends.aborted) await this.runner.settled();
      onState({ state: 'stopped' });
    }
    this.cut.signal.throwIfAborted();
  }

  /** Does what a new height asks for. */
  private async step(concerns: boolean): Promise<void> {
    const isDue = this.height - this.attended >= RECHECK_BLOCKS;
    if (concerns || isDue || this.runner.retries || this.drain.isOn) await this.attend();
    if (this.setAside && !this.drain.isOn) this.resume();
    for (const lease of this.openerDuty.overdue(this.height)) this.begin({ duty: 'open', lease });
    const keep = () => this.openerDuty.keep(this.height);
    this.runner.begin({ key: 'keep', doing: 'keeping its journal', run: keep });
  }

  private learn(block: Block): boolean {
    const { owner } = this.identity;
    const { onNotice } = this.hooks;
    for (const { type, data } of block.events) {
      if (type === 'BatchPaid' && data.worker === owner) {
        onNotice({ notice: 'paid', lease: data, detail: `${data.pay} udmc` });
      } else if (type === 'WorkerStatusChanged' && data.owner === owner) {
        this.setAside = data.newStatus === 'SetAside';
      } else if (type === 'WithheldStateChanged' && data.worker === owner) {
        this.withholds = true;
      } else if (type === 'Lapsed' && data.lapse.owner === owner) {
        onNotice({ notice: 'lapsed', ...data.lapse });
      }
    }
    this.liveness.observe(block);
    this.drain.observe(block);
    const differs = this.disagreements.observe(block);
    return this.openerDuty.observe(block) || differs;
  }

  /** Reads its batches and starts every duty that they ask for and that is not under way. */
  private async attend(): Promise<void> {
    const { owner } = this.identity;
    const { notes, auditNotes } = this.work;
    try {
      const [batches, audits, inputs] = await Promise.all([
        this.batches(),
        this.audits(),
        this.disagreements.duties(),
      ]);
      const duties = [
        ...inputs,
        ...auditDuties(audits, this.height),
        ...dutiesOf(batches, owner, this.height, this.drain.isOn),
      ];
      for (const duty of duties) this.begin(duty);
      const watched = this.openerDuty.all;
      const due = new Set([
        ...duties.map(dutyKey),
        ...watched.map(({ lease }) => dutyKey({ duty: 'open', lease })),
        ...['resume', 'keep'],
      ]);
      this.runner.keepOnly((key) => due.has(key));
      await notes.forgetAllBut(batches.map(leaseOf));
      await auditNotes.forgetAllBut(audits);
      this.drain.look(batches, watched, audits);
      this.attended = this.height;
      this.troubled = false;
    } catch (error) {
      this.attended = 0;
      if (!this.troubled && !this.work.signal.aborted)
        this.hooks.onNotice({ notice: 'failed', doing: 'reading its batches', error });
      this.troubled = true;
    }
  }

  private begin(duty: Duty): void {
    const { lease } = duty;
    const key = dutyKey(duty);
    const run = async () => {
      const show: Work['show'] = (state) => this.activity.begin(key, state);
      await this.fulfil(duty, { ...this.work, show }).finally(() => this.activity.end(key));
    };
    this.runner.begin({ key, doing: duty.duty, lease, run });
  }

  private async fulfil(duty: Duty, work: Work): Promise<void> {
    const { lease } = duty;
    switch (duty.duty) {
      case 'accept':
        work.show({ state: 'accepting', lease });
        await sendOnce(work, 'accept', lease, { type: 'acceptOffer', ...lease });
        work.tell({ notice: 'accepted', lease });
        return this.begin({ duty: 'work', lease });
      case 'work':
        return workBatch(lease, work);
      case 'open':
        await openBatch(lease, work);
        return this.openerDuty.done(lease);
      case 'post':
        return answerDemand({ ...lease, unit: duty.unit }, work);
      case 'input':
        return postInput({ ...lease, unit: duty.unit }, work);
      case 'audit':
        return auditBatch(duty.audit, work);
    }
  }

  /** Says that it is back: it was set aside for offers that it missed, and here it is. */
  private resume(): void {
    const { owner, operator } = this.identity;
    const run = async () => {
      this.activity.begin('resume', { state: 'resuming' });
      const message = { type: 'resumeWorker', owner } as const;
      const options = { signer: operator, feeGranter: owner, signal: this.work.signal };
      await this.work.sender.once('resume', [message], options).finally(() => this.activity.end('resume'));
      this.setAside = false;
      this.hooks.onNotice({ notice: 'resumed' });
    };
    this.runner.begin({ key: 'resume', doing: 'resuming', run });
  }

  private audits(): Promise<Audit[]> {
    const auditor = this.identity.owner;
    return everyPage((page) => this.ports.chain.auditorAudits({ ...page, auditor }));
  }

  /** What it holds, and its epochs that are withheld beside their batches. */
  private async batches(): Promise<readonly Batch[]> {
    const worker = this.identity.owner;
    const { chain } = this.ports;
    const held = await everyPage((page) => chain.workerBatches({ ...page, worker }));
    if (!this.withholds) return held;
    const all = await everyPage((page) => chain.withheldBatches(page));
    const withheld = all.filter(({ lease }) => lease?.worker === worker);
    this.withholds = withheld.length > 0;
    return [...held, ...withheld];
  }
}

/** The lease that a batch is held by, which is the one before where it may be opened late. */
const leaseOf = ({ jobId, index, epoch, lateOpen }: Batch): LeaseId => ({
  jobId,
  batch: index,
  epoch: lateOpen ?? epoch,
});
