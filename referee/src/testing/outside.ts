import { hashBlob, hashToHex } from '@dmcn/blob-store';
import {
  type Block,
  BroadcastTimeoutError,
  type ChainClient,
  ChainRejectedError,
  type Message,
  NotFoundError,
  type Receipt,
  type SignedTx,
  TransactionExpiredError,
} from '@dmcn/chain-client';
import { decodeRecord, encodeRecord } from '@dmcn/chain-client/acting';
import type { Mortal } from '@dmcn/chain-client/acting/testing';
import type { UnitResult } from '@dmcn/runtime';
import type { UnitExecutor } from '../ports.js';
import { accountOf, type Court, VALIDATOR } from './court.js';
import { GAS, inputOf, job, proofOf } from './task.js';

const soon = () => new Promise((resolve) => setTimeout(resolve, 1));
const LIFETIME_MS = 60_000;

/** How often each unit was run, and how many at most at once. */
export class Runs {
  readonly counts = new Map<number, number>();
  most = 0;
  private now = 0;

  async during<T>(unit: number, run: () => Promise<T>): Promise<T> {
    this.counts.set(unit, (this.counts.get(unit) ?? 0) + 1);
    this.now += 1;
    this.most = Math.max(this.most, this.now);
    return run().finally(() => {
      this.now -= 1;
    });
  }
}

/** Gives back each unit's input, after `ms`. */
export const executorOf = (runs: Runs, mortal: Mortal, ms = 1): UnitExecutor => ({
  run: ({ unit, input, signal }) =>
    runs.during(unit, () =>
      mortal.call(`executor.run ${unit}`, async (): Promise<UnitResult> => {
        for (let waited = 0; waited < ms; waited += 1) {
          signal?.throwIfAborted();
          await soon();
        }
        return { status: 'OK', statusCode: 0, exitCode: 0, gas: GAS, output: input };
      }),
    ),
});

/** The chain as a process sees it that may die. */
export function chainOf(court: Court, mortal: Mortal): ChainClient {
  const read = <T>(name: string, effect: () => T | undefined): Promise<T> =>
    mortal.call(`chain.${name}`, () => {
      const value = effect();
      if (value === undefined) throw new NotFoundError(name, '');
      return value;
    });

  async function fateOf(tx: SignedTx): Promise<Receipt> {
    for (;;) {
      const outcome = court.outcomes.get(tx.hash);
      if (outcome?.error) throw rejected(outcome.error, outcome.height);
      if (outcome) return { hash: tx.hash, height: outcome.height, gasUsed: 0n, fee: 0n, events: [] };
      if (Date.now() > tx.expires.getTime()) throw new TransactionExpiredError(tx.hash, tx.expires);
      if (mortal.hasDied) throw new BroadcastTimeoutError(tx.hash, tx.expires);
      await soon();
    }
  }

  const broadcast = (tx: SignedTx): void => {
    const asked = decodeRecord<{ from: string; message: Message }>(tx.bytes)?.head;
    if (asked && !court.outcomes.has(tx.hash) && !court.waiting.has(tx.hash))
      court.waiting.set(tx.hash, { ...asked, since: court.height });
  };

  const client: Partial<ChainClient> = {
    chainId: 'testing',
    status: () => read('status', () => ({ height: court.height, earliestHeight: 1 }) as never),
    taskParams: () => read('taskParams', () => ({ coinHeights: 2, openBlocks: 10_000 }) as never),
    job: () => read('job', () => job),
    batch: () => read('batch', () => court.batch),
    moduleCode: () => read('moduleCode', () => Uint8Array.of(0)),
    referee: () =>
      read('referee', () => ({
        ...{ validator: VALIDATOR, account: court.account, registeredHeight: 1 },
        encryptionKey: new Uint8Array(32),
      })),
    disputes: () => read('disputes', () => ({ items: court.open })),
    dispute: (id) => read('dispute', () => court.records.get(id)),
    disputedInputOf: ({ leaf }) =>
      read('disputedInputOf', () => ({ input: inputOf(leaf.unit), proof: proofOf(leaf.unit) })),
    addressBytes: accountOf,
    async *blocks({ from = 1, signal } = {}): AsyncGenerator<Block> {
      for (let next = from; !signal?.aborted && !mortal.hasDied; next += 1) {
        while (court.height < next && !signal?.aborted && !mortal.hasDied) await soon();
        const block = court.blocks.find(({ height }) => height === next);
        if (block) yield block;
      }
    },
    async submit([message], { signer, onSigned }) {
      if (message === undefined) throw new RangeError('no message');
      const refusal = court.refusal(message, signer.address);
      if (refusal !== undefined) throw rejected(refusal);
      const bytes = encodeRecord({ from: signer.address, message, nonce: Math.random().toString(36) });
      const expires = new Date(Date.now() + LIFETIME_MS);
      const tx: SignedTx = { hash: hashToHex(hashBlob(bytes)), bytes, expires, since: court.height };
      await onSigned?.(tx);
      await mortal.call(`chain.broadcast ${message.type}`, () => broadcast(tx));
      return mortal.call(`chain.inclusion ${message.type}`, () => fateOf(tx));
    },
    async resume(tx) {
      await mortal.call('chain.resume', () => broadcast(tx));
      return mortal.call('chain.resumed', () => fateOf(tx));
    },
  };
  return client as ChainClient;
}

const rejected = (reason: string, height?: number) =>
  new ChainRejectedError({ codespace: 'audit', code: 17, log: reason, reason, ...(height && { height }) });
