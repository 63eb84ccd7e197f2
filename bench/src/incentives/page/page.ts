import { median } from '../../report.js';
import {
  caughtWithRecord,
  cheatProfit,
  effectiveProbability,
  honestProfit,
  lazyLimit,
} from '../closed-form.js';
import { proposed } from '../proposed.js';
import { probabilityOf, samplesOf } from '../rules.js';
import { ALONE, CARTEL, COST } from '../setting.js';
import { termsOf } from '../strategies/catalogue.js';
import {
  afterDecisions,
  type Effort,
  mean,
  middle,
  type Played,
  ratios,
  type Study,
  worst,
} from '../study.js';
import { bars, plot, type Series } from './plot.js';

/** docs/incentives.md and the plots beside it, by their file names. */
export function pageOf(
  found: Study,
  effort: Effort,
): { readonly text: string; readonly plots: Readonly<Record<string, string>> } {
  const plots = { 'cartel.svg': cartelPlot(found), 'strategies.svg': strategyPlot(found) };
  return { text: `${[...opening(found, effort), ...tables(found), ...limits(found)].join('\n')}\n`, plots };
}

const number = (value: number, digits = 2): string => value.toFixed(digits);
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map((_, i) => (i === 0 ? '---' : '---:')).join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

function opening({ rules, now, ...found }: Study, effort: Effort): string[] {
  const { audit } = rules;
  const bad = worst(now);
  const good = worst(afterDecisions({ rules, now, ...found }));
  return [
    '# Cheating never pays',
    'What each way to cheat earns against honest work, simulated block by block by the rules of the protocol and computed on paper. Written by',
    `\`npm run bench -- incentives ${effort.quick ? '--quick ' : ''}--page\`, which reads the parameters from the genesis that \`dmcnd init\` writes; tests compute the inequalities anew for them`,
    '(`npx vitest run bench/src/incentives`).',
    '',
    '| figure | measured | goal |',
    '| --- | ---: | ---: |',
    `| \`worst_cheat_over_honest\`: ${title(bad)} | ${number(mean(ratios(bad)))} | below 1 |`,
    `| ... as decided in ADR 0024 and 0025: ${title(good)} | ${number(mean(ratios(good)))} | below 1 |`,
    `| \`wrong_accepted_per_million\`, a fifth always cheats, ${whole(effort.population)} jobs | ${whole(middle(found.fifth, (each) => each.wrongPerMillion))} | 1,000 |`,
    `| ... and colludes | ${whole(middle(found.fifthColludes, (each) => each.wrongPerMillion))} | 1,000 |`,
    `| \`compute_over_useful\`, the worst of batches of 8 to 64 | ${number(most(found.warm), 3)} | 1.05 |`,
    `| \`compute_over_useful_cold\`, until each owner has ${audit.record} batches | ${number(most(found.cold), 3)} | 1.15 |`,
    `| honest owners slashed in 24 hours of outages (udmc) | ${found.outages.reduce((sum, each) => sum + Number(each.honestSlashed), 0)} | 0 |`,
    '',
    ...(mean(ratios(bad)) < 1
      ? []
      : [
          '**By the parameters of the genesis as they are, some strategies still pay** (red in the plot and marked below). The rules that make them lose are decided in',
          '[0024](adr/0024-certain-coin-at-an-unforeseen-height.md) and [0025](adr/0025-half-of-a-forfeited-bond-to-the-prover.md), and simulated beside.',
          '',
        ]),
    '## What is simulated',
    `60 owners with equal bond and 30 validators with equal power. R is the price of a unit at its gas limit, c = ${COST} R what honest work costs, so honest work earns ${number(1 - COST)} R.`,
    `*alone*: a tenth of the owners, each for itself. *cartel*: f = 1/3 of the bond and g = 1/3 of the proposals, next to each other; auditors match their friends, proposers give up`,
    'slots that would have a friend caught. Whoever is jailed withdraws and comes back under another name with the same bond, the best that it can do. Nobody but the drawn auditors checks anything,',
    `the worst for honest work. ${effort.seeds.length} seeds of ${whole(effort.jobs)} jobs of four batches of 32 units each; figures are means over the seeds. An audit costs c for each sampled unit.`,
    '',
    ...parameterLines(rules),
    '',
  ];
}

