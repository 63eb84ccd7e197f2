import { type Block, type DisputeRecord, everyPage } from '@dmcn/chain-client';
import { DutyRunner, followBlocks, OpenerDuty, patiently, Sender, Silence } from '@dmcn/chain-client/acting';
import { commitVote } from './actions/commit-vote.js';
import { openBatch } from './actions/open-batch.js';
import { revealVote } from './actions/reveal-vote.js';
import type { Work } from './actions/work.js';
import { type Duty, dutyOf } from './duty.js';
import { Executions } from './executions.js';
import type { RefereeOptions } from './options.js';
import type { RefereeIdentity, RefereePorts } from './ports.js';
import type { RefereeNotice, RefereeState } from './state.js';
import { VoteNotes } from './vote-notes.js';

export interface RefereeHooks {
  readonly onState: (state: RefereeState) => void;
  readonly onNotice: (notice: RefereeNotice) => void;
  /** Ends at once. What is under way goes on after a restart. */
  readonly stop: AbortSignal;
}

/** Blocks after which the chain is asked even where no block was about a dispute. */
const RECHECK_BLOCKS = 20;

/**
 * The life of a registered referee: follows the chain, executes disputed units one after the other and votes, and opens batches that it
 * was drawn for. What to do is read from the chain, what was decided from the journal, so it can be killed at any time
 * and started again. Resolves when it was told to end.
 */
export async function runReferee(
  identity: RefereeIdentity,
  ports: RefereePorts,
  options: RefereeOptions,
  hooks: RefereeHooks,
): Promise<void> {
  try {
    await new RefereeLife(identity, ports, options, hooks).run();
  } catch (error) {
    if (!hooks.stop.aborted) throw error;
  } finally {
    hooks.onState({ state: 'stopped' });
  }
}

class RefereeLife {
  private readonly work: Work;
  private readonly runner: DutyRunner;
  private readonly openerDuty: OpenerDuty;
  private readonly executions = new Executions();
  private height = 0;
  /** Height at which disputes were last read, 0 where that failed. */
  private attended = 0;
  /** Whether reading them failed, which was told. */
  private troubled = false;
  /** Whether disputes wait for one that is executed before them. */
  private waiting = false;

  constructor(
    private readonly identity: RefereeIdentity,
    private readonly ports: RefereePorts,
    options: RefereeOptions,
    private readonly hooks: RefereeHooks,
  ) {
    const { chain, journal } = ports;
    const { onNotice: tell, onState: show, stop: signal } = hooks;
    const height = () => this.height;
    this.runner = new DutyRunner(height, tell, signal);
    this.openerDuty = new OpenerDuty(identity.signer.address, chain, journal, options.openerPatience);
    const [sender, notes] = [new Sender(chain, journal), new VoteNotes(journal, chain.chainId)];
    this.work = { identity, ports, options, sender, notes, show, tell, height, signal };
  }

  async run(): Promise<void> {
    const { stop, onNotice, onState } = this.hooks;
    const { chain } = this.ports;
    onState({ state: 'starting' });
    const { height, earliestHeight } = await patiently(() => chain.status(), onNotice, stop);
    this.height = height;
    await this.work.sender.settle(stop);
    const silence = new Silence(
      this.work.options.silenceMs,
      () => onNotice({ notice: 'unreachable' }),
      () => onNotice({ notice: 'reachable' }),
    );
    try {
      const restore = () => this.openerDuty.restore(height, earliestHeight);
      const from = await patiently(restore, onNotice, stop);
      await this.attend();
      onState({ state: 'idle' });
      silence.heard();
      for await (const block of followBlocks(chain, from, stop)) {
        silence.heard();
        const concerns = this.learn(block);
        if (block.height < height) continue;
        this.height = block.height;
        await this.step(concerns);
      }
    } finally {
      silence.end();
    }
  }

