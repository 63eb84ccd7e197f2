import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { guessProfit, honestProfit } from './closed-form.js';
import { defaultGenesis, type GenesisParams, rulesOf } from './genesis.js';
import { parameterLines } from './page/page.js';
import { proposed } from './proposed.js';
import { probabilityOf, type Rules } from './rules.js';
import { ALONE, CARTEL, COST } from './setting.js';
import { STRATEGIES, statedMargin, termsOf } from './strategies/catalogue.js';

/** What still pays by the parameters of the genesis. The page says so; whoever changes the genesis changes this list and the page. */
const STILL_PAYS = ['newcomer that waits for the turns of its friends (cartel)', 'bribed auditors (cartel)'];

let genesis: GenesisParams;
let rules: Rules;

beforeAll(async () => {
  genesis = await defaultGenesis();
  rules = rulesOf(genesis);
}, 60_000);

/** What honest work earns where a strategy has its chance, in prices. */
function honest(per: 'unit' | 'audit'): number {
  if (per === 'unit') return honestProfit(termsOf(rules, ALONE));
  return guessProfit(1, rules.audit.samples, 1.3 * rules.audit.samples, 0) - rules.audit.samples * COST;
}

describe('by the parameters of the genesis', () => {
  it('every strategy loses on paper, but for those that the page names', () => {
    const pays = STRATEGIES.filter((each) => each.paper(rules) >= honest(each.per) - 0.05);
    expect(pays.map(({ name, setting }) => `${name} (${setting.name})`)).toEqual(STILL_PAYS);
  });

  it('every strategy loses on paper with what was decided since', () => {
    const decided = proposed(rules);
    for (const each of STRATEGIES)
      expect(each.paper(decided), each.name).toBeLessThan(honest(each.per) - 0.05);
  });

  it('whole-batch fraud costs a cartel of a third at least 2.5 times what it saves', () => {
    expect(statedMargin(rules, CARTEL)).toBeGreaterThan(2.5);
    expect(statedMargin(rules, ALONE)).toBeGreaterThan(6);
  });

  it('the page tells these parameters and margins', async () => {
    const page = await readFile(
      fileURLToPath(new URL('../../../docs/incentives.md', import.meta.url)),
      'utf8',
    );
    for (const line of parameterLines(rules)) expect(page).toContain(line);
  });
});

describe('rules', () => {
  it('have the coin of the thresholds, and the usual one where they are 0', () => {
    const of = (threshold: string): number =>
      probabilityOf(rulesOf({ ...genesis, task: { ...genesis.task, coin_threshold_2000: threshold } }));
    expect(of('0')).toBeCloseTo(0.2, 9);
    expect(of((2n ** 63n).toString())).toBeCloseTo(1, 9);
  });

  it('need every parameter', () => {
    expect(() => rulesOf({ ...genesis, worker: {} })).toThrow(/the genesis has no number lot/);
  });
});
