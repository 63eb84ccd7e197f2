import { JOB_DEFAULTS } from '@dmcn/requester';
import type { Rules } from './rules.js';
import type { JobTerms } from './sim/terms.js';
import type { Behaviour, Party, Scenario } from './sim/types.js';
import { honest } from './strategies/behaviours.js';

/** Who stands behind a strategy. */
export interface Setting {
  readonly name: 'alone' | 'cartel';
  /** Of 60 owners. */
  readonly owners: number;
  readonly colludes: boolean;
  /** Of 30 validators. */
  readonly byzantine: number;
}

export const OWNERS = 60;
export const VALIDATORS = 30;

/** A tenth of the owners, each for itself. */
export const ALONE: Setting = { name: 'alone', owners: 6, colludes: false, byzantine: 0 };

/** A third of the bond and a third of the proposals. */
export const CARTEL: Setting = { name: 'cartel', owners: 20, colludes: true, byzantine: 10 };

/** A unit as a requester asks for one that chooses nothing, and that takes its whole gas limit. */
export const TERMS: JobTerms = {
  units: 128,
  batchSize: JOB_DEFAULTS.batchSize,
  gasLimit: JOB_DEFAULTS.gasLimit,
  gas: JOB_DEFAULTS.gasLimit,
  maxPrice: JOB_DEFAULTS.maxPrice,
};

/** c / R: four fifths of the price are cost. The higher, the more a cheat saves and the less an honest worker earns. */
export const COST = 0.8;

/** What a right output is worth to its requester, in prices: a little more than it costs. */
export const WORTH = 1.25;

/** Enough that bond never keeps a worker from an offer (udmc). */
export const BOND = 200_000_000n;

export const honestParty = (owners: number): Party => ({
  name: 'honest',
  behaviour: honest,
  owners,
  bond: BOND,
  record: 10,
});

/** Honest owners and those of a strategy, and jobs for both. */
export function scenarioOf(
  rules: Rules,
  setting: Setting,
  behaviour: Behaviour,
  jobs: number,
  seed: number,
): Scenario & { readonly parties: readonly [Party, Party] } {
  const cheat: Party = {
    ...{ name: 'cheat', behaviour, owners: setting.owners, bond: BOND },
    ...{ colludes: setting.colludes, returns: true },
  };
  return {
    ...{ rules, seed, terms: TERMS, jobs, spacing: 4, validators: VALIDATORS, byzantine: setting.byzantine },
    parties: [honestParty(OWNERS - setting.owners), cheat],
    requester: { name: 'usual' },
    cost: (TERMS.maxPrice * BigInt(COST * 100)) / 100n,
  };
}
