import { caughtWithRecord, lazyLimit, peekingLimit } from '../closed-form.js';
import { samplesOf } from '../rules.js';
import { ALONE, CARTEL, COST, TERMS, VALIDATORS } from '../setting.js';
import { flood, floodOnPaper } from '../sim/flood.js';
import { termsOf } from '../strategies/catalogue.js';
import { inPrices, stakes } from '../strategies/strategy.js';
import { mean, middle, ratios, type Study } from '../study.js';
import { number, whole } from './format.js';

/** What no inequality of profit ends, how far it goes, and what is left out. */
export function limits(found: Study): string[] {
  const { rules, framed, framedFormer, outages } = found;
  const cartel = termsOf(rules, CARTEL);
  const { k, right } = foreseeable(rules);
  const peeks = found.now.find(({ strategy }) => strategy.harmless);
  const { audit: deposit } = stakes(rules);
  return [
    '## What is bounded, not lost',
    `- **Copying auditors.** Whole-batch fraud pays once more than ${whole(lazyLimit(termsOf(rules, ALONE)) * 100)} % of all auditors copy leaked answers blindly, ${whole(lazyLimit(cartel) * 100)} % of the others at f = g = 1/3.` +
      ` An auditor that copies beside one that executes is refuted with a unit that it vouched for, not with another one of the batch: where their samples are apart it keeps its deposit and has its fee.`,
    `- **Peeking auditors.** Two drawn referees hold the key of each batch. One that colludes can tell an auditor the leaves, and the auditor saves the executions: ${number((mean(peeks ? ratios(peeks) : [Number.NaN]) - 1) * 100, 1)} % more than honest work for a cartel with f = g = 1/3.`,
    `  It takes nothing from anybody: audits by colluding auditors count for nothing in all inequalities already (phi). It loses where more than ${number(peekingLimit(cartel, deposit) * 100, 2)} % of the audited batches are wrong: the deposit and the missed bounty are ${whole((COST * samplesOf(rules.audit, 32)) / peekingLimit(cartel, deposit))} R.`,
    `- **Outputs that can be foreseen.** Whoever can guess each unit's leaf, its gas included, with probability r is caught only by a sample that it got wrong: guessing pays where \`p (1 - r^k) (s+R) < c\`, above r = ${number(right, 3)} with k = ${k}, and such`,
    '  units are wrong with probability 1 - r. No rule of the network can tell a lucky guess from work. Let the output carry something that only the work gives (a digest of intermediate states), buy a higher p or k, or check by yourself.',
    `- **Bribes.** An outsider to whom one wrong batch is worth more than p times the prover's part and deposit can buy it (0025). A requester raises p, k, j or \`max_price\`.`,
    '- **f is a share of whoever is eligible.** A job that asks for rare features or memory has its auditors from those few.',
    `- **Framing openers** pay more than they gain (0028). At g = 1/3 their showing of keys makes all gas ${number(
      middle(framed, ({ compute }) => compute),
      3,
    )} times the useful one (\`compute_over_useful, keys shown\`; at most 1 + k/n); it was ${number(middle(framedFormer, ({ compute }) => compute))} times before [0026](adr/0026-a-shown-key-makes-the-audit-certain.md).`,
    '- **Withheld bonds.** Auditors that posted gain half of a bond that is forfeited because nobody opened for seven days ([0027](adr/0027-a-withheld-bond-pays-the-auditors-that-posted.md)). They would have to silence the worker and both drawn openers that long.',
    ...referees(rules),
    ...flooding(rules),
    '- **Reputation can be bought.** It counts final batches whether or not they could be audited, so an owner can raise it from 1,000 to 11,000 with a thousand batches of its own jobs that only its own worker fits, for little more than transaction fees. That wins',
    '  offers from honest newcomers, at the same pay a unit; it is no way around an audit, since only standing lowers p.',
    '- **Delay.** Squatters, false reports and challenges of right units cost those who make them and still hold up a batch: a lease, an hour until the requester confirms, a verdict. A batch that was not selected can be withheld for its pay alone: T_open, two hours, for n R.',
    `- **Outages.** In a simulated day each worker was away for four hours at some time, a third of them at once for another four, and the chain made no block for an hour: ${outages.reduce((sum, each) => sum + Number(each.honestSlashed), 0)} udmc slashed. A worker loses bond only if it is`,
    `  away for ${whole(rules.audit.withheldBlocks)} blocks (7 days) after a commit that was selected, and both openers drawn for it are byzantine or away too.`,
    '',
    '## What is not simulated',
    'Bytes, transaction fees, stake of validators beyond their share of proposals and votes, prices that move. A typical dispute takes 10 blocks from the head of its queue.',
  ];
}