  /** Does what a new height asks for. */
  private async step(concerns: boolean): Promise<void> {
    const isDue = this.height - this.attended >= RECHECK_BLOCKS;
    if (concerns || isDue || this.waiting || this.runner.retries) await this.attend();
    for (const lease of this.openerDuty.overdue(this.height)) {
      const key = `open ${lease.jobId}/${lease.batch}/${lease.epoch}`;
      const run = async () => {
        await openBatch(lease, this.work).finally(() => this.rest());
        this.openerDuty.done(lease);
      };
      this.runner.begin({ key, doing: 'opening', lease, run });
    }
    const keep = () => this.openerDuty.keep(this.height);
    this.runner.begin({ key: 'keep', doing: 'keeping its journal', run: keep });
  }

  /** True where a block is about disputes. */
  private learn(block: Block): boolean {
    const { validator } = this.identity;
    const { onNotice } = this.hooks;
    let concerns = false;
    for (const { type, data } of block.events) {
      if (type === 'DisputeOpened' || type === 'DisputeStateChanged') concerns = true;
      else if (type === 'RefereePaid' && data.validator === validator)
        onNotice({ notice: 'paid', dispute: data.disputeId, amount: data.amount });
      else if (type === 'ValidatorAbsent' && data.validator === validator)
        onNotice({ notice: 'absent', dispute: data.disputeId });
    }
    this.openerDuty.observe(block);
    return concerns;
  }

  /** Reads the disputes that take votes, and starts what they ask for and is not under way. */
  private async attend(): Promise<void> {
    const { validator } = this.identity;
    try {
      const records = await this.open();
      this.executions.endAllBut(records.filter(({ dispute }) => dispute.state === 'Committing'));
      const due = records.flatMap((record) => {
        const duty = dutyOf(record, validator, this.height);
        return duty ? [{ record, duty, key: keyOf(duty, record) }] : [];
      });
      this.runner.keepOnly((key) => /^(open|keep)/.test(key) || due.some((each) => each.key === key));
      for (const { duty, key, record } of due) if (duty === 'reveal') this.begin(duty, key, record);
      const commits = due.filter(({ duty, key }) => duty === 'commit' && !this.runner.hasGivenUp(key));
      for (const { duty, key, record } of commits.slice(0, 1)) this.begin(duty, key, record);
      this.waiting = commits.length > 1;
      if (records.length === 0) await this.work.notes.forget(this.height);
      this.attended = this.height;
      this.troubled = false;
    } catch (error) {
      this.attended = 0;
      if (!this.troubled && !this.hooks.stop.aborted)
        this.hooks.onNotice({ notice: 'failed', doing: 'reading disputes', error });
      this.troubled = true;
    }
  }

  private begin(duty: Duty, key: string, { dispute, votes }: DisputeRecord): void {
    const { validator } = this.identity;
    const run = async () => {
      if (duty === 'commit') {
        const signal = this.executions.signalOf(dispute.id, this.hooks.stop);
        return commitVote(dispute, this.work, signal);
      }
      const own = votes.find((vote) => vote.validator === validator);
      if (own?.hash) await revealVote(dispute, own.hash, this.work);
    };
    const doing =
      duty === 'commit' ? `voting in dispute ${dispute.id}` : `revealing in dispute ${dispute.id}`;
    this.runner.begin({ key, doing, run: () => run().finally(() => this.rest()) });
  }

  private rest(): void {
    if (!this.hooks.stop.aborted) this.hooks.onState({ state: 'idle' });
  }

  /** Disputes that take votes, in the order of the queue, with the powers and votes in them. */
  private async open(): Promise<readonly DisputeRecord[]> {
    const { chain } = this.ports;
    const disputes = await everyPage((page) => chain.disputes(page));
    const voting = disputes.filter(({ state }) => state === 'Committing' || state === 'Revealing');
    return Promise.all(voting.map(({ id }) => chain.dispute(id)));
  }
}

/** Names a duty for as long as it lasts. What was given up is tried once more where the chain gives the time once more. */
const keyOf = (duty: Duty, { dispute }: DisputeRecord): string =>
  `${duty} ${dispute.id}${dispute.extended ? ' extended' : ''}`;
