import type { JobHold } from './retention.js';

/**
 * What a store is told so that it keeps what live jobs need. Whoever tells it begins after `height`, in the order of the
 * blocks; telling something again is harmless. While nothing is told nothing is dropped.
 */
export interface RetentionFeed {
  /** Up to this block everything was told; undefined before the first. Told blocks may be wanted again after a crash. */
  readonly height: number | undefined;
  /** A job needs blobs until it is final, and a margin longer. */
  hold(jobId: string, hold: JobHold): Promise<void>;
  /** A job became final at a height. */
  release(jobId: string, height: number): Promise<void>;
  /** Everything up to this block was told. */
  advance(height: number, time: Date): Promise<void>;
  /** Jobs that hold something and are not final, as far as is known. */
  openJobs(): readonly string[];
}
