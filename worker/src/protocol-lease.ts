import type { LeaseId } from '@dmcn/chain-client';
import type { LeaseId as ProtocolLeaseId } from '@dmcn/protocol';

/** A lease as the protocol's encodings name it; `worker` is the owner's 20 raw bytes. */
export const protocolLease = ({ jobId, batch, epoch }: LeaseId, worker: Uint8Array): ProtocolLeaseId => ({
  worker,
  job: jobId,
  batch,
  epoch,
});
