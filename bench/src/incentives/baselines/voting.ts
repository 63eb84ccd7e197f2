import { below, uniform } from '../sim/random.js';

/** How others check results. No bond is at stake in any of them: a refused result is not paid. */
export interface Baseline {
  readonly name: string;
  /** Results that a unit asks for first, given how many valid ones in a row its first host has had. */
  first(consecutive: number, chance: number): number;
  /** Equal results that make one valid. */
  quorum(first: number): number;
}

/** Consecutive valid results from which on BOINC may trust a host with an unreplicated job. */
const UNREPLICATED = 10;

/**
 * BOINC's adaptive replication by its own rules: a host with fewer than 10 valid results in a row is never trusted, another one with
 * probability 1 - 1/CV; a job of a host that is not trusted gets a second result, and further ones until two agree. CV grows with
 * each replicated job that is valid and is zeroed by one that is not.
 */
export const BASELINES: readonly Baseline[] = [
  { name: 'no checks', first: () => 1, quorum: () => 1 },
  { name: '2x replication', first: () => 2, quorum: () => 2 },
  { name: '3x replication with voting', first: () => 3, quorum: () => 2 },
  {
    name: "BOINC's adaptive replication",
    first: (consecutive, chance) => (consecutive >= UNREPLICATED && chance > 1 / consecutive ? 1 : 2),
    quorum: (first) => first,
  },
];

/** Who cheats: a share of hosts, from the start or after ten paid results in a row, whose wrong results agree or not. */
export interface Cheaters {
  readonly share: number;
  readonly sleep: boolean;
  readonly agree: boolean;
}

export interface BaselineOutcome {
  readonly wrongPerMillion: number;
  readonly compute: number;
  /** Profit a unit, in prices: a result is paid once it is valid. */
  readonly cheat: number;
  readonly honest: number;
}

interface Host {
  readonly id: number;
  readonly cheats: boolean;
  consecutive: number;
  /** Paid results in a row. */
  streak: number;
  pay: number;
  cost: number;
  units: number;
}

const MOST_RESULTS = 12;

/** Runs units through a baseline. Every result of a valid unit that equals the canonical one is paid its price. */
export function runBaseline(
  { first, quorum }: Baseline,
  { share, sleep, agree }: Cheaters,
  { hosts: count, units, cost, seed }: { hosts: number; units: number; cost: number; seed: number },
): BaselineOutcome {
  const hosts = Array.from({ length: count }, (_, id): Host => {
    return { id, cheats: id < count * share, consecutive: 0, streak: 0, pay: 0, cost: 0, units: 0 };
  });
  let executed = 0;
  let wrong = 0;
  let valid = 0;
  for (let unit = 0; unit < units; unit += 1) {
    const chosen: Host[] = [];
    const results: number[] = [];
    const send = (): void => {
      for (let t = 0; ; t += 1) {
        const host = hosts[below(count, uniform(seed, 'draw', unit, chosen.length, t))];
        if (host === undefined || chosen.includes(host)) continue;
        chosen.push(host);
        const lies = host.cheats && (!sleep || host.streak >= UNREPLICATED);
        host.units += 1;
        host.cost += lies ? 0 : cost;
        executed += lies ? 0 : 1;
        results.push(lies ? (agree ? 1 : 2 + host.id) : 0);
        return;
      }
    };
    send();
    const wanted = first(chosen[0]?.consecutive ?? 0, uniform(seed, 'chance', unit));
    while (results.length < wanted) send();
    let canonical = agreed(results, quorum(wanted));
    while (canonical === undefined && results.length < MOST_RESULTS) {
      send();
      canonical = agreed(results, quorum(wanted));
    }
    if (canonical === undefined) continue;
    valid += 1;
    wrong += canonical === 0 ? 0 : 1;
    chosen.forEach((host, i) => {
      const right = results[i] === canonical;
      host.pay += right ? 1 : 0;
      host.streak = right ? host.streak + 1 : 0;
      if (wanted > 1) host.consecutive = right ? host.consecutive + 1 : 0;
    });
  }
  const mean = (cheats: boolean): number => {
    const some = hosts.filter((host) => host.cheats === cheats);
    const sum = (of: (host: Host) => number): number => some.reduce((total, host) => total + of(host), 0);
    return sum(({ pay, cost: spent }) => pay - spent) / sum(({ units: done }) => done);
  };
  return {
    wrongPerMillion: (wrong / valid) * 1e6,
    compute: executed / valid,
    cheat: mean(true),
    honest: mean(false),
  };
}

/** The result that enough others equal. */
function agreed(results: readonly number[], quorum: number): number | undefined {
  return results.find((each) => results.filter((other) => other === each).length >= quorum);
}
