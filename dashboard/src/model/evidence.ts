import type { UnitStatus } from '../api/types.js';

/** The outcome of a unit as somebody claims it. */
export interface Leaf {
  readonly status: UnitStatus;
  readonly exitCode: number;
  readonly gas: string;
  readonly outputHash: string;
}

interface Vote {
  readonly power: string;
  readonly leaf: Leaf | null;
}

/** One outcome with all who claim it. */
export interface Claim {
  readonly leaf: Leaf;
  readonly worker: boolean;
  readonly votes: number;
  readonly power: bigint;
}

const keyOf = ({ status, exitCode, gas, outputHash }: Leaf): string =>
  `${status} ${exitCode} ${gas} ${outputHash}`;

/** The claims about a unit: the worker's first, then those of referees, the most power first. */
export function claimsOf(worker: Leaf, votes: readonly Vote[]): readonly Claim[] {
  const claims = new Map<string, Claim>([
    [keyOf(worker), { leaf: worker, worker: true, votes: 0, power: 0n }],
  ]);
  for (const { leaf, power } of votes) {
    if (!leaf) continue;
    const claim = claims.get(keyOf(leaf)) ?? { leaf, worker: false, votes: 0, power: 0n };
    claims.set(keyOf(leaf), { ...claim, votes: claim.votes + 1, power: claim.power + BigInt(power) });
  }
  const [own, ...others] = claims.values();
  const byPower = (one: Claim, other: Claim) =>
    one.power < other.power ? 1 : one.power > other.power ? -1 : 0;
  return own ? [own, ...others.sort(byPower)] : [];
}

/** Whether two leaves are the same. */
export const sameLeaf = (one: Leaf, other: Leaf): boolean => keyOf(one) === keyOf(other);
