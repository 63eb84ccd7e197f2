/** How a worker works. Compiled once, from flags and environment, before it starts. */
export interface WorkerOptions {
  /** Base URLs of the stores that outputs are put into; the job's own unless given. */
  readonly outputLocators?: readonly string[];
  /** Other workers that each commit makes openers. */
  readonly openers: number;
  /** Blocks that an opener leaves to the batch's own worker, and again to each opener named before it. */
  readonly openerPatience: number;
  /** Times that a unit which the host could not finish is tried. */
  readonly attempts: number;
  /** Milliseconds without a new block after which the chain counts as out of reach. */
  readonly silenceMs: number;
  /** Most bytes of results and outputs that the journal keeps. */
  readonly journalBytes: number;
}

export const WORKER_DEFAULTS = {
  openers: 2,
  openerPatience: 10,
  attempts: 3,
  silenceMs: 15_000,
  journalBytes: 1024 * 1024 * 1024,
} as const satisfies Partial<WorkerOptions>;
