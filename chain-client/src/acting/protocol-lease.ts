import type { LeaseId as ProtocolLeaseId } from '@dmcn/protocol';
import type { LeaseId } from '../types/primitives.js';

/** A lease as the protocol's encodings name it; `worker` is the owner's 20 raw bytes. */
export const protocolLease = ({ jobId, batch, epoch }: LeaseId, worker: Uint8Array): ProtocolLeaseId => ({
  worker,
  job: jobId,
  batch,
  epoch,
});
