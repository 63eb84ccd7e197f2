import type { BlobStore } from '@dmcn/blob-store';
import type { ChainClient, Signer } from '@dmcn/chain-client';
import type { EncryptionKeyPair } from '@dmcn/protocol';
import type { UnitRequest, UnitResult } from '@dmcn/runtime';
import type { TxJournal } from './journal.js';

/** Runs a unit on this machine, to estimate or to verify. */
export interface LocalExecutor {
  run(
    request: UnitRequest & { readonly module: Uint8Array; readonly signal?: AbortSignal },
  ): Promise<UnitResult>;
}

/** Whoever has work: its account and the key that outputs are encrypted for. */
export interface RequesterIdentity {
  readonly signer: Signer;
  readonly encryption: EncryptionKeyPair;
}

/** The outside world of a requester. */
export interface RequesterPorts {
  readonly chain: ChainClient;
  /** A store that reads from these locators. */
  readonly blobsAt: (locators: readonly string[]) => BlobStore;
  /** Keeps signed transactions for the case that this process ends; without it they are kept in memory. */
  readonly journal?: TxJournal;
}
