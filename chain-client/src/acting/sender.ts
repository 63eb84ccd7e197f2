import { BroadcastTimeoutError, ChainRejectedError, TransactionExpiredError } from '../errors/index.js';
import type { ChainClient } from '../port/chain-client.js';
import type { Signer } from '../port/signer.js';
import type { SignedTx } from '../port/writer.js';
import type { Message } from '../types/message.js';
import type { Receipt } from '../types/receipt.js';
import type { Journal } from './journal.js';
import { decodeRecord, encodeRecord } from './record.js';

/** Who signs a message and who pays for it. */
export interface SendOptions {
  readonly signer: Signer;
  readonly feeGranter?: string;
  readonly signal?: AbortSignal;
}

/** What became of a message that was signed by a process that is gone. */
export interface Settled {
  /** What it is for, such as `commit-4-0-1`. */
  readonly purpose: string;
  readonly outcome: 'included' | 'refused' | 'expired' | 'unknown';
}

const PREFIX = 'sent.';
/** How long to wait for the fate of a message that is in no block yet, before other work goes on. */
const SETTLE_MS = 20_000;

/** A signed transaction as the journal keeps it. */
type SentHead = Omit<SignedTx, 'expires'> & { readonly expires: number };

/**
 * Sends messages, each at most once: what is signed stands in the journal before it leaves. A message is named by what
 * it is for. Whatever happens to the process, the next message of that name waits until the fate of the one before is known.
 */
export class Sender {
  constructor(
    readonly chain: ChainClient,
    private readonly journal: Journal,
  ) {}

  /**
   * Executes messages in one transaction, unless one of this purpose was executed already. Rejects as
   * `ChainWriter.submit` does, and with JournalError, in which case nothing was sent.
   */
  async once(purpose: string, messages: readonly Message[], options: SendOptions): Promise<Receipt> {
    const name = PREFIX + purpose;
    const before = await this.sent(name);
    const receipt = before && (await this.fate(name, before, options));
    if (receipt !== undefined) return receipt;
    const onSigned = ({ expires, ...tx }: SignedTx) =>
      this.journal.write(name, encodeRecord<SentHead>({ ...tx, expires: expires.getTime() }));
    return this.until(name, this.chain.submit(messages, { ...options, onSigned }));
  }

  /** Finds out what became of all messages that an earlier process left. */
  async settle(signal?: AbortSignal): Promise<readonly Settled[]> {
    const names = (await this.journal.list())
      .map(({ name }) => name)
      .filter((name) => name.startsWith(PREFIX));
    return Promise.all(names.map((name) => this.settleOne(name, signal)));
  }

  private async settleOne(name: string, signal?: AbortSignal): Promise<Settled> {
    const purpose = name.slice(PREFIX.length);
    const tx = await this.sent(name);
    if (tx === undefined) {
      await this.journal.remove(name);
      return { purpose, outcome: 'unknown' };
    }
    try {
      const receipt = await this.fate(name, tx, { ...(signal && { signal }) });
      return { purpose, outcome: receipt ? 'included' : 'expired' };
    } catch (error) {
      signal?.throwIfAborted();
      return { purpose, outcome: error instanceof ChainRejectedError ? 'refused' : 'unknown' };
    }
  }

  /** The receipt of a transaction that was signed before, undefined where no block has it or will. */
  private async fate(
    name: string,
    tx: SignedTx,
    { signal }: Pick<SendOptions, 'signal'>,
  ): Promise<Receipt | undefined> {
    try {
      const wait = { timeoutMs: SETTLE_MS, ...(signal && { signal }) };
      return await this.until(name, this.chain.resume(tx, wait));
    } catch (error) {
      if (error instanceof TransactionExpiredError) return undefined;
      if (!(error instanceof BroadcastTimeoutError && (await this.isForgotten(tx)))) throw error;
      await this.journal.remove(name);
      return undefined;
    }
  }

  /** Whether a transaction's time is over and no node has its blocks any more: then the chain's state tells all there is. */
  private async isForgotten({ expires, since }: SignedTx): Promise<boolean> {
    if (expires.getTime() > Date.now()) return false;
    return (await this.chain.status()).earliestHeight > since + 1;
  }

  /** Removes an entry once the fate of its transaction is known. */
  private async until(name: string, outcome: Promise<Receipt>): Promise<Receipt> {
    try {
      const receipt = await outcome;
      await this.journal.remove(name);
      return receipt;
    } catch (error) {
      const isKnown = error instanceof ChainRejectedError || error instanceof TransactionExpiredError;
      if (isKnown) await this.journal.remove(name);
      throw error;
    }
  }

  private async sent(name: string): Promise<SignedTx | undefined> {
    const bytes = await this.journal.read(name);
    const head = bytes && decodeRecord<SentHead>(bytes)?.head;
    return head && { ...head, expires: new Date(head.expires) };
  }
}
