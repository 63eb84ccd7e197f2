import type { Status } from '@dmcn/runtime';

/** How a case ended on an engine. Two engines agree when all of it is equal. */
export interface Result {
  readonly status: Status;
  readonly exitCode: number;
  readonly gas: bigint;
  /** SHA-256 of the output, in hex. */
  readonly output: string;
}

/** `none`: the engine brought the case to no end, which the network never reports. That is a difference too. */
export type Outcome =
  | ({ readonly kind: 'result' } & Result)
  | { readonly kind: 'none'; readonly reason: string };
