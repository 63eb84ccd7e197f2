/** How a worker works. Compiled once, from flags and environment, before it starts. */
export interface WorkerOptions {
  /** Base URLs of the stores that outputs are put into; the job's own unless given. */
  readonly outputLocators?: readonly string[];
  /** Blocks that a worker leaves to the batch's own worker before it opens for it. */
  readonly openerPatience: number;
  /** Blocks of the past that are searched for batches to open for others. */
  readonly lookBack: number;
  /** Times that a unit which the host could not finish is tried. */
  readonly attempts: number;
}

export const WORKER_DEFAULTS = {
  openerPatience: 10,
  lookBack: 200,
  attempts: 3,
} as const satisfies Partial<WorkerOptions>;
