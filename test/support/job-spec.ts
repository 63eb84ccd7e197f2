import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { JobSpec } from '@dmcn/chain-client';
import { generateEncryptionKeyPair } from '@dmcn/protocol';
import { handAsk } from './hand-worker.js';
import type { Network } from './network.js';
import { digits } from './programs.js';

/** A name that only the workers of one test have and its jobs ask for, so that nobody else is drawn. */
export const ownFeature = (): string => `only-${randomBytes(5).toString('hex')}`;

/** A job of one batch of three units of `digits`, which has to be published, over inputs that nobody has. */
export async function jobSpec(network: Network, change: Partial<JobSpec> = {}): Promise<JobSpec> {
  const [{ height }, { publicKey }, code] = await Promise.all([
    network.chain.status(),
    generateEncryptionKeyPair(),
    readFile(digits),
  ]);
  return {
    moduleId: createHash('sha256').update(code).digest(),
    args: [],
    units: 3,
    inputRoot: randomBytes(32),
    inputIndex: randomBytes(32),
    batchSize: 3,
    gasLimit: 100_000_000n,
    memoryLimit: 64n * 1024n * 1024n,
    maxPrice: 2n * handAsk,
    assurance: { auditBps: 2_000, auditors: 1, samples: 1 },
    mode: 'public',
    locators: [network.devnet.blobs[0]],
    encryptionKey: publicKey,
    deadline: height + 1_000,
    features: [],
    ...change,
  };
}
