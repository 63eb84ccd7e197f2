import { hashBlob, hashToHex } from '@dmcn/blob-store';
import type { Job } from '@dmcn/chain-client';
import { concat } from '@dmcn/protocol';

/** What results depend on: a job of the same number on a network that was made anew is another job. */
export function digestOf({ requester, spec }: Job): string {
  const facts = [requester, spec.args, spec.units, spec.batchSize, spec.gasLimit, spec.memoryLimit];
  const text = JSON.stringify(facts, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  return hashToHex(
    hashBlob(concat(spec.moduleId, spec.inputRoot, spec.encryptionKey, new TextEncoder().encode(text))),
  );
}
