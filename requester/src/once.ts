import {
  BaseError,
  BroadcastTimeoutError,
  type ChainClient,
  ChainRejectedError,
  type Receipt,
  type SignedTx,
  TransactionExpiredError,
} from '@dmcn/chain-client';
import type { KeptTx, TxJournal } from './journal.js';
import { pause } from './patience.js';

/** A transaction was signed and perhaps broadcast, and nobody can tell any more whether a block has it. */
export class UnknownFateError extends Error {
  override readonly name = 'UnknownFateError';
  constructor(
    readonly hash: string,
    readonly entry: string,
    cause: unknown,
  ) {
    super(
      `transaction ${hash} (${entry}) was signed before and the blocks that could have it are gone from every node; ask a node that has them with --node URL`,
      { cause },
    );
  }
}

/** What is to be done once, and what for. */
export interface Once {
  /** Names it in the journal. */
  readonly name: string;
  readonly purpose: string;
  /** Makes and submits the transaction. `onSigned` has to be called before anything is broadcast. */
  readonly submit: (onSigned: (tx: SignedTx) => Promise<void>) => Promise<Receipt>;
}

export interface OnceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told why there is no answer yet, each time that this is found. */
  readonly onWaiting?: ((error: unknown) => void) | undefined;
}

/** How long to wait for a transaction before it is told that it takes long, in milliseconds. */
const roundMs = 20_000;

/** Where transactions go and are kept. */
export interface OncePorts {
  readonly chain: ChainClient;
  readonly journal: TxJournal;
}

/**
 * Has something executed once, whatever happens meanwhile: a transaction that an earlier process signed under this name is
 * followed to its end before another one is made. Endpoints that fail only delay it. The transaction stays in the journal
 * until the caller, having noted what came of it, forgets it.
 * @throws ChainRejectedError where the chain refuses it, UnknownFateError, and the signal's reason
 */
export async function executeOnce(
  ports: OncePorts,
  { name, purpose, submit }: Once,
  options: OnceOptions = {},
): Promise<Receipt> {
  const { journal } = ports;
  for (;;) {
    const receipt = await followKept(ports, name, options);
    if (receipt) return receipt;
    try {
      return await submit((tx) => journal.keep(name, { ...tx, purpose }));
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isVoid(error)) await journal.forget(name);
      if (error instanceof ChainRejectedError) throw error;
      await delay(error, options);
    }
  }
}

/**
 * Follows the transaction that is kept under a name to its end. Resolves with undefined where there is none, or where it
 * surely came to nothing; then it is forgotten.
 * @throws UnknownFateError, and the signal's reason
 */
export async function followKept(
  { chain, journal }: OncePorts,
  name: string,
  options: OnceOptions = {},
): Promise<Receipt | undefined> {
  const { signal } = options;
  for (;;) {
    signal?.throwIfAborted();
    const kept = await journal.recall(name);
    if (kept === undefined) return undefined;
    try {
      return await chain.resume(kept, { timeoutMs: roundMs, ...(signal && { signal }) });
    } catch (error) {
      signal?.throwIfAborted();
      if (isVoid(error)) await journal.forget(name);
      else {
        await refuseUnknowable(chain, name, kept, error);
        await delay(error, options);
      }
    }
  }
}

/** The chain refused it or never had it: nothing of it happened. */
const isVoid = (error: unknown): boolean =>
  error instanceof ChainRejectedError || error instanceof TransactionExpiredError;

/** Waits a moment where trying again may help, and throws the error where not. */
async function delay(error: unknown, { signal, onWaiting }: OnceOptions): Promise<void> {
  const mayPass = error instanceof BaseError && (error.retryable || error instanceof BroadcastTimeoutError);
  if (!mayPass) throw error;
  onWaiting?.(error);
  await pause(signal);
}

/** Throws where waiting is in vain: no node has the blocks any more in which the transaction might be. */
async function refuseUnknowable(
  chain: ChainClient,
  name: string,
  { hash, since }: KeptTx,
  cause: unknown,
): Promise<void> {
  if (!(cause instanceof BroadcastTimeoutError)) return;
  const { earliestHeight } = await chain.status().catch(() => ({ earliestHeight: 0 }));
  if (earliestHeight > since + 1) throw new UnknownFateError(hash, name, cause);
}
