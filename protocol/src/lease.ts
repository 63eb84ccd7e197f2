import { ACCOUNT_LENGTH, checkLength, concat, u32, u64 } from './bytes.js';

/** Names one lease: whose it is, of which batch, and its number on that batch. */
export interface LeaseId {
  /** The owner account of the worker, 20 raw bytes. */
  readonly worker: Uint8Array;
  readonly job: bigint;
  readonly batch: number;
  readonly epoch: number;
}

/**
 * `worker || u64 job || u32 batch || u32 epoch`, 36 bytes: also the associated data of the lease's sealed leaves and
 * outputs. Throws LengthError or NumberRangeError.
 */
export function encodeLeaseId(lease: LeaseId): Uint8Array {
  return concat(
    checkLength(lease.worker, 'worker account', ACCOUNT_LENGTH),
    u64(lease.job, 'job'),
    u32(lease.batch, 'batch'),
    u32(lease.epoch, 'epoch'),
  );
}
