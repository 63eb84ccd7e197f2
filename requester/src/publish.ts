import { hashBlob, hashToHex } from '@dmcn/blob-store';
import { ChainRejectedError, found, type Signer } from '@dmcn/chain-client';
import { check, formatFinding } from '@dmcn/runtime';
import { createMemoryJournal } from './journal.js';
import { executeOnce } from './once.js';
import type { RequesterPorts } from './ports.js';

/** The execution profile refuses a program; the message lists every finding. */
export class ModuleRefusedError extends Error {
  override readonly name = 'ModuleRefusedError';
  constructor(readonly findings: readonly string[]) {
    super(`the module is refused:\n${findings.map((finding) => `  ${finding}`).join('\n')}`);
  }
}

/** @throws ModuleRefusedError with everything that the execution profile has against a program */
export function refuseUnfit(code: Uint8Array): void {
  const findings = check(code);
  if (findings.length > 0) throw new ModuleRefusedError(findings.map(formatFinding));
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
  { chain, journal = createMemoryJournal() }: Pick<RequesterPorts, 'chain' | 'journal'>,
  code: Uint8Array,
  { name, royaltyBps, signer, signal }: PublishOptions,
): Promise<Published> {
  refuseUnfit(code);
  const moduleId = hashBlob(code);
  const entry = `module-${hashToHex(moduleId)}`;
  const there = await found(chain.module(moduleId));
  if (there !== undefined) {
    await journal.forget(entry);
    return { moduleId, stored: false, deposit: there.deposit };
  }
  const stored = await executeOnce(
    { chain, journal },
    {
      name: entry,
      purpose: name,
      submit: (onSigned) =>
        chain.storeModule({ code, royaltyBps, name }, { signer, onSigned, ...(signal && { signal }) }),
    },
    { signal },
  ).then(() => true, refuseUnlessStored);
  const { deposit } = await chain.module(moduleId);
  await journal.forget(entry);
  return { moduleId, stored, deposit };
}

/** Somebody else may store the same module meanwhile. */
function refuseUnlessStored(error: unknown): false {
  if (error instanceof ChainRejectedError && error.reason === 'ModuleExists') return false;
  throw error;
}
