import { type Rules, samplesOf } from './rules.js';

/** What the inequality speaks of. Money in prices of a unit, R = 1. */
export interface Terms {
  readonly rules: Rules;
  /** n. */
  readonly units: number;
  /** c, the honest cost of a unit. */
  readonly cost: number;
  /** f: share of the bond of all others that colludes with the worker. */
  readonly colluding: number;
  /** l: share of the other auditors that copy what is leaked to them. */
  readonly lazy: number;
  /** g: share of proposals that collude. */
  readonly byzantine: number;
}

/** s, the bond of a unit. */
export const bondOf = ({ rules }: Terms): number => rules.audit.bondFactor;

/** phi = f + (1 - f) l: the share of auditors that match whatever the worker says. */
export const friendly = ({ colluding: f, lazy: l }: Terms): number => f + (1 - f) * l;

/**
 * The probability that a wrong batch of a worker with a record meets an honest auditor: at each of the m heights the coin hits and
 * finds one with probability q (1-g) (1-phi), as a byzantine proposer gives such a slot up, and finds a friend with q phi, which ends
 * the window too. It is a little above p (1-g) (1-phi).
 */
export function caughtWithRecord(terms: Terms): number {
  const { audit, coinHeights } = terms.rules;
  const bad = audit.chanceAHeight * (1 - terms.byzantine) * (1 - friendly(terms));
  const any = bad + audit.chanceAHeight * friendly(terms);
  return (1 - (1 - any) ** coinHeights) * (bad / any);
}

/** The probability that it is selected and meets a friend alone. */
export function metFriend(terms: Terms): number {
  return (caughtWithRecord(terms) * friendly(terms)) / ((1 - terms.byzantine) * (1 - friendly(terms)));
}

/** A newcomer's coin is certain, so its wrong batch meets an honest auditor unless it meets a friend. */
export const caughtCertainly = (terms: Terms): number =>
  ((1 - terms.byzantine) * (1 - terms.colluding)) /
  ((1 - terms.byzantine) * (1 - terms.colluding) + terms.colluding);

/** What is left of that where the coin hits at the first height, and all friends propose before anybody else does. */
export const caughtForeseen = (terms: Terms, validators: number): number =>
  terms.rules.audit.certainChance < 1
    ? caughtCertainly(terms)
    : (1 - terms.colluding) ** (1 + validators * terms.byzantine);

/** As `caughtWithRecord`, where the window begins with the first turn of the friends, who propose one after the other. */
export function caughtTimed(terms: Terms, validators: number): number {
  const { audit, coinHeights } = terms.rules;
  let open = 1;
  let caught = 0;
  for (let i = 0; i < coinHeights; i += 1) {
    const friends = i % validators < validators * terms.byzantine;
    const bad = friends ? 0 : audit.chanceAHeight * (1 - friendly(terms));
    caught += open * bad;
    open *= 1 - bad - audit.chanceAHeight * friendly(terms);
  }
  return caught;
}

/** The same bound as the protocol states it: p (1-g) (1-phi). */
export function effectiveProbability(terms: Terms): number {
  const { audit, coinHeights } = terms.rules;
  const p = 1 - (1 - audit.chanceAHeight) ** coinHeights;
  return p * (1 - terms.byzantine) * (1 - friendly(terms));
}

/** The probability that k samples meet at least one of x wrong units of n. */
export function sampled(rules: Rules, units: number, wrong: number): number {
  const k = samplesOf(rules.audit, units);
  let miss = 1;
  for (let i = 0; i < k; i += 1) miss *= Math.max(0, units - wrong - i) / (units - i);
  return 1 - miss;
}

export const honestProfit = ({ cost }: Terms): number => 1 - cost;

/** Profit a unit of a worker that makes up x of the n leaves of each batch, and is caught by an audit with probability q. */
export function cheatProfit(terms: Terms, wrong: number, q: number): number {
  const { units, cost } = terms;
  const caught = q * sampled(terms.rules, units, wrong);
  return (1 - caught) * 1 - caught * bondOf(terms) - cost * ((units - wrong) / units);
}

/** Over one life of a sleeper: `honest` batches for the record, then 1/q wrong ones, the last of which is caught. */
export function sleeperProfit(terms: Terms, honest: number, q: number): number {
  const wrong = 1 / q;
  return (honest * honestProfit(terms) + wrong * cheatProfit(terms, terms.units, q)) / (honest + wrong);
}

/** Profit an audit of whoever posts something made up that is right with probability r for each of k samples. */
export function guessProfit(right: number, samples: number, fee: number, deposit: number): number {
  const all = right ** samples;
  return all * fee - (1 - all) * deposit;
}

/** Profit a unit of a cheater that pays each honest auditor what it would have got for the proof. */
export function bribeProfit(terms: Terms): number {
  const bounty = (terms.rules.audit.proverBps / 10_000) * bondOf(terms);
  return 1 - caughtWithRecord(terms) * bounty;
}

/**
 * What refusing is worth more than matching to an auditor of a worker that would not open: the part of the bond less the fee
 * that was paid out of it, and the k executions.
 */
export function threatPrice(terms: Terms, fee: number): number {
  const { audit } = terms.rules;
  const part = (audit.withheldProverBps / 10_000) * (bondOf(terms) * terms.units - fee);
  return Math.max(0, part - samplesOf(audit, terms.units) * terms.cost);
}

/**
 * Profit a unit, audits included, of a cartel that works honestly and whose openers show the keys of others. Its auditors
 * copy what is shown and what friends say.
 */
export function framingProfit(terms: Terms, fee: number): number {
  const { rules, units, cost, colluding: f, byzantine: g } = terms;
  const p = 1 - (1 - rules.audit.chanceAHeight) ** rules.coinHeights;
  const shown = 1 - (1 - g) ** 2;
  const executed = fee - samplesOf(rules.audit, units) * cost;
  const known = rules.audit.shownKey.costs ? p : shown > 0 ? 1 : p;
  const framed = f * fee - (rules.audit.shownKey.costs ? fee : 0);
  const others = ((1 - f) / f) * (shown * framed + (1 - shown) * known * f * executed);
  return honestProfit(terms) + (others + p * f * fee) / units;
}

/** The same, of a cartel whose openers show nothing and tell their friends among the auditors. */
export function peekingProfit(terms: Terms, fee: number): number {
  const { rules, units, cost, colluding: f, byzantine: g } = terms;
  const p = 1 - (1 - rules.audit.chanceAHeight) ** rules.coinHeights;
  const told = 1 - (1 - g) ** 2;
  const others = ((1 - f) / f) * p * f * (fee - (1 - told) * samplesOf(rules.audit, units) * cost);
  return honestProfit(terms) + (others + p * f * fee) / units;
}

/** Of audits of right batches what share may be wrong until copying them loses: `w (deposit + b n s) > k c`. */
export function peekingLimit(terms: Terms, deposit: number): number {
  const { audit } = terms.rules;
  const lost = deposit + (audit.proverBps / 10_000) * bondOf(terms) * terms.units;
  return (samplesOf(audit, terms.units) * terms.cost) / lost;
}

/** The least share l of lazy auditors with which whole-batch fraud pays as well as honest work, at these f and g. */
export function lazyLimit(terms: Terms): number {
  const needed = terms.cost / (bondOf(terms) + 1);
  const p = effectiveProbability({ ...terms, lazy: 0 });
  return 1 - needed / p;
}
