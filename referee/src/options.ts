/** How a referee works. Compiled once, from flags and environment, before it starts. */
export interface RefereeOptions {
  /** Largest gas limit of a unit that it executes; any unless given. */
  readonly maxGas?: bigint;
  /** Times that a unit which the host could not finish is tried. */
  readonly attempts: number;
  /** Blocks that it leaves to a batch's own worker before it opens, and again to each opener named before it. */
  readonly openerPatience: number;
  /** Milliseconds without a new block after which the chain counts as out of reach. */
  readonly silenceMs: number;
}

export const REFEREE_DEFAULTS = {
  attempts: 2,
  openerPatience: 10,
  silenceMs: 15_000,
} as const satisfies Partial<RefereeOptions>;