/** What the page says of the parameters, and of the margins that follow from them. */
export function parameterLines(rules: Study['rules']): string[] {
  const { audit } = rules;
  return [
    `Parameters: p = ${number(probabilityOf(rules))} after ${audit.record} matched audits and 1 before, m = ${rules.coinHeights}, k = ${samplesOf(audit, 32)} (${samplesOf(audit, 8)} below ${audit.smallBatch} units), j = ${audit.auditors}, s = ${audit.bondFactor} R, of a forfeited bond ${audit.proverBps / 100} % to the`,
    `prover and ${audit.requesterBps / 100} % to the requester. With phi = f + (1-f) l the protocol's bound \`p (1-g) (1-phi) (s+R) > c\` is ${number(bound(rules, ALONE) * COST)} R alone and ${number(bound(rules, CARTEL) * COST)} R for the cartel: ${number(bound(rules, ALONE), 1)} and ${number(bound(rules, CARTEL), 1)} times c.`,
  ];
}

const most = (sizes: Study['warm']): number =>
  Math.max(...sizes.map(({ runs }) => middle(runs, ({ compute }) => compute)));

const bound = (rules: Study['rules'], setting: typeof ALONE): number => {
  const terms = termsOf(rules, setting);
  return (effectiveProbability(terms) * (rules.audit.bondFactor + 1)) / terms.cost;
};

const title = ({ strategy }: Played): string => `${strategy.name} (${strategy.setting.name})`;

