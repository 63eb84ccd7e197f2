import type { Signer } from '@dmcn/chain-client';
import { type Mortal, memoryJournal } from '@dmcn/chain-client/acting/testing';
import { deriveEncryptionKeyPair } from '@dmcn/protocol';
import { REFEREE_DEFAULTS, type RefereeOptions } from '../options.js';
import type { RefereeIdentity, RefereePorts } from '../ports.js';
import { runReferee } from '../referee.js';
import type { RefereeNotice } from '../state.js';
import { ACCOUNT, type Court, OPERATOR, VALIDATOR } from './court.js';
import { chainOf, executorOf, Runs } from './outside.js';

/** What outlives a process. */
export interface World {
  readonly court: Court;
  readonly disk: Map<string, Uint8Array>;
  readonly runs: Runs;
}

export const newWorld = (court: Court): World => ({ court, disk: new Map(), runs: new Runs() });

export interface LifeOptions extends Partial<RefereeOptions> {
  readonly notices?: RefereeNotice[];
  /** Milliseconds that a unit takes. */
  readonly unitMs?: number;
  /** Makes something of the outside fail. */
  readonly alter?: (ports: RefereePorts) => Partial<RefereePorts>;
}

const signerOf = (address: string): Signer => ({
  address,
  publicKey: new Uint8Array(33),
  sign: async (it) => it,
});

export const identityOf = async (): Promise<RefereeIdentity> => ({
  validator: VALIDATOR,
  operator: OPERATOR,
  signer: signerOf(ACCOUNT),
  encryption: await deriveEncryptionKeyPair(new Uint8Array(32).fill(7)),
});

/** One process of a referee, from its start until `end`, or until it dies. */
export async function live(
  { court, disk, runs }: World,
  mortal: Mortal,
  end: AbortSignal,
  { notices = [], unitMs, alter, ...options }: LifeOptions = {},
): Promise<void> {
  const real: RefereePorts = {
    chain: chainOf(court, mortal),
    journal: memoryJournal(disk, mortal),
    executor: executorOf(runs, mortal, unitMs),
  };
  const death = new AbortController();
  void mortal.death.then(() => death.abort());
  const hooks = {
    onState: () => {},
    onNotice: (notice: RefereeNotice) => notices.push(notice),
    stop: AbortSignal.any([end, death.signal]),
  };
  const identity = await identityOf();
  const work = runReferee(
    identity,
    { ...real, ...alter?.(real) },
    { ...REFEREE_DEFAULTS, ...options },
    hooks,
  );
  await Promise.race([work, mortal.death]);
}

/** Makes a block every millisecond until the signal aborts. */
export async function passTime({ court }: World, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    court.makeBlock();
  }
}

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}
