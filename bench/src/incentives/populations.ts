import type { Rules } from './rules.js';
import { BOND, COST, honestParty, OWNERS, TERMS, VALIDATORS } from './setting.js';
import type { JobTerms } from './sim/terms.js';
import type { Outage, Party, Scenario } from './sim/types.js';
import { always, honest, sleeper } from './strategies/behaviours.js';

const base = (rules: Rules, seed: number, jobs: number): Omit<Scenario, 'parties'> => ({
  ...{ rules, seed, jobs, terms: TERMS, spacing: 1, validators: VALIDATORS, byzantine: 0 },
  ...{ requester: { name: 'usual' }, cost: (TERMS.maxPrice * BigInt(COST * 100)) / 100n },
});

/** A fifth of the owners makes up everything, and does not come back from a tombstone. Jobs of one batch. */
export function fifthCheats(rules: Rules, seed: number, jobs: number, colludes: boolean): Scenario {
  const cheats: Party = { name: 'cheat', behaviour: always, owners: OWNERS / 5, bond: BOND, colludes };
  const terms = { ...TERMS, units: TERMS.batchSize };
  return { ...base(rules, seed, jobs), terms, parties: [honestParty((OWNERS * 4) / 5), cheats] };
}

/** Honest owners only, with a record or without, and batches of n units. */
export function honestOnly(
  rules: Rules,
  seed: number,
  batches: number,
  units: number,
  record: number,
): Scenario {
  const terms: JobTerms = { ...TERMS, batchSize: units, units };
  const party = { ...honestParty(OWNERS), record };
  return { ...base(rules, seed, batches), terms, spacing: 1, parties: [party] };
}

/** Blocks of 24 hours. */
const DAY = 28_800;

/** A day of outages: each worker is away for some hours, a third of them at once for four, and the chain makes no block for one. */
export function dayOfOutages(rules: Rules, seed: number): Scenario {
  const single = Array.from({ length: 24 }, (_, hour): Outage => {
    const from = (hour * DAY) / 24;
    return { from, to: from + DAY / 6, workers: 0.1, key: seed * 100 + hour };
  });
  const outages: Outage[] = [
    ...single,
    { from: DAY / 3, to: DAY / 2, workers: 1 / 3, key: seed * 100 + 50 },
    { from: (DAY * 2) / 3, to: (DAY * 17) / 24, workers: 'chain', key: 0 },
  ];
  const party: Party = { name: 'honest', behaviour: honest, owners: OWNERS, bond: BOND };
  return {
    ...base(rules, seed, DAY / 16),
    spacing: 16,
    byzantine: VALIDATORS / 3,
    outages,
    parties: [party],
  };
}

/** Honest workers whose keys byzantine openers put on chain. */
export function framed(rules: Rules, seed: number, jobs: number): Scenario {
  return {
    ...base(rules, seed, jobs),
    byzantine: VALIDATORS / 3,
    showKeys: true,
    parties: [honestParty(OWNERS)],
  };
}

/** A fifth of the owners sleeps until its coin is uncertain; whoever is caught comes back under another name. */
export function fifthSleeps(rules: Rules, seed: number, jobs: number): Scenario {
  const cheats: Party = {
    name: 'cheat',
    behaviour: sleeper,
    owners: OWNERS / 5,
    bond: BOND,
    colludes: true,
    returns: true,
  };
  const terms = { ...TERMS, units: TERMS.batchSize };
  return { ...base(rules, seed, jobs), terms, parties: [honestParty((OWNERS * 4) / 5), cheats] };
}