function tables(found: Study): string[] {
  const row = (played: Played, suffix = ''): string[] => {
    const { strategy, runs, paper } = played;
    const cheat = mean(runs.map((each) => each.cheat));
    const honest = mean(runs.map((each) => each.honest));
    const blocks = runs.flatMap(({ caughtBlocks }) => caughtBlocks);
    const batches = runs.flatMap(({ caughtBatches }) => caughtBatches);
    return [
      `${cheat >= honest ? '**pays:** ' : ''}${strategy.name}${suffix}`,
      ...[strategy.setting.name, strategy.per, number(cheat), number(paper), number(honest)],
      whole(mean(runs.map((each) => each.wrongPerMillion))),
      number((mean(runs.map((each) => each.compute)) - 1) * 100, 1),
      blocks.length === 0 ? '' : `${whole(median(batches))} / ${whole(median(blocks))}`,
      `\`${strategy.inequality}\``,
    ];
  };
  const compare = ({
    wrongPerMillion,
    compute,
    cheat,
    honest,
  }: Study['baselines'][number]['agree']): string[] => [
    whole(wrongPerMillion),
    number((compute - 1) * 100, 1),
    number(cheat / honest, 2),
  ];
  const own = (runs: Study['fifth']): string[] => [
    whole(middle(runs, (each) => each.wrongPerMillion)),
    number((middle(runs, (each) => each.compute) - 1) * 100, 1),
    number(middle(runs, ({ cheat, honest }) => cheat / honest)),
  ];
  return [
    '## Each strategy',
    'Profit in prices R for each unit leased (or audit posted): simulated, on paper, and of the honest ones in the same run. Wrong units of a million accepted; extra compute in percent of the useful one (units that',
    'were made up cost nothing, so it can be negative); the median of wrong batches and blocks from the first wrong commit to the verdict. `npm run bench -- incentives` prints each.',
    '',
    '![profits](incentives/strategies.svg)',
    '',
    ...table(
      [
        'strategy',
        'who',
        'per',
        'simulated',
        'paper',
        'honest',
        'wrong / 10^6',
        'extra %',
        'batches / blocks until caught',
        'it loses because',
      ],
      [...found.now.map((each) => row(each)), ...found.decided.map((each) => row(each, ', as decided'))],
    ),
    '',
    'Dust sybils have no slot: owners below one lot are never drawn. A framing opener gains nothing; what it costs others is under *What is bounded, not lost*. A griefing requester: a demanded output costs it the',
    'deposit, which goes to whoever posts the output; inputs that cannot be fetched cost it the time until its deadline and workers one failed fetch, without a lapse; a deadline ends only what nobody works on, so work that was',
    'begun is paid.',
    '',
    '![a cartel](incentives/cartel.svg)',
    '',
    '## Beside other ways to check',
    `A fifth of all hosts cheats: with wrong results that differ, with wrong results that agree, or only after ten paid results in a row (and agreeing). Wrong results of a million, extra compute in percent, cheat's profit over honest profit.`,
    'The others have no bond; a result that loses the vote is not paid. BOINC trusts a host with CV >= 10 valid results in a row with probability 1 - 1/CV, and else asks for a second result and more until two agree.',
    '',
    ...table(
      [
        '',
        ...['apart', 'agreeing', 'sleeping'].flatMap((kind) => [
          `${kind}: wrong`,
          'extra %',
          'cheat / honest',
        ]),
      ],
      [
        ['dmcn', ...own(found.fifth), ...own(found.fifthColludes), ...own(found.fifthSleeps)],
        ...found.baselines.map(({ name, apart, agree, sleep }) => [
          name,
          ...compare(apart),
          ...compare(agree),
          ...compare(sleep),
        ]),
      ],
    ),
    '',
    'In the first two columns of dmcn a cheater that is caught twice stays away, in the last it comes back under another name each time and pays for it.',
    '',
    '## Extra compute by batch size',
    ...table(
      ['n', ...found.warm.map(({ units }) => `${units}`)],
      (['warm', 'cold'] as const).map((kind) => [
        kind === 'warm' ? 'with a record, %' : 'from a cold start, %',
        ...found[kind].map(({ runs }) => number((middle(runs, ({ compute }) => compute) - 1) * 100, 1)),
      ]),
    ),
    '',
    `Cold means that the whole population is new, until each owner has had ${found.rules.audit.record} batches on average. While everybody is new it is k/n, 12.5 % at n = 8 and 16. A dispute adds one unit for each validator: with 30 of them 30 units a caught cheater,`,
    `which is ${number((middle(found.fifth, ({ compute }) => compute) - middle(found.warm[4]?.runs ?? [], ({ compute }) => compute)) * 100, 2)} % over 10,000 jobs in which a fifth cheats.`,
    '',
  ];
}