/** What votes cost and bring. */
function referees(rules: Study['rules']): string[] {
  const due = inPrices(rules.audit.refereeCost);
  const { audit: deposit } = stakes(rules);
  const each = due / VALIDATORS;
  return [
    `- **Lazy referees.** A vote for the worker without executing the unit is paid where the worker is right. With V = ${VALIDATORS} referees that share D = ${whole(due)} R it loses where more than \`c V/D\` = ${number((COST / each) * 100, 1)} % of all disputes refute the worker. A challenge of a right unit costs its maker`,
    '  a deposit, so most do. Copying a vote is no way: commitments are bound to the validator and opened when all are in. Half of the power would have to be lazy before a wrong leaf stands.',
    `- **Disputes that an auditor lost.** A refuted audit forfeits ${number(deposit)} R, less than the ${whole(due)} R that referees are due for a dispute: each of ${VALIDATORS} gets ${number(deposit / VALIDATORS)} R, and the worker nothing. That covers one execution, which costs ${number(COST)} R, up to ${Math.floor(deposit / COST)} validators,`,
    `  not two of them where both samples were lies. So an auditor that lies on purpose pays ${number(deposit)} R to make ${VALIDATORS} validators spend up to ${number(2 * COST * VALIDATORS, 0)} R, once for each time that it is drawn, until it is tombstoned at the second verdict. A dearer deposit would bind more bond of every auditor.`,
  ];
}

/** What it takes to keep challenges out. */
function flooding(rules: Study['rules']): string[] {
  const deposit = (stakes(rules).challenge * (Number(TERMS.maxPrice) * Number(TERMS.gasLimit))) / 1e15;
  const step = rules.audit.openDisputes / 10;
  const plain = { paper: floodOnPaper(rules, deposit), run: flood(rules, deposit, 2) };
  const rising = { paper: floodOnPaper(rules, deposit, step), run: flood(rules, deposit, 2, step) };
  return [
    `- **Floods of challenges.** The queue holds ${whole(rules.audit.openDisputes)} disputes, one verdict takes about ten blocks. With the same deposit for everybody (${whole(deposit)} DMC) keeping it full, so that nobody else can challenge, costs ${whole(plain.run.fill)} DMC once and ${whole(plain.run.hour)} DMC an hour (on paper`,
    `  ${whole(plain.paper.fill)} and ${whole(plain.paper.hour)}). With a deposit that doubles with each tenth of the queue ([0031](adr/0031-a-challenge-costs-more-in-a-longer-queue.md)): ${whole(rising.run.fill)} DMC and ${whole(rising.run.hour)} DMC an hour (${whole(rising.paper.fill)} and ${whole(rising.paper.hour)}). It makes no wrong unit paid that the table does not count already: nobody challenges anything there,`,
    '  and disputes about audits are never refused, they wait.',
  ];
}

/** The probability of a right guess from which on guessing pays, without a cartel. */
function foreseeable(rules: Study['rules']): { readonly k: number; readonly right: number } {
  const terms = termsOf(rules, ALONE);
  const k = samplesOf(rules.audit, terms.units);
  const needed = terms.cost / (caughtWithRecord(terms) * (rules.audit.bondFactor + 1));
  return { k, right: (1 - needed) ** (1 / k) };
}
