import { hashBlob } from '@dmcn/blob-store';
import type { Job, JobSpec } from '@dmcn/chain-client';
import { wireProof } from '@dmcn/chain-client/acting';
import { inputRoot, merkleProof } from '@dmcn/protocol';

/** The units' inputs, which their outputs repeat. */
export const inputs = [Uint8Array.of(1), Uint8Array.of(2, 2), Uint8Array.of(3, 3, 3)];
const hashes = inputs.map(hashBlob);

/** What every unit uses. */
export const GAS = 10n;

export const job = {
  id: 1n,
  requester: 'requester',
  state: 'Open',
  batches: 1,
  spec: {
    moduleId: hashBlob(Uint8Array.of(0)),
    args: [],
    units: inputs.length,
    batchSize: inputs.length,
    inputRoot: inputRoot(hashes),
    gasLimit: 1_000n,
    memoryLimit: 65_536n,
  } as unknown as JobSpec,
} as unknown as Job;

export const inputOf = (unit: number): Uint8Array => inputs[unit] ?? new Uint8Array();
export const proofOf = (unit: number) => wireProof(merkleProof(hashes, unit));