function limits({ rules, framed, outages }: Study): string[] {
  const cartel = termsOf(rules, CARTEL);
  const alone = termsOf(rules, ALONE);
  const { k, right } = foreseeable(rules);
  return [
    '## What is bounded, not lost',
    `- **Copying auditors.** Whole-batch fraud pays once more than ${whole(lazyLimit(alone) * 100)} % of all auditors copy leaked answers blindly, ${whole(lazyLimit(cartel) * 100)} % of the others at f = g = 1/3.`,
    `- **Outputs that can be foreseen.** Whoever can guess each unit's leaf, its gas included, with probability r is caught only by a sample that it got wrong: guessing pays where \`p (1 - r^k) (s+R) < c\`, above r = ${number(right, 3)} with k = ${k}, and such`,
    '  units are wrong with probability 1 - r. No rule of the network can tell a lucky guess from work. Let the output carry something that only the work gives (a digest of intermediate states), buy a higher p or k, or check by yourself.',
    `- **Bribes.** An outsider to whom one wrong batch is worth more than p times the prover's part and deposit can buy it (0025). A requester raises p, k, j or \`max_price\`.`,
    '- **f is a share of whoever is eligible.** A job that asks for rare features or memory has its auditors from those few.',
    `- **Framing openers.** At g = 1/3 their showing of keys makes all gas ${number(middle(framed, ({ compute }) => compute))} times the useful one by the present rule, with 30 validators; by [0026](adr/0026-a-shown-key-makes-the-audit-certain.md) at most 1 + k/n.`,
    '- **Reputation can be bought.** It counts final batches whether or not they could be audited, so an owner can raise it from 1,000 to 11,000 with a thousand batches of its own jobs that only its own worker fits, for little more than transaction fees. That wins',
    '  offers from honest newcomers, at the same pay a unit; it is no way around an audit, since only standing lowers p.',
    '- **Delay.** Squatters, false reports and challenges of right units cost those who make them and still hold up a batch: a lease, an hour until the requester confirms, a verdict. Disputes of the whole network wait in one queue.',
    `- **Outages.** In a simulated day each worker was away for four hours at some time, a third of them at once for another four, and the chain made no block for an hour: ${outages.reduce((sum, each) => sum + Number(each.honestSlashed), 0)} udmc slashed. A worker loses bond only if it is`,
    `  away for ${whole(rules.audit.withheldBlocks)} blocks (7 days) after a commit that was selected, and both openers drawn for it are byzantine or away too.`,
    '',
    '## What is not simulated',
    'Bytes, transaction fees, stake of validators beyond their share of proposals and votes, prices that move. A typical dispute takes 10 blocks from the head of its queue.',
  ];
}

/** The probability of a right guess from which on guessing pays, without a cartel. */
function foreseeable(rules: Study['rules']): { readonly k: number; readonly right: number } {
  const terms = termsOf(rules, ALONE);
  const k = samplesOf(rules.audit, terms.units);
  const needed = terms.cost / (caughtWithRecord(terms) * (rules.audit.bondFactor + 1));
  return { k, right: (1 - needed) ** (1 / k) };
}

function strategyPlot(found: Study): string {
  const units = [...found.now, ...found.decided].filter(({ strategy }) => strategy.per === 'unit');
  const rows = units.map((each) => {
    const decided = found.decided.includes(each) ? ', as decided' : '';
    return [`${title(each)}${decided}`, Math.max(-6, mean(each.runs.map(({ cheat }) => cheat)))] as const;
  });
  return bars('Profit a unit in prices; the line is honest work, -6 stands for less', rows, 1 - COST);
}

/** Profit of a sleeper's wrong units by the cartel's share of bond, on paper, and the simulated cartels. */
function cartelPlot(found: Study): string {
  const shares = Array.from({ length: 41 }, (_, i) => i / 50);
  const line = (byzantine: number): (readonly [number, number])[] =>
    shares.map((colluding) => {
      const terms = { ...termsOf(proposed(found.rules), ALONE), colluding, byzantine };
      return [colluding, cheatProfit(terms, terms.units, caughtWithRecord(terms))] as const;
    });
  const dots = found.now
    .filter(({ strategy }) => strategy.name.startsWith('streak farmer'))
    .map(({ strategy, runs }) => {
      const { colluding } = termsOf(found.rules, strategy.setting);
      return [colluding, mean(runs.map(({ cheat }) => cheat))] as const;
    });
  const honest = honestProfit(termsOf(found.rules, ALONE));
  const series: Series[] = [
    { name: 'g = 0', colour: '#2471a3', kind: 'line', points: line(0) },
    { name: 'g = 1/3', colour: '#c0392b', kind: 'line', points: line(1 / 3) },
    {
      name: 'honest work',
      colour: '#1e8449',
      kind: 'line',
      points: [
        [0, honest],
        [0.8, honest],
      ],
    },
    { name: 'simulated', colour: '#222', kind: 'dots', points: dots },
  ];
  return plot(
    {
      title: 'Whole-batch fraud with a record, by the share of bond that colludes',
      ...{ x: 'f, share of bond', y: 'profit a unit (R)', xRange: [0, 0.8], yRange: [-5, 1] },
    },
    series,
  );
}
