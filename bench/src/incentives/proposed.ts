import type { Rules } from './rules.js';

/**
 * The rules with what docs/adr/0024 and 0025 decide. Where the genesis has it already, nothing changes.
 */
export function proposed(rules: Rules): Rules {
  const { audit, coinHeights } = rules;
  return {
    ...rules,
    audit: {
      ...audit,
      certainChance: Math.min(audit.certainChance, 1 - (1 - 0.99) ** (1 / coinHeights)),
      proverBps: Math.max(audit.proverBps, 5_000),
    },
  };
}
