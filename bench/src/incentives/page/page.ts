import { effectiveProbability, honestProfit } from '../closed-form.js';
import { probabilityOf, samplesOf } from '../rules.js';
import { ALONE, CARTEL, COST, WORTH } from '../setting.js';
import { statedMargin, termsOf } from '../strategies/catalogue.js';
import {
  type Effort,
  gains,
  mean,
  middle,
  ratios,
  type Study,
  title,
  worst,
  worstRequester,
} from '../study.js';
import { number, table, whole } from './format.js';
import { limits } from './limits.js';
import { cartelPlot, computePlot, strategyPlot } from './plots.js';
import { comparisons, decisions, strategies } from './tables.js';

/** docs/incentives.md and the plots beside it, by their file names. */
export function pageOf(
  found: Study,
  effort: Effort,
): { readonly text: string; readonly plots: Readonly<Record<string, string>> } {
  const plots = {
    'cartel.svg': cartelPlot(found),
    'strategies.svg': strategyPlot(found),
    'compute.svg': computePlot(found),
  };
  const parts = [opening, strategies, decisions, comparisons, limits];
  return { text: `${parts.flatMap((part) => part(found, effort)).join('\n')}\n`, plots };
}

function opening({ rules, now, ...found }: Study, effort: Effort): string[] {
  const { audit } = rules;
  const bad = worst(now);
  const nuisance = worstRequester(now);
  const pays = now.filter(({ strategy, runs }) => {
    const more = mean(gains({ strategy, runs, paper: 0 }));
    return more >= 0 && !strategy.harmless;
  });
  return [
    '# Cheating never pays',
    'What each way to cheat earns against honest work, simulated block by block by the rules of the protocol and computed on paper. Written by',
    `\`npm run bench -- incentives ${effort.quick ? '--quick ' : ''}--page\`, which reads the parameters from the genesis that \`dmcnd init\` writes. The same command without \`--page\` prints every figure of this page, with \`--json\` as one document;`,
    'tests compute the inequalities anew for the parameters of the chain (`npx vitest run bench/src/incentives`), so that a changed default fails until it is proved again.',
    '',
    ...table(
      ['figure', 'measured', 'goal'],
      [
        [`\`worst_cheat_over_honest\`: ${title(bad)}`, number(mean(ratios(bad))), 'below 1'],
        [
          `\`worst_requester_minus_honest\` (R an output): ${nuisance.strategy.name}`,
          number(mean(gains(nuisance)), 4),
          'below 0',
        ],
        [
          `\`wrong_accepted_per_million\`, a fifth always cheats, ${whole(effort.population)} jobs`,
          whole(middle(found.fifth, (each) => each.wrongPerMillion)),
          '1,000',
        ],
        [
          '`wrong_accepted_per_million, colluding`',
          whole(middle(found.fifthColludes, (each) => each.wrongPerMillion)),
          '1,000',
        ],
        ['`compute_over_useful`, the worst of batches of 8 to 64', number(most(found.warm), 3), '1.05'],
        [
          `\`compute_over_useful_cold\`, until each owner has ${audit.record} batches`,
          number(most(found.cold), 3),
          '1.15',
        ],
        [
          '`honest_slashed_in_outages`, 24 hours (udmc)',
          `${found.outages.reduce((sum, each) => sum + Number(each.honestSlashed), 0)}`,
          '0',
        ],
      ],
    ),
    '',
    pays.length === 0
      ? 'No strategy below pays by the parameters of the genesis. What is bounded by something else than a loss is under *What is bounded, not lost*.'
      : `**By the parameters of the genesis these still pay: ${pays.map(title).join('; ')}.**`,
    `Whoever cheats less often does less badly, and in the end as well as honest work, which it mostly is: for each unit that is made up a cartel saves ${COST} R and loses`,
    `${number(lostForEach(rules))} R on average, however thinly it spreads them.`,
    '',
    '## What is simulated',
    `60 owners with equal bond and 30 validators with equal power. R is the price of a unit at its gas limit, c = ${COST} R what honest work costs, so honest work earns ${number(1 - COST)} R. *alone*: a tenth of the owners, each for`,
    'itself. *cartel*: f = 1/3 of the bond and g = 1/3 of the proposals, next to each other; auditors match their friends, proposers give up slots that would have a friend caught. Whoever is jailed withdraws and comes back under',
    'another name with the same bond, the best that it can do. Nobody but the drawn auditors checks anything, the worst for honest work.',
    `${effort.seeds.length} seeds of ${whole(effort.jobs)} jobs of four batches of 32 units each; figures are means over the seeds. An audit costs c for each sampled unit. An output is worth ${WORTH} R to its requester.`,
    '',
    ...parameterLines(rules),
    '',
  ];
}

/** What a cartel loses on average for one wrong unit among n: each of its samples takes the whole batch. */
const lostForEach = (rules: Study['rules']): number => {
  const terms = termsOf(rules, CARTEL);
  return effectiveProbability(terms) * samplesOf(rules.audit, terms.units) * (rules.audit.bondFactor + 1);
};

/** What the page says of the parameters, and of the margins that follow from them. */
export function parameterLines(rules: Study['rules']): string[] {
  const { audit } = rules;
  const bound = (setting: typeof ALONE): number => statedMargin(rules, setting);
  const honest = honestProfit(termsOf(rules, ALONE));
  return [
    `Parameters: p = ${number(probabilityOf(rules))} after ${audit.record} matched audits and 1 before, m = ${rules.coinHeights}, k = ${samplesOf(audit, 32)} (${samplesOf(audit, 8)} below ${audit.smallBatch} units), j = ${audit.auditors}, s = ${audit.bondFactor} R, of a forfeited bond ${audit.proverBps / 100} % to the`,
    `prover and ${audit.requesterBps / 100} % to the requester. With phi = f + (1-f) l the protocol's bound \`p (1-g) (1-phi) (s+R) > c\` is ${number(bound(ALONE) * COST)} R alone and ${number(bound(CARTEL) * COST)} R for the cartel: ${number(bound(ALONE), 1)} and ${number(bound(CARTEL), 1)} times c, which leaves ${number(honest)} R.`,
  ];
}

const most = (sizes: Study['warm']): number =>
  Math.max(...sizes.map(({ runs }) => middle(runs, ({ compute }) => compute)));
