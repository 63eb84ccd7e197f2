import { rmSync } from 'node:fs';
import { stopParts } from './down.js';
import { DEVNET_CHAIN_ID, type GenesisAccount, initChain } from './genesis.js';
import { checkOptions, type DevnetOptions } from './options.js';
import { addressesOf, stagesOf } from './parts.js';
import { refuseUnusablePorts } from './ports.js';
import { isAlive, PartFailedError, type RunningPart, startPart } from './process.js';
import { type DevnetState, readState, removeState, writeState } from './state.js';

/** A devnet that answers. */
export interface Devnet {
  readonly state: DevnetState;
  /** Rejects with PartFailedError once the last validator has ended. Other parts that end are told and go missing. */
  readonly broken: Promise<never>;
  /** Stops all parts, whoever depends on another one first. */
  stop(): Promise<void>;
}

export interface DevnetHooks {
  /** Makes or reads the keys of the devnet and returns the accounts that the genesis funds. */
  readonly accounts: () => Promise<readonly GenesisAccount[]>;
  /** Makes the keys of the referees, once the validators' homes are there. */
  readonly referees: () => Promise<void>;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Starts a network of all parts on this machine and resolves once everything answers. A home that was used before goes
 * on where it stopped. What was started is stopped again when something fails.
 */
export async function devnetUp(options: DevnetOptions, hooks: DevnetHooks): Promise<Devnet> {
  checkOptions(options);
  refuseSecond(options.home);
  await refuseUnusablePorts(options);
  if (options.fresh) rmSync(options.home, { recursive: true, force: true });

  const started: RunningPart[] = [];
  const record = (): DevnetState => {
    const processes = started.map(({ role, name, pid }) => ({ role, name, pid }));
    const state = { chainId: DEVNET_CHAIN_ID, ...addressesOf(options), supervisor: process.pid, processes };
    writeState(options.home, state);
    return state;
  };
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await stopParts(started);
    removeState(options.home);
  };
  record();
  try {
    await initChain(options, await hooks.accounts());
    await hooks.referees();
    for (const stage of stagesOf(options)) {
      hooks.progress(`starting ${stage.map(({ name }) => name).join(', ')}`);
      const starting = stage.map(async (part) => {
        started.push(await startPart(part, hooks.signal));
        record();
      });
      const outcomes = await Promise.allSettled(starting);
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const broken = lastValidatorEnds(started, (part, outcome) => {
    if (!stopping) hooks.progress(`${part.name} ended with ${outcome}, see ${part.log}; the rest goes on`);
  });
  broken.catch(() => {});
  return { state: record(), broken, stop };
}

/** Tells of each part that ends, and rejects once no validator is left. */
async function lastValidatorEnds(
  parts: readonly RunningPart[],
  onEnd: (part: RunningPart, outcome: number | NodeJS.Signals) => void,
): Promise<never> {
  const ends = parts.map(async (part) => {
    const outcome = await part.ended;
    onEnd(part, outcome);
    return { part, outcome };
  });
  const validators = await Promise.all(ends.filter((_, i) => parts[i]?.role === 'validator'));
  const names = validators.map(({ part }) => part.name).join(', ');
  throw new PartFailedError(
    names,
    `ended with ${validators.at(-1)?.outcome}`,
    validators.at(-1)?.part.log ?? '',
  );
}

function refuseSecond(home: string): void {
  const state = readState(home);
  if (state === undefined) return;
  if (isAlive(state.supervisor) || state.processes.some(({ pid }) => isAlive(pid))) {
    throw new Error(
      `a devnet runs in ${home} already; stop it with "dmcn devnet down" or choose another --home`,
    );
  }
  removeState(home);
}
