import type { Rows } from '@dmcn/indexer';
import { builder } from '../builder.js';

/** An enum whose names are its values; the type of the rows makes sure that none is forgotten. */
const namesOf = <T extends string>(names: Readonly<Record<T, string>>) =>
  Object.fromEntries(
    Object.entries<string>(names).map(([name, description]) => [name, { value: name as T, description }]),
  ) as { [K in T]: { value: K; description: string } };

export const JobState = builder.enumType('JobState', {
  values: namesOf<Rows['jobs']['state']>({
    Open: 'Has batches to draw or to finish.',
    Suspended: 'Draws nothing until the requester confirms the inputs.',
    Settled: 'Every batch was paid.',
    Expired: 'Ended with at least one batch not done.',
  }),
});

export const Mode = builder.enumType('Mode', {
  values: namesOf<Rows['jobs']['mode']>({
    public: 'Inputs can be read by anyone who knows their hash.',
    sealed: 'Inputs are encrypted under keys of their own.',
  }),
});

export const BatchState = builder.enumType('BatchState', {
  values: namesOf<Rows['batches']['state']>({
    Queued: 'Waits for a draw.',
    Offered: 'Waits for the drawn worker.',
    Leased: 'Is being worked on.',
    Committed: 'Waits for its coin heights.',
    AuditWait: 'Waits for its auditors.',
    Opening: 'Waits to be opened.',
    Challenge: 'Is open and can be accepted, demanded or challenged.',
    Demanded: 'Waits for the output of a unit.',
    Disputed: 'Waits for the input of a disputed unit.',
    Voting: "Waits for the referees' verdict on a unit.",
    Fraud: 'Had a leaf refuted, and is queued again at once.',
    Withheld: 'Was selected for an audit and not opened in time.',
    Final: 'Is paid.',
    Ended: 'Was never done and is refunded.',
  }),
});

export const WorkerStatus = builder.enumType('WorkerStatus', {
  values: namesOf<Rows['workers']['status']>({
    Active: 'Can be drawn.',
    Paused: 'Asked not to be drawn.',
    SetAside: 'Missed several offers in a row and waits for its operator.',
    Jailed: 'Was slashed and takes no work for a while; then its operator can bring it back.',
    Tombstoned: 'Was slashed for a second fraud and never takes work again.',
  }),
});

export const AuditState = builder.enumType('AuditState', {
  values: namesOf<Rows['audits']['state']>({
    Queued: 'Waits for an auditor to be drawn.',
    Drawn: 'Waits for its auditor to post.',
    Posted: 'Waits for the opening.',
    Matched: 'Equals the opened leaves.',
    Differed: 'Differs from an opened leaf that no verdict has decided yet.',
    Vacant: 'Was never posted: nobody could be drawn, or everybody drawn was absent.',
  }),
});

export const DisputeState = builder.enumType('DisputeState', {
  values: namesOf<Rows['disputes']['state']>({
    Queued: 'Waits to reach the head of the queue.',
    Committing: 'Takes hashes of votes.',
    Revealing: 'Takes reveals.',
    Decided: 'Has a verdict, or none came in time.',
  }),
});

export const DisputeCause = builder.enumType('DisputeCause', {
  values: namesOf<Rows['disputes']['cause']>({
    Audit: 'An audit differs from the opening.',
    Challenge: 'Somebody challenged the unit.',
  }),
});

export const Verdict = builder.enumType('Verdict', {
  values: namesOf<NonNullable<Rows['disputes']['verdict']>>({
    ForWorker: 'More than half of the power is for the leaf of the worker.',
    AgainstWorker: 'More than half of the power is for another leaf.',
    None: 'None came in time.',
  }),
});

export const SlashKind = builder.enumType('SlashKind', {
  values: namesOf<Rows['slashes']['kind']>({
    Leaf: 'A leaf was refuted.',
    Withheld: 'A selected batch was never opened.',
    Audit: 'An audit was refuted, or matched a refuted leaf.',
    Challenge: 'The deposit of a challenge was lost.',
  }),
});

export const SlashState = builder.enumType('SlashState', {
  values: namesOf<Rows['slashes']['state']>({
    held: 'Waits, so that governance can reverse it.',
    released: 'Its shares are paid and the rest is burned.',
    reversed: 'Governance gave it back.',
  }),
});

export const ValidatorStatus = builder.enumType('ValidatorStatus', {
  values: namesOf<NonNullable<Rows['validators']['status']>>({
    bonded: 'Signs blocks.',
    unbonding: 'Left, and can still be slashed for what it signed.',
    unbonded: 'Takes no part.',
  }),
});

export const ProposalStatus = builder.enumType('ProposalStatus', {
  values: namesOf<Rows['proposals']['status']>({
    Deposit: 'Waits for its deposit.',
    Voting: 'Is voted on.',
    Passed: 'Was carried out.',
    Rejected: 'Was not carried.',
    Failed: 'Was carried, and could not be carried out.',
    Dropped: 'Did not get its deposit in time.',
    Cancelled: 'Was taken back by its proposer.',
  }),
});

export const PeriodSize = builder.enumType('PeriodSize', {
  description: 'Stretches of block time, in UTC.',
  values: { MINUTE: { value: 'minute' }, HOUR: { value: 'hour' }, DAY: { value: 'day' } } as const,
});

export const UnitStatus = builder.enumType('UnitStatus', {
  description: 'How a unit ended; each is a valid, paid outcome.',
  values: {
    OK: { value: 0 },
    EXIT: { value: 1, description: 'Exited with another code than 0.' },
    TRAP: { value: 2 },
    OUT_OF_GAS: { value: 3 },
    STACK_OVERFLOW: { value: 4 },
    OUTPUT_LIMIT: { value: 5 },
    INVALID_MODULE: { value: 6 },
  } as const,
});
