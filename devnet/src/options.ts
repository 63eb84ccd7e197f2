import type { CheaterKind } from './cheaters/table.js';

/** What a devnet is made of and where it lives. */
export interface DevnetOptions {
  /** Directory of keys, configuration, chain data, blobs, databases and logs. */
  readonly home: string;
  readonly validators: number;
  readonly workers: number;
  /** Indexers, each with a GraphQL server of its own. */
  readonly indexers: number;
  /** Misbehaving workers beside the honest ones, each by its kind; a kind may be there several times. */
  readonly cheaters: readonly CheaterKind[];
  /** Starts from an empty home. */
  readonly fresh: boolean;
  /** Added to every port. */
  readonly portOffset: number;
  /** Path of the chain's binary. */
  readonly dmcnd: string;
  /** How to run the command `dmcn`: program and first arguments. */
  readonly dmcn: readonly [string, ...string[]];
  /** Time between blocks, as a Go duration. */
  readonly blockTime: string;
}

/** A devnet's options were refused; the message says which and what is allowed. */
export class DevnetOptionsError extends Error {
  override readonly name = 'DevnetOptionsError';
}

const bounds = {
  validators: [1, 16],
  workers: [0, 64],
  indexers: [0, 4],
  portOffset: [0, 30_000],
} as const satisfies Record<string, readonly [number, number]>;

const MOST_CHEATERS = 16;

/** Returns the options when every number is within bounds, throws DevnetOptionsError otherwise. */
export function checkOptions(options: DevnetOptions): DevnetOptions {
  for (const [name, [low, high]] of Object.entries(bounds)) {
    const value = options[name as keyof typeof bounds];
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new DevnetOptionsError(`${name} is ${value}; give a whole number from ${low} to ${high}`);
    }
  }
  if (options.cheaters.length > MOST_CHEATERS)
    throw new DevnetOptionsError(`cheaters are ${options.cheaters.length}; give at most ${MOST_CHEATERS}`);
  return options;
}
