import { type BlobStore, hashBlob, hashToHex } from '@dmcn/blob-store';
import {
  BroadcastTimeoutError,
  type ChainClient,
  type Job,
  type Message,
  NotFoundError,
  type Receipt,
  type SignedTx,
  type Signer,
  type SubmitOptions,
  type TaskParams,
  TransactionExpiredError,
} from '@dmcn/chain-client';
import { escrow } from '@dmcn/protocol';
import { createMemoryJournal, type TxJournal } from '../journal.js';
import type { RequesterPorts } from '../ports.js';
import type { Mortal } from './fragile.js';

/** What becomes of a broadcast transaction whose process dies before it is in a block. */
export type Fate = 'included' | 'lost' | 'expired';

interface FakeTx {
  readonly signed: SignedTx;
  readonly messages: readonly Message[];
}

const params = {
  moduleDepositPerByte: 1n,
  minPrice: 1n,
  maxDeadline: 100_000,
  feeBps: 200,
  auditFloor: 1_000n,
} as TaskParams;

export const FAKE_FEE = 130n;

/**
 * A chain, a blob store and a journal that outlive the processes that use them. A transaction is executed at most once, and
 * never after it expired.
 */
export class FakeWorld {
  readonly blobs = new Map<string, Uint8Array>();
  readonly modules = new Set<string>();
  /** Every job that was ever submitted, each with what it moved into escrow. */
  readonly jobs: bigint[] = [];
  balance = 10n ** 12n;
  readonly journal = createMemoryJournal();
  /** What each signed transaction says. */
  private readonly asked = new Map<string, readonly Message[]>();
  /** What waits in a mempool. */
  private readonly txs = new Map<string, FakeTx>();
  private readonly receipts = new Map<string, Receipt>();
  private readonly expired = new Set<string>();

  /** Time passes between the death of a process and the next one. */
  pass(fate: Fate): void {
    for (const { signed } of this.txs.values()) {
      if (fate === 'included') this.execute(signed.hash);
      if (fate === 'expired' && !this.receipts.has(signed.hash)) this.expired.add(signed.hash);
    }
    this.txs.clear();
  }

  /** How a process reaches the world. */
  ports(mortal: Mortal): RequesterPorts {
    const journal: TxJournal = {
      recall: (name) => mortal.act(() => this.journal.recall(name)),
      keep: (name, tx) => mortal.act(() => this.journal.keep(name, tx)),
      forget: (name) => mortal.act(() => this.journal.forget(name)),
    };
    const blobsAt = (): BlobStore => ({
      has: (hash) => mortal.act(() => this.blobs.has(hashToHex(hash))),
      put: (bytes) =>
        mortal.act(() => {
          const hash = hashBlob(bytes);
          this.blobs.set(hashToHex(hash), bytes);
          return hash;
        }),
      get: async () => new Uint8Array(),
    });
    return { chain: this.chain(mortal), blobsAt, journal };
  }

  private chain(mortal: Mortal): ChainClient {
    const client: Partial<ChainClient> = {
      status: () => mortal.act(() => ({ height: 50, earliestHeight: 1 }) as never),
      taskParams: () => mortal.act(() => params),
      balance: () => mortal.act(() => this.balance),
      module: (id) =>
        mortal.act(() => {
          if (!this.modules.has(hashToHex(id))) throw new NotFoundError('module', hashToHex(id));
          return { royaltyBps: 0 } as never;
        }),
      escrow: (spec) =>
        mortal.act(() => {
          const { auditors, samples } = spec.assurance;
          const { feeBps, auditFloor } = params;
          return {
            escrow: escrow({ ...spec, royaltyBps: 0, feeBps, auditors, samples, auditFloor }),
          } as never;
        }),
      quote: () => mortal.act(() => ({ gasLimit: 1n, fee: FAKE_FEE })),
      submit: async (messages: readonly Message[], { onSigned }: SubmitOptions) => {
        const signed = this.sign(messages);
        await onSigned?.(signed);
        return this.include(signed, mortal);
      },
      resume: (signed) => this.include(signed, mortal),
    };
    return client as ChainClient;
  }

  private sign(messages: readonly Message[]): SignedTx {
    const hash = `T${this.asked.size}`;
    this.asked.set(hash, messages);
    return { hash, bytes: new TextEncoder().encode(hash), expires: new Date(0), since: 50 };
  }

  private async include(signed: SignedTx, mortal: Mortal): Promise<Receipt> {
    await mortal.act(() => {
      if (!this.expired.has(signed.hash)) {
        this.txs.set(signed.hash, { signed, messages: this.asked.get(signed.hash) ?? [] });
      }
    });
    return mortal.act(() => {
      if (this.expired.has(signed.hash)) throw new TransactionExpiredError(signed.hash, signed.expires);
      const receipt = this.execute(signed.hash);
      if (!receipt) throw new BroadcastTimeoutError(signed.hash, signed.expires);
      return receipt;
    });
  }

  private execute(hash: string): Receipt | undefined {
    const done = this.receipts.get(hash);
    const tx = this.txs.get(hash);
    if (done || !tx || this.expired.has(hash)) return done;
    const events = tx.messages.map((message) => this.apply(message));
    const receipt = { hash, height: 51, gasUsed: 1n, fee: FAKE_FEE, events } as unknown as Receipt;
    this.balance -= FAKE_FEE;
    this.receipts.set(hash, receipt);
    return receipt;
  }

  private apply(message: Message): unknown {
    if (message.type === 'storeModule') {
      this.modules.add(hashToHex(hashBlob(message.code)));
      const deposit = BigInt(message.code.length);
      this.balance -= deposit;
      return { type: 'ModuleStored', data: { module: { deposit } } };
    }
    if (message.type !== 'submitJob') throw new Error(`this chain knows no ${message.type}`);
    this.jobs.push(message.maxEscrow);
    this.balance -= message.maxEscrow;
    const job = { id: BigInt(this.jobs.length), funded: message.maxEscrow } as Job;
    return { type: 'JobSubmitted', data: { job } };
  }
}

export const fakeSigner: Signer = {
  address: 'dmcn1requester',
  publicKey: new Uint8Array(33),
  sign: async () => new Uint8Array(64),
};
