import type { Address, ChainClient, Signer } from '@dmcn/chain-client';
import type { Journal } from '@dmcn/chain-client/acting';
import type { EncryptionKeyPair } from '@dmcn/protocol';
import type { UnitRequest, UnitResult } from '@dmcn/runtime';

/** Runs units one at a time, isolated from the referee. */
export interface UnitExecutor {
  /** Rejects where the host, not the unit, failed; then there is no result. */
  run(
    request: UnitRequest & { readonly module: Uint8Array; readonly signal?: AbortSignal },
  ): Promise<UnitResult>;
}

/** The outside world of a referee. */
export interface RefereePorts {
  readonly chain: ChainClient;
  readonly executor: UnitExecutor;
  readonly journal: Journal;
}

/** Who a referee is and for whom it votes. */
export interface RefereeIdentity {
  /** Operator address of the validator (`dmcnvaloper1…`). */
  readonly validator: string;
  /** The operator's account, in whose name votes are sent. */
  readonly operator: Address;
  /** The referee's own account: signs votes by the operator's grant, and openings. */
  readonly signer: Signer;
  readonly encryption: EncryptionKeyPair;
  /** Pays the fees; the referee itself where absent. */
  readonly feeGranter?: Address;
}
