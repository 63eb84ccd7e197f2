import type { BlobStore } from '@dmcn/blob-store';
import type { ChainClient, Signer } from '@dmcn/chain-client';
import type { Journal } from '@dmcn/chain-client/acting';
import type { EncryptionKeyPair } from '@dmcn/protocol';
import type { UnitRequest, UnitResult } from '@dmcn/runtime';

/** Runs units one at a time, isolated from the worker. */
export interface UnitExecutor {
  /** Rejects where the host, not the unit, failed; then there is no result and the unit may be tried again. */
  run(
    request: UnitRequest & { readonly module: Uint8Array; readonly signal?: AbortSignal },
  ): Promise<UnitResult>;
}

/** The outside world of a worker. */
export interface WorkerPorts {
  readonly chain: ChainClient;
  readonly executor: UnitExecutor;
  readonly journal: Journal;
  /** A store that reads from and writes to these locators. */
  readonly blobsAt: (locators: readonly string[]) => BlobStore;
}

/** The accounts and keys that a worker acts with. */
export interface WorkerIdentity {
  /** Cold account; only its address is needed once the worker is registered. */
  readonly owner: string;
  /** Signs accept, commit and open, with fees paid by the owner. */
  readonly operator: Signer;
  readonly encryption: EncryptionKeyPair;
}
