import { BlobMissingError, type BlobStore, hashBlob, hashToHex } from '@dmcn/blob-store';
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
  type Worker,
  type WorkerRecord,
} from '@dmcn/chain-client';
import { decodeRecord, encodeRecord } from '@dmcn/chain-client/acting';
import type { Mortal } from '@dmcn/chain-client/acting/testing';
import type { UnitResult } from '@dmcn/runtime';
import type { UnitExecutor } from '../ports.js';
import { accountOf, type Market, txHashOf } from './market.js';

/** What outlives a process. */
export interface World {
  readonly market: Market;
  readonly blobs: Map<string, Uint8Array>;
  readonly disk: Map<string, Uint8Array>;
  /** How often each unit was run. */
  readonly runs: Map<number, number>;
  /** Milliseconds that the chain's clock is ahead. */
  ahead: number;
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 1));
const LIFETIME_MS = 60_000;

export const blobsOf = ({ blobs }: World, mortal: Mortal): BlobStore => ({
  get: (hash) =>
    mortal.call('blobs.get', () => {
      const blob = blobs.get(hashToHex(hash));
      if (blob === undefined) throw new BlobMissingError(hashToHex(hash), 'store');
      return blob;
    }),
  put: (bytes) =>
    mortal.call('blobs.put', () => {
      blobs.set(hashToHex(hashBlob(bytes)), bytes);
      return hashBlob(bytes);
    }),
  has: async () => true,
});

/** Gives back each unit's input. */
export const executorOf = ({ runs }: World, mortal: Mortal): UnitExecutor => ({
  run: ({ unit, input }) =>
    mortal.call(`executor.run ${unit}`, (): UnitResult => {
      runs.set(unit, (runs.get(unit) ?? 0) + 1);
      return { status: 'OK', statusCode: 0, exitCode: 0, gas: 10n, output: input };
    }),
});

/** The chain as a process sees it that may die. */
export function chainOf(world: World, mortal: Mortal): ChainClient {
  const { market } = world;
  const now = () => Date.now() + world.ahead;
  const read = <T>(name: string, effect: () => T | undefined): Promise<T> =>
    mortal.call(`chain.${name}`, () => {
      const value = effect();
      if (value === undefined) throw new NotFoundError(name, '');
      return value;
    });

  async function fateOf(tx: SignedTx): Promise<Receipt> {
    for (;;) {
      const outcome = market.outcomes.get(tx.hash);
      if (outcome?.error) throw rejected(outcome.error, outcome.height);
      if (outcome) return { hash: tx.hash, height: outcome.height, gasUsed: 0n, fee: 0n, events: [] };
      if (now() > tx.expires.getTime()) throw new TransactionExpiredError(tx.hash, tx.expires);
      if (mortal.hasDied) throw new BroadcastTimeoutError(tx.hash, tx.expires);
      await soon();
    }
  }

  const broadcast = (tx: SignedTx): void => {
    const isOver = market.outcomes.has(tx.hash) || now() > tx.expires.getTime();
    const asked = decodeRecord<{ from: string; messages: readonly Message[] }>(tx.bytes)?.head;
    if (asked && !isOver && !market.waiting.has(tx.hash))
      market.waiting.set(tx.hash, { ...asked, since: market.height });
  };

  const client: Partial<ChainClient> = {
    chainId: 'testing',
    status: () => read('status', () => ({ height: market.height, earliestHeight: 1 }) as never),
    taskParams: () => read('taskParams', () => ({ coinHeights: 2, openBlocks: 10_000 }) as never),
    job: () => read('job', () => market.job),
    batch: () => read('batch', () => market.batch),
    commitOf: () => read('commitOf', () => market.commit),
    moduleCode: () => read('moduleCode', () => Uint8Array.of(0)),
    worker: (owner) => read('worker', () => record(market.workers.get(owner))),
    workers: () => read('workers', () => ({ items: [...market.workers.values()] })),
    workerBatches: ({ worker }) =>
      read('workerBatches', () => {
        const { batch } = market;
        const isHeld = batch?.lease?.worker === worker && !['Final', 'Ended'].includes(batch.state);
        return { items: isHeld && batch ? [batch] : [] };
      }),
    auditorAudits: ({ posted }) =>
      read('auditorAudits', () => ({ items: posted ? market.posted : market.audits })),
    withheldBatches: () => read('withheldBatches', () => ({ items: market.withheld })),
    feeAllowance: ({ granter }) => read('feeAllowance', () => (market.workers.has(granter) ? {} : undefined)),
    addressBytes: accountOf,
    async *blocks({ from = 1, signal } = {}): AsyncGenerator<Block> {
      for (let next = from; !signal?.aborted && !mortal.hasDied; next += 1) {
        while (market.height < next && !signal?.aborted && !mortal.hasDied) await soon();
        const block = market.blocks.find(({ height }) => height === next);
        if (block) yield block;
      }
    },
    async submit(messages, { signer, onSigned }) {
      const what = messages[0]?.type ?? '';
      const refusal = messages.map((message) => market.refusal(message, signer.address)).find(Boolean);
      if (refusal !== undefined) throw rejected(refusal);
      const nonce = Math.random().toString(36);
      const bytes = encodeRecord({ from: signer.address, messages, nonce });
      const expires = new Date(now() + LIFETIME_MS);
      const tx: SignedTx = { hash: txHashOf(bytes), bytes, expires, since: market.height };
      await onSigned?.(tx);
      await mortal.call(`chain.broadcast ${what}`, () => broadcast(tx));
      return mortal.call(`chain.inclusion ${what}`, () => fateOf(tx));
    },
    async resume(tx) {
      await mortal.call('chain.resume', () => broadcast(tx));
      return mortal.call('chain.resumed', () => fateOf(tx));
    },
  };
  return client as ChainClient;
}

const record = (worker: Worker | undefined): WorkerRecord | undefined =>
  worker && { worker, reputation: 1, keptOut: [], lapses: [] };

const rejected = (reason: string, height?: number) =>
  new ChainRejectedError({ codespace: 'task', code: 17, log: reason, reason, ...(height && { height }) });
