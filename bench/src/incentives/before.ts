import type { AuditRules, Rules } from './rules.js';

/** Decisions of docs/adr that end a way to cheat, by their numbers, and what was the rule before. */
const FORMER: Readonly<Record<string, Partial<AuditRules>>> = {
  '0024': { certainChance: 1 },
  '0025': { proverBps: 3_000, withheldProverBps: 3_000 },
  '0026': { shownKey: { audited: false, costs: false } },
  '0027': { withheldProverBps: 0 },
  '0028': { shownKey: { audited: true, costs: false } },
  '0029': { unpostedCosts: false },
};

/** The rules without one decision. Throws `RangeError` for a number that is none of them. */
export function before(rules: Rules, decision: string): Rules {
  const former = FORMER[decision];
  if (former === undefined) throw new RangeError(`no decision ${decision} changes what cheating earns`);
  return { ...rules, audit: { ...rules.audit, ...former } };
}
