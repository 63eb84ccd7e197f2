import { isWrong } from '../sim/batch.js';
import type { Behaviour, View, Work, Worker } from '../sim/types.js';
import { guess, honestWork } from '../sim/work.js';

/** A leaf on which all that collude agree. */
const FORGED = 1;

/** A batch whose first units are made up; the rest is executed. */
function forged(view: View, wrong = view.scenario.terms.batchSize): Work {
  const { batchSize, gas } = view.scenario.terms;
  const leaves = Array.from({ length: batchSize }, (_, i) => (i < wrong ? FORGED : 0));
  return { leaves, executed: batchSize - wrong, gas };
}

const hasRecord = (view: View, { standing }: Worker): boolean => standing >= view.scenario.rules.audit.record;

/** Works as asked until its record makes the coin uncertain, and then as given. */
const afterRecord = (name: string, work: (view: View) => Work, more: Partial<Behaviour> = {}): Behaviour => ({
  name,
  work: (view, worker) => (hasRecord(view, worker) ? work(view) : honestWork(view)),
  ...more,
});

/** Each unit right. */
export const honest: Behaviour = { name: 'honest' };

/** Every unit made up, from the first batch on. */
export const always: Behaviour = { name: 'always', work: (view) => forged(view) };

/** One unit in `every` made up. */
export const sparse = (every: number): Behaviour =>
  afterRecord(`1 in ${every}`, (view) => forged(view, Math.round(view.scenario.terms.batchSize / every)));

/** Builds a record first, then makes everything up. */
export const sleeper: Behaviour = afterRecord('sleeper', (view) => forged(view));

/** A sleeper that waits with its commits until a byzantine proposer has the most turns after it. */
export const timer: Behaviour = {
  name: 'timer',
  work: (view) => ({ ...forged(view), delay: blocksUntilFriends(view) }),
};

/** Blocks from now so that the first coin of the commit falls to the first of the proposers that collude. */
function blocksUntilFriends({ height, scenario }: View): number {
  const { validators } = scenario;
  const coin = height + 1;
  return (validators - (coin % validators)) % validators;
}

/** Opens what was not selected, and keeps shut what an honest auditor will refute. */
export const withholder: Behaviour = afterRecord(
  'withholder',
  (view) => ({ ...forged(view), badKeys: true }),
  {
    opens: (_view, worker, { audits, selected }) =>
      !selected || audits.every(({ auditor }) => auditor.party === worker.party && worker.party.colludes),
  },
);

/** Opens nothing at all, and can make nobody else open it. */
export const shut: Behaviour = afterRecord('shut', (view) => ({ ...forged(view), badKeys: true }), {
  opens: () => false,
});

/** Tells its leaves to whoever wants to copy them. */
export const leaker: Behaviour = afterRecord('leaker', (view) => ({ ...forged(view), leaked: true }));

/** Executes every unit and claims the whole gas limit for each. */
export const overclaimer: Behaviour = afterRecord('overclaimer', (view) => {
  const { batchSize, gasLimit } = view.scenario.terms;
  return { leaves: Array(batchSize).fill(FORGED), executed: batchSize, gas: gasLimit };
});

/** Makes one unit up and has an account of its own prove it. */
export const stager: Behaviour = afterRecord('stager', (view) => forged(view, 1), {
  challenges: (_view, _worker, batch) => (isWrong(batch, 0) ? 0 : undefined),
});

/** Makes all but the last unit up, and challenges that one, so that it stands between the others and whoever checks. */
export const shield: Behaviour = afterRecord(
  'shield',
  (view) => forged(view, view.scenario.terms.batchSize - 1),
  {
    challenges: (_view, _worker, batch) =>
      isWrong(batch, 0) ? (batch.work?.leaves.length ?? 1) - 1 : undefined,
  },
);

/** Works honestly and challenges right units. */
export const flooder: Behaviour = { name: 'flooder', challenges: () => 0 };

/** Takes leases and lets them run out. */
export const squatter: Behaviour = { name: 'squatter', work: () => 'lapse' };

/** Takes leases and says that an input cannot be fetched. */
export const falseReporter: Behaviour = { name: 'false reporter', work: () => 'report' };

/** Works honestly and makes up what it posts as an auditor. */
export const lazyAuditor: Behaviour = { name: 'lazy auditor', audits: () => 'guess' };

/** Works honestly and never posts an audit. */
export const absentAuditor: Behaviour = { name: 'absent auditor', audits: () => 'stay-away' };

/** Guesses every output that can be foreseen. */
export const guesser: Behaviour = {
  name: 'guesser',
  work: (view, worker, batch) => {
    const { batchSize, gas } = view.scenario.terms;
    const leaves = Array.from({ length: batchSize }, (_, i) => guess(view, batch, worker, i));
    return { leaves, executed: 0, gas };
  },
};

/** Takes only what an earlier epoch of the batch showed the leaves of, and commits these. */
export const copycat: Behaviour = {
  name: 'copycat',
  accepts: (_view, _worker, { known }) => known !== undefined,
  work: (view, _worker, { known }) =>
    known === undefined
      ? honestWork(view)
      : { leaves: [...known], executed: 0, gas: view.scenario.terms.gas },
};
