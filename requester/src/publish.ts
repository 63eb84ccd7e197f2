import { hashBlob } from '@dmcn/blob-store';
import { type ChainClient, ChainRejectedError, found, type Signer } from '@dmcn/chain-client';
import { check, formatFinding } from '@dmcn/runtime';

/** The execution profile refuses a program; the message lists every finding. */
export class ModuleRefusedError extends Error {
  override readonly name = 'ModuleRefusedError';
  constructor(readonly findings: readonly string[]) {
    super(`the module is refused:\n${findings.map((finding) => `  ${finding}`).join('\n')}`);
  }
}

export interface Published {
  readonly moduleId: Uint8Array;
  /** False where the chain had it already. */
  readonly stored: boolean;
  /** Held until the module is removed, in udmc. */
  readonly deposit: bigint;
}

export interface PublishOptions {
  readonly name: string;
  /** What the author earns on top of the work paid, in basis points. */
  readonly royaltyBps: number;
  readonly signer: Signer;
  readonly signal?: AbortSignal;
}

/** Checks a module and stores it on chain unless it is there. @throws ModuleRefusedError, ChainRejectedError */
export async function publishModule(
  chain: ChainClient,
  code: Uint8Array,
  { name, royaltyBps, signer, signal }: PublishOptions,
): Promise<Published> {
  const findings = check(code);
  if (findings.length > 0) throw new ModuleRefusedError(findings.map(formatFinding));
  const moduleId = hashBlob(code);
  const there = await found(chain.module(moduleId));
  if (there !== undefined) return { moduleId, stored: false, deposit: there.deposit };
  const stored = await chain
    .storeModule({ code, royaltyBps, name }, { signer, ...(signal && { signal }) })
    .then(() => true, refuseUnlessStored);
  const { deposit } = await chain.module(moduleId);
  return { moduleId, stored, deposit };
}

/** Somebody else may store the same module meanwhile. */
function refuseUnlessStored(error: unknown): false {
  if (error instanceof ChainRejectedError && error.reason === 'ModuleExists') return false;
  throw error;
}
