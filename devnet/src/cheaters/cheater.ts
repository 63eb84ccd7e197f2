import type { Audit, Message } from '@dmcn/chain-client';
import type { Leaf } from '@dmcn/protocol';
import type { UnitExecutor, WorkerIdentity, WorkerPorts } from '@dmcn/worker';

export type Run = UnitExecutor['run'];
export type UnitRequest = Parameters<Run>[0];

/** What surrounds a misbehaving worker, as an honest one would have it. */
export interface Outside {
  readonly identity: WorkerIdentity;
  readonly ports: Pick<WorkerPorts, 'chain' | 'executor' | 'blobsAt'>;
  /** Owner of the worker that it cheats with; resolves once that one is registered. */
  readonly accomplice: () => Promise<string>;
}

/** How a worker differs from an honest one. What is not named is honest. */
export interface Mask {
  /** Runs the units of its own leases. */
  readonly run?: Run;
  /** The leaf that it vouches for as the auditor of a unit. */
  readonly audit?: (audit: Audit, request: UnitRequest) => Promise<Leaf>;
  /** The messages that it sends instead of those that an honest worker would; none where it keeps quiet. */
  readonly send?: (messages: readonly Message[]) => Promise<readonly Message[]>;
}

/** One process of a cheater. */
export interface CheaterPart {
  /** Its terms, as flags of `dmcn worker start`. */
  readonly flags: readonly string[];
  /** What its owner gives its operator to spend before it works, in udmc. */
  readonly purse?: bigint;
  readonly mask: (outside: Outside) => Mask;
}

/** A way to cheat. */
export interface Cheater {
  /** In a few words, for a help text. */
  readonly does: string;
  /** How the network answers. */
  readonly caught: string;
  /** Its processes by their names; two where a worker has an accomplice. */
  readonly parts: Readonly<Record<string, CheaterPart>>;
}

/** Whoever cheats asks less than others, to be given much. */
export const CHEAP = ['--ask', '500'] as const;
/** More than jobs pay: it is given no leases, and audits all the same. */
export const AUDITS_ONLY = ['--ask', '1000000'] as const;
