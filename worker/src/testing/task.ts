import { hashBlob } from '@dmcn/blob-store';
import type { JobSpec } from '@dmcn/chain-client';
import { encodeInputIndex, inputRoot } from '@dmcn/protocol';

/** The units' inputs, which their outputs repeat. */
export const inputs = [Uint8Array.of(1), Uint8Array.of(2, 2), Uint8Array.of(3, 3, 3)];
const hashes = inputs.map(hashBlob);
const index = encodeInputIndex(hashes);

/** What the job's store has at first. */
export const jobBlobs: readonly Uint8Array[] = [index, ...inputs];

export const spec = {
  moduleId: hashBlob(Uint8Array.of(0)),
  args: [],
  units: inputs.length,
  batchSize: inputs.length,
  inputRoot: inputRoot(hashes),
  inputIndex: hashBlob(index),
  gasLimit: 1_000n,
  memoryLimit: 65_536n,
  locators: ['http://store'],
  encryptionKey: Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 9 : 0)),
} as unknown as JobSpec;
