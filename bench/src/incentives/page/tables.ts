import { median } from '../../report.js';
import { mean, middle, type Played, type Study } from '../study.js';
import { number, table, whole } from './format.js';

/** One row a strategy. */
export function strategies(found: Study): string[] {
  return [
    '## Each strategy',
    'Profit in prices R for each unit leased, audit posted, vote given or output asked for: simulated, on paper, and of the honest ones in the same run (of the same people if they did not, for the two that are measured with all',
    'audits of their owners). Wrong units of a million accepted; extra compute in percent of the useful one (units that were made up cost nothing, so it can be negative); the median of wrong batches and blocks from the first wrong',
    'commit to the verdict. `npm run bench -- incentives` prints `NAME: profit`, `profit on paper` and `honest profit` of each.',
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
      found.now.map(row),
    ),
    '',
    'Owners below one lot have no slot and are never drawn. A copied vote is worth nothing: its first half is bound to the validator, and its second half comes after all first halves.',
    '',
    '![a cartel](incentives/cartel.svg)',
    '',
  ];
}

function row(played: Played): string[] {
  const { strategy, runs, paper } = played;
  const { cheat, honest } = profitsOf(played);
  const blocks = runs.flatMap(({ caughtBlocks }) => caughtBlocks);
  const batches = runs.flatMap(({ caughtBatches }) => caughtBatches);
  const digits = Math.abs(cheat - honest) < 0.1 ? 3 : 2;
  const mark = cheat < honest ? '' : strategy.harmless ? '*saves work:* ' : '**pays:** ';
  return [
    `${mark}${strategy.name}`,
    ...[strategy.setting.name, strategy.per],
    ...[cheat, paper, honest].map((each) => number(each, digits)),
    whole(mean(runs.map((each) => each.wrongPerMillion))),
    number((mean(runs.map((each) => each.compute)) - 1) * 100, 1),
    blocks.length === 0 ? '' : `${whole(median(batches))} / ${whole(median(blocks))}`,
    `\`${strategy.inequality}\``,
  ];
}

const profitsOf = ({ runs }: Played): { readonly cheat: number; readonly honest: number } => ({
  cheat: mean(runs.map((each) => each.cheat)),
  honest: mean(runs.map((each) => each.honest)),
});

/** What each decision ends. */
export function decisions({ now, former }: Study): string[] {
  return [
    '## What each decision ends',
    'The same runs by the rules without one decision (`NAME, without NUMBER` in the output). Each of them is needed: without it somebody earns more than honest work, marked as `pays`.',
    '',
    ...table(
      ['strategy', 'who', 'decision', 'with it', 'without it', 'on paper', 'honest'],
      former.map((without) => {
        const { strategy } = without;
        const played = now.find((each) => each.strategy === strategy);
        const { cheat, honest } = profitsOf(without);
        return [
          `${cheat > honest ? '**pays:** ' : ''}${strategy.name}`,
          strategy.setting.name,
          `[${strategy.ended}](adr/${files[strategy.ended ?? '']})`,
          number(played ? profitsOf(played).cheat : Number.NaN, 3),
          ...[cheat, without.paper, honest].map((each) => number(each, 3)),
        ];
      }),
    ),
    '',
  ];
}

const files: Readonly<Record<string, string>> = {
  '0024': '0024-certain-coin-at-an-unforeseen-height.md',
  '0025': '0025-half-of-a-forfeited-bond-to-the-prover.md',
  '0027': '0027-a-withheld-bond-pays-the-auditors-that-posted.md',
  '0028': '0028-whoever-shows-a-key-pays-for-the-audit.md',
  '0029': '0029-an-audit-that-nobody-could-post-is-paid-to-the-worker.md',
};

/** Other networks' checks, and what batches of each size cost. */
export function comparisons(found: Study): string[] {
  const compare = ({ wrongPerMillion, compute, cheat, honest }: Outcomes): string[] => [
    whole(wrongPerMillion),
    number((compute - 1) * 100, 1),
    number(cheat / honest, 2),
  ];
  const own = (runs: Study['fifth']): string[] => [
    whole(middle(runs, (each) => each.wrongPerMillion)),
    number((middle(runs, (each) => each.compute) - 1) * 100, 1),
    number(middle(runs, ({ cheat, honest }) => cheat / honest)),
  ];
  const caught =
    middle(found.fifth, ({ compute }) => compute) -
    middle(found.warm.find(({ units }) => units === 32)?.runs ?? [], ({ compute }) => compute);
  return [
    '## Beside other ways to check',
    'A fifth of all hosts cheats: with wrong results that differ, with wrong results that agree, or only after ten paid results in a row (and agreeing). Wrong results of a million, extra compute in percent, cheat’s profit over honest profit.',
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
    '![extra compute](incentives/compute.svg)',
    '',
    ...table(
      ['n', ...found.warm.map(({ units }) => `${units}`)],
      (['warm', 'cold'] as const).map((kind) => [
        kind === 'warm' ? 'with a record, %' : 'from a cold start, %',
        ...found[kind].map(({ runs }) => number((middle(runs, ({ compute }) => compute) - 1) * 100, 1)),
      ]),
    ),
    '',
    `Cold means that the whole population is new, until each owner has had ${found.rules.audit.record} batches on average. While everybody is new it is k/n, 12.5 % at n = 8 and 16. A dispute adds one unit for each validator: with 30 of them 30 units a caught cheater,`,
    `which is ${number(caught * 100, 2)} % over 10,000 jobs in which a fifth cheats.`,
    '',
  ];
}

type Outcomes = Study['baselines'][number]['agree'];
