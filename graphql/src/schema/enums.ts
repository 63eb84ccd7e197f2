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
