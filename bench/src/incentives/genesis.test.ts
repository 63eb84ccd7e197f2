import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { before } from './before.js';
import { defaultGenesis, type GenesisParams, rulesOf } from './genesis.js';
import { parameterLines } from './page/page.js';
import { probabilityOf, type Rules } from './rules.js';
import { ALONE, CARTEL } from './setting.js';
import { STRATEGIES, statedMargin } from './strategies/catalogue.js';

/** What still pays by the parameters of the genesis. The page says so; whoever changes the genesis changes this list and the page. */
const STILL_PAYS: readonly string[] = [];

/** Prices a unit by which a cheat has to do worse, and a requester that is a nuisance. */
const MARGIN = 0.05;
const LEAST = 0.002;

let genesis: GenesisParams;
let rules: Rules;

beforeAll(async () => {
  genesis = await defaultGenesis();
  rules = rulesOf(genesis);
}, 60_000);

describe('by the parameters of the genesis', () => {
  it('every strategy loses on paper, but for those that the page names', () => {
    const pays = STRATEGIES.filter(
      (each) =>
        !each.harmless && each.paper(rules) > each.honest(rules) - (each.per === 'output' ? LEAST : MARGIN),
    );
    expect(pays.map(({ name, setting }) => `${name} (${setting.name})`)).toEqual(STILL_PAYS);
  });

  it.each(STRATEGIES.filter(({ ended }) => ended !== undefined).map((each) => [each.name, each] as const))(
    'the decision that ends it is needed: %s',
    (_, strategy) => {
      const without = before(rules, strategy.ended ?? '');
      const pays = STRATEGIES.filter(
        ({ name, paper, honest }) => name === strategy.name && paper(without) > honest(without),
      );
      expect(pays).not.toEqual([]);
    },
  );

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
