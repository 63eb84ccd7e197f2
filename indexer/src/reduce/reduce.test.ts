import type { Audit, AuditState, BatchState, Dispute, EventData, EventType, Slash } from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { InconsistentIndexError, UnknownValueError } from '../errors.js';
import { put } from '../model/change.js';
import { must, Overlay } from '../model/state.js';
import type { Rows, TableName } from '../model/tables.js';
import { bytes32, Network, register, storeModule, submitJob } from '../testing/index.js';
import { reduce, reduceBlock } from './index.js';

type Step = { [T in EventType]: readonly [T, EventData[T]] }[EventType];

const AT = 9;

/** Rows after a network with one worker, one module and one job of 8 units in batches of 4, and these events on top. */
const after = (...steps: readonly Step[]): Overlay => {
  const net = new Network();
  register(net, 0);
  submitJob(net, storeModule(net, 1), 8, 4);
  const state = new Overlay({ get: () => undefined });
  state.add(reduceBlock(state, net.endBlock()));
  state.add([put('blocks', { ...must(state, 'blocks', 1), height: AT })]);
  for (const [position, [type, data]] of steps.entries()) {
    state.add(reduce(state, { type, data } as never, { height: AT, position }));
  }
  return state;
};

const owner = 'dmcn1owner0000';
const id = { jobId: 1n, batch: 1, epoch: 0 };
const change = (newState: EventData['BatchStateChanged']['newState'], rest = {}): Step => [
  'BatchStateChanged',
  { ...id, oldState: undefined, newState, cause: 'test', deadline: 40, units: 4, worker: owner, ...rest },
];
const offered: Step = [
  'BatchOffered',
  {
    ...id,
    lease: { worker: owner, ask: 50n, rate: 10n, bond: 400n, bonded: false, drawnHeight: AT, openers: [] },
    operator: 'dmcn1operator0000',
    deadline: 40,
  },
];
const committed: Step = [
  'BatchCommitted',
  {
    ...id,
    worker: owner,
    commitment: bytes32('c'),
    outputsHash: bytes32('o'),
    locators: ['http://a'],
    auditBps: 2_000,
    keyRecipients: [owner],
  },
];
const opened: Step = [
  'BatchOpened',
  {
    ...id,
    worker: owner,
    opener: 'dmcn1opener',
    root: bytes32('r'),
    gasTotal: 40n,
    leaves: [4, 5, 6, 7].map((unit) => ({
      unit,
      status: 0,
      exitCode: 0,
      gas: 10n,
      outputHash: bytes32('out', unit),
    })),
  },
];
const paid: Step = [
  'BatchPaid',
  {
    ...id,
    worker: owner,
    pay: 100n,
    author: 'dmcn1author1',
    royalty: 5n,
    fee: 2n,
    gasTotal: 40n,
    ask: 50n,
    units: 4,
  },
];

const row =
  <T extends TableName>(table: T, ...key: never[] | readonly unknown[]) =>
  (state: Overlay): Partial<Rows[T]> | undefined =>
    state.get(table, ...(key as never));

const job = row('jobs', 1n);
const batch = row('batches', 1n, 1);
const lease = row('leases', 1n, 1, 0);
const unit = row('units', 1n, 5);
const worker = row('workers', owner);
const totals = row('totals', 1);

interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly of: (state: Overlay) => object | undefined;
  readonly is: object | undefined;
}

const record = {
  owner,
  oldAvailability: 5_000,
  newAvailability: 4_687,
  oldReputation: 1_000,
  newReputation: 1_000,
  batchesFinal: 0,
  missed: 1,
  cause: 'missed_offer',
};
const lapse = { id: 0n, owner, amount: 400n, height: AT, releaseHeight: 29 };
const slash: Slash = {
  id: 4n,
  kind: 'Leaf',
  owner,
  amount: 400n,
  ...id,
  height: AT,
  releaseHeight: 29,
  shares: [{ recipient: owner, role: 'Prover', amount: 120n }],
};
const slashed: Step = ['SlashHeld', { slash }];
const audit: Audit = {
  ...id,
  index: 0,
  state: 'Drawn',
  units: [6, 4],
  round: 1,
  auditor: 'dmcn1auditor',
  ask: 40n,
  drawnHeight: AT,
  deadline: 50,
  hashes: [],
  deposit: 0n,
  postedHeight: 0,
  differing: [],
  paid: false,
};
const keyShown: Step = ['KeyShown', { ...id, worker: owner, shownBy: 'dmcn1bob', key: bytes32('k') }];
const selected: Step = ['BatchSelected', { ...id, worker: owner, height: 8, auditors: 1, earmarked: 30n }];
const audited = (audit: Audit, oldState: AuditState | undefined, cause: string): Step => [
  'AuditStateChanged',
  { audit, oldState, cause, worker: owner },
];
const drawn = audited(audit, 'Queued', 'drawn');
const posted = audited({ ...audit, state: 'Posted', deposit: 9n, postedHeight: AT }, 'Drawn', 'posted');
const paidAudit = (source: string): Step => [
  'AuditPaid',
  { ...id, index: 0, auditor: 'dmcn1auditor', fee: 3n, source },
];
const withheld = (newState: BatchState, oldState: BatchState | undefined, cause: string): Step => [
  'WithheldStateChanged',
  { ...id, oldState, newState, cause, deadline: 90, worker: owner, bond: 400n },
];
const demanded: Step = ['OutputDemanded', { ...id, unit: 5, deposit: 7n }];
const held = [
  change('Offered'),
  offered,
  change('Leased'),
  committed,
  change('Committed'),
  change('Opening'),
] as const;

const cases: readonly Case[] = [
  {
    name: 'WorkerRegistered',
    steps: [],
    of: worker,
    is: { ask: 50n, reputation: 1_000, status: 'Active', earned: 0n },
  },
  {
    name: 'WorkerRegistered begins the reputation’s history',
    steps: [],
    of: row('reputationHistory', 1, 0),
    is: { cause: 'register', newReputation: 1_000 },
  },
  {
    name: 'WorkerStatusChanged',
    steps: [
      [
        'WorkerStatusChanged',
        { owner, oldStatus: 'Active', newStatus: 'Jailed', cause: 'slash', jailUntil: 71 },
      ],
    ],
    of: worker,
    is: { status: 'Jailed', jailUntil: 71 },
  },
  {
    name: 'WorkerStatusChanged moves the totals',
    steps: [
      [
        'WorkerStatusChanged',
        { owner, oldStatus: 'Active', newStatus: 'Paused', cause: 'pause', jailUntil: 0 },
      ],
    ],
    of: totals,
    is: { workers: 1n, activeWorkers: 0n },
  },
  {
    name: 'BondChanged',
    steps: [
      [
        'BondChanged',
        { owner, oldBond: 1_000_000n, newBond: 7n, oldLocked: 0n, newLocked: 3n, cause: 'withdraw', lots: 1 },
      ],
    ],
    of: worker,
    is: { bond: 7n, locked: 3n, lots: 1 },
  },
  {
    name: 'BondChanged is kept',
    steps: [
      [
        'BondChanged',
        { owner, oldBond: 1_000_000n, newBond: 7n, oldLocked: 0n, newLocked: 3n, cause: 'withdraw', lots: 1 },
      ],
    ],
    of: row('bondHistory', AT, 0),
    is: { cause: 'withdraw', newBond: 7n },
  },
  {
    name: 'LoadChanged',
    steps: [['LoadChanged', { owner, oldLoad: 0, newLoad: 2 }]],
    of: worker,
    is: { load: 2 },
  },
  {
    name: 'ReputationChanged',
    steps: [['ReputationChanged', { ...id, ...record }]],
    of: worker,
    is: { availability: 4_687, missed: 1 },
  },
  {
    name: 'ReputationChanged is kept',
    steps: [['ReputationChanged', { ...id, ...record }]],
    of: row('reputationHistory', AT, 0),
    is: { ...id, ...record },
  },
  {
    name: 'ReputationChanged about no lease',
    steps: [['ReputationChanged', { jobId: 0n, batch: 0, epoch: 0, ...record, cause: 'resume' }]],
    of: row('reputationHistory', AT, 0),
    is: { cause: 'resume', jobId: null, batch: null, epoch: null },
  },
  {
    name: 'WorkerRegistered begins the bond’s history',
    steps: [],
    of: row('bondHistory', 1, 0),
    is: { cause: 'register', oldBond: 0n, newBond: 1_000_000n },
  },
  {
    name: 'UndrawnEnded ends the batches that were never drawn',
    steps: [['UndrawnEnded', { jobId: 1n, firstBatch: 1, batches: 1 }]],
    of: job,
    is: { nextBatch: 2, endedBatches: 1 },
  },
  {
    name: 'Lapsed',
    steps: [['Lapsed', { lapse }]],
    of: row('lapses', 0n),
    is: { ...lapse, releasedHeight: null },
  },
  { name: 'Lapsed counts', steps: [['Lapsed', { lapse }]], of: worker, is: { lapses: 1 } },
  {
    name: 'LapseDeferred',
    steps: [
      ['Lapsed', { lapse }],
      ['LapseDeferred', { lapse: { ...lapse, releaseHeight: 49 }, oldReleaseHeight: 29, error: 'boom' }],
    ],
    of: row('lapses', 0n),
    is: { releaseHeight: 49, releasedHeight: null },
  },
  {
    name: 'LapseReleased',
    steps: [
      ['Lapsed', { lapse }],
      ['LapseReleased', { lapse }],
    ],
    of: row('lapses', 0n),
    is: { releasedHeight: AT },
  },
  {
    name: 'StandingChanged',
    steps: [
      [
        'StandingChanged',
        { ...id, owner, oldStanding: 9, newStanding: 0, oldFrauds: 0, newFrauds: 1, cause: 'slash' },
      ],
    ],
    of: worker,
    is: { standing: 0, frauds: 1 },
  },
  {
    name: 'BatchSelected',
    steps: [selected],
    of: row('selections', 1n, 1, 0),
    is: { worker: owner, seedHeight: 8, height: AT, earmarked: 30n, released: null },
  },
  {
    name: 'KeyShown, before its batch is selected',
    steps: [offered, committed, keyShown],
    of: row('leases', 1n, 1, 0),
    is: { committedHeight: AT, keyShownHeight: AT, keyShownBy: 'dmcn1bob' },
  },
  {
    name: 'AuditStateChanged',
    steps: [drawn, posted],
    of: row('audits', 1n, 1, 0, 0),
    is: { state: 'Posted', auditor: 'dmcn1auditor', round: 1, units: [6, 4], deposit: 9n, postedHeight: AT },
  },
  {
    name: 'AuditPaid out of the escrow',
    steps: [drawn, posted, paidAudit('escrow')],
    of: job,
    is: { audits: 3n, remaining: 7_999_997n },
  },
  {
    name: 'AuditPaid moves the totals',
    steps: [drawn, posted, paidAudit('escrow')],
    of: totals,
    is: { audits: 3n },
  },
  {
    name: 'AuditPaid out of a lock',
    steps: [drawn, posted, paidAudit('lock')],
    of: job,
    is: { audits: 0n },
  },
  {
    name: 'AuditEnded',
    steps: [
      drawn,
      posted,
      paidAudit('lock'),
      [
        'AuditEnded',
        { ...id, index: 0, auditor: 'dmcn1auditor', deposit: 9n, lost: true, oldState: 'Posted' },
      ],
    ],
    of: row('audits', 1n, 1, 0, 0),
    is: { endedHeight: AT, lost: true, fee: 3n, feeSource: 'lock' },
  },
  {
    name: 'WithheldStateChanged',
    steps: [withheld('Withheld', undefined, 'withheld')],
    of: row('withheld', 1n, 1, 0),
    is: { state: 'Withheld', deadline: 90, bond: 400n, height: AT, endedHeight: null },
  },
  {
    name: 'WithheldStateChanged to its end',
    steps: [withheld('Withheld', undefined, 'withheld'), withheld('Ended', 'Withheld', 'withheld_timed_out')],
    of: row('withheld', 1n, 1, 0),
    is: { state: 'Ended', endedHeight: AT, endCause: 'withheld_timed_out' },
  },
  {
    name: 'SlashHeld',
    steps: [slashed],
    of: row('slashes', 4n),
    is: { state: 'held', amount: 400n, shares: [{ recipient: owner, role: 'Prover', amount: '120' }] },
  },
  {
    name: 'SlashDeferred',
    steps: [
      slashed,
      ['SlashDeferred', { slash: { ...slash, releaseHeight: 49 }, oldReleaseHeight: 29, error: 'boom' }],
    ],
    of: row('slashes', 4n),
    is: { state: 'held', releaseHeight: 49 },
  },
  {
    name: 'SlashReleased',
    steps: [slashed, ['SlashReleased', { slash, burned: 280n }]],
    of: row('slashes', 4n),
    is: { state: 'released', endedHeight: AT, burned: 280n },
  },
  {
    name: 'SlashReversed',
    steps: [slashed, ['SlashReversed', { slash }]],
    of: row('slashes', 4n),
    is: { state: 'reversed', endedHeight: AT, burned: null },
  },
  {
    name: 'ModuleRemoved',
    steps: [['ModuleRemoved', { moduleId: bytes32('module', 1), author: 'dmcn1author1' }]],
    of: totals,
    is: { modules: 0n },
  },
  {
    name: 'JobSubmitted',
    steps: [],
    of: job,
    is: { state: 'Open', units: 8, batches: 2, args: ['--digits', '1'], remaining: 8_000_000n },
  },
  {
    name: 'JobSubmitted counts for its module',
    steps: [],
    of: row('modules', Buffer.from(bytes32('module', 1)).toString('hex')),
    is: { jobs: 1n },
  },
  {
    name: 'JobStateChanged',
    steps: [
      ['JobStateChanged', { jobId: 1n, oldState: 'Open', newState: 'Suspended', cause: 'missing_inputs' }],
    ],
    of: job,
    is: { state: 'Suspended' },
  },
  {
    name: 'JobStateChanged of a job that comes later',
    steps: [['JobStateChanged', { jobId: 2n, oldState: undefined, newState: 'Open', cause: 'submit' }]],
    of: row('jobs', 2n),
    is: undefined,
  },
  {
    name: 'JobCancelled',
    steps: [['JobCancelled', { jobId: 1n }]],
    of: job,
    is: { cancelled: true, state: 'Open' },
  },
  {
    name: 'InputMissing',
    steps: [
      ['InputMissing', { ...id, unit: 5, worker: owner }],
      ['InputMissing', { ...id, unit: 6, worker: owner }],
    ],
    of: job,
    is: { missingReporters: [owner] },
  },
  {
    name: 'InputMissing is kept',
    steps: [['InputMissing', { ...id, unit: 5, worker: owner }]],
    of: row('missingInputs', AT, 0),
    is: { unit: 5, worker: owner },
  },
  {
    name: 'InputsConfirmed',
    steps: [
      ['InputMissing', { ...id, unit: 5, worker: owner }],
      ['InputsConfirmed', { jobId: 1n, locators: ['http://b'] }],
    ],
    of: job,
    is: { missingReporters: [], locators: ['http://b'] },
  },
  {
    name: 'JobSettled',
    steps: [
      [
        'JobSettled',
        {
          jobId: 1n,
          state: 'Expired',
          funded: 8_000_000n,
          paid: 0n,
          royalties: 0n,
          fees: 0n,
          audits: 0n,
          refunded: 8_000_000n,
        },
      ],
    ],
    of: job,
    is: { state: 'Expired', remaining: 0n, refunded: 8_000_000n, settledHeight: AT },
  },
  {
    name: 'JobSettled moves the totals',
    steps: [
      [
        'JobSettled',
        {
          jobId: 1n,
          state: 'Expired',
          funded: 8_000_000n,
          paid: 0n,
          royalties: 0n,
          fees: 0n,
          audits: 0n,
          refunded: 8_000_000n,
        },
      ],
    ],
    of: totals,
    is: { openJobs: 0n, refunded: 8_000_000n },
  },
  {
    name: 'BatchStateChanged makes a batch',
    steps: [change('Offered')],
    of: batch,
    is: { state: 'Offered', epoch: 0, leaseEpoch: 0, worker: owner, deadline: 40 },
  },
  {
    name: 'BatchStateChanged makes a batch, counted',
    steps: [change('Offered')],
    of: job,
    is: { nextBatch: 2, liveBatches: 1 },
  },
  {
    name: 'BatchStateChanged to Queued lets go',
    steps: [change('Offered'), offered, change('Queued', { epoch: 1, cause: 'lease_timeout' })],
    of: batch,
    is: { state: 'Queued', epoch: 1, leaseEpoch: null, worker: null },
  },
  {
    name: 'BatchStateChanged to Queued ends the lease',
    steps: [change('Offered'), offered, change('Queued', { epoch: 1, cause: 'lease_timeout' })],
    of: lease,
    is: { endedHeight: AT, endCause: 'lease_timeout' },
  },
  {
    name: 'BatchStateChanged to Ended',
    steps: [change('Offered'), change('Ended')],
    of: job,
    is: { liveBatches: 0, endedBatches: 1 },
  },
  {
    name: 'BatchStateChanged to Final',
    steps: [...held, opened, change('Final')],
    of: job,
    is: { liveBatches: 0, finalBatches: 1 },
  },
  {
    name: 'BatchStateChanged back from an opening withdraws the units',
    steps: [...held, opened, change('Challenge'), change('Queued', { epoch: 1 })],
    of: unit,
    is: undefined,
  },
  {
    name: 'BatchStateChanged of a late opening',
    steps: [...held, change('Queued', { epoch: 1 }), opened, change('Challenge')],
    of: lease,
    is: { endedHeight: null, openedHeight: AT },
  },
  {
    name: 'BatchOffered',
    steps: [change('Offered'), offered],
    of: lease,
    is: { ask: 50n, bond: 400n, acceptedHeight: null },
  },
  {
    name: 'BatchOffered before the state changed',
    steps: [offered, change('Offered')],
    of: lease,
    is: { ask: 50n, bond: 400n, acceptedHeight: null, endedHeight: null },
  },
  {
    name: 'BatchOffered again in the same epoch',
    steps: [change('Offered'), offered, change('Queued'), change('Offered'), offered],
    of: lease,
    is: { endedHeight: null },
  },
  {
    name: 'BatchCommitted',
    steps: [change('Offered'), offered, committed, change('Committed')],
    of: lease,
    is: { committedHeight: AT, acceptedHeight: AT, locators: ['http://a'], keyRecipients: [owner] },
  },
  {
    name: 'BatchOpened',
    steps: [...held, opened],
    of: unit,
    is: { status: 0, gas: 10n, worker: owner, paid: false },
  },
  {
    name: 'BatchOpened tells of its lease',
    steps: [...held, opened],
    of: lease,
    is: { gasTotal: 40n, opener: 'dmcn1opener' },
  },
  {
    name: 'BatchPaid',
    steps: [...held, opened, paid],
    of: row('payments', 1n, 1),
    is: { pay: 100n, royalty: 5n, fee: 2n, height: AT },
  },
  {
    name: 'BatchPaid moves the job’s sums',
    steps: [...held, opened, paid],
    of: job,
    is: { paid: 100n, royalties: 5n, fees: 2n, remaining: 8_000_000n - 107n, unitsPaid: 4 },
  },
  {
    name: 'BatchPaid moves the worker’s sums',
    steps: [...held, opened, paid],
    of: worker,
    is: { earned: 100n, gasPaid: 40n, unitsPaid: 4n },
  },
  { name: 'BatchPaid marks the units', steps: [...held, opened, paid], of: unit, is: { paid: true } },
  {
    name: 'OutputDemanded',
    steps: [demanded],
    of: row('demands', 1n, 1, 0),
    is: { unit: 5, deposit: 7n, postedHeight: null },
  },
  {
    name: 'OutputPosted',
    steps: [demanded, ['OutputPosted', { ...id, unit: 5, poster: 'dmcn1p', deposit: 7n }]],
    of: row('demands', 1n, 1, 0),
    is: { poster: 'dmcn1p', postedHeight: AT },
  },
  {
    name: 'DemandReturned',
    steps: [demanded, ['DemandReturned', { ...id, unit: 5, deposit: 7n }]],
    of: row('demands', 1n, 1, 0),
    is: { poster: null, returnedHeight: AT },
  },
  {
    name: 'ItemFailed',
    steps: [['ItemFailed', { item: 'batch/1/0', error: 'boom' }]],
    of: row('failures', AT, 0),
    is: { item: 'batch/1/0', error: 'boom' },
  },
  {
    name: 'BeaconSeed',
    steps: [
      ['BeaconSeed', { seed: { height: AT, value: bytes32('s'), live: true, liveCount: 8, proposer: 'v' } }],
    ],
    of: row('seeds', AT),
    is: { live: true, liveCount: 8 },
  },
  {
    name: 'BeaconKeyRegistered',
    steps: [['BeaconKeyRegistered', { key: { operator: 'v', publicKey: bytes32('k'), activeHeight: 17 } }]],
    of: row('validatorKeys', 'v', 17),
    is: { height: AT },
  },
  {
    name: 'BeaconParamsUpdated',
    steps: [['BeaconParamsUpdated', { params: { keyDelay: 8, history: 100 } }]],
    of: row('params', 'beacon'),
    is: { value: '{"keyDelay":8,"history":100}', height: AT },
  },
];

const dispute: Dispute = {
  id: 3n,
  ...id,
  leaf: { unit: 5, status: 1, exitCode: 7, gas: 10n, outputHash: bytes32('out', 5) },
  cause: 'Challenge',
  state: 'Queued',
  poster: 'dmcn1challenger',
  deposit: 50n,
  inputHash: bytes32('input'),
  postedHeight: AT,
  startedHeight: 0,
  commitDeadline: 0,
  deadline: 0,
  extended: false,
  totalPower: 0n,
  committedPower: 0n,
  revealedPower: 0n,
};
const started: Dispute = {
  ...dispute,
  state: 'Committing',
  startedHeight: AT,
  deadline: 60,
  totalPower: 40n,
};
const decided: Dispute = { ...started, state: 'Decided', verdict: 'AgainstWorker', revealedPower: 30n };
const disputed: readonly Step[] = [
  ...held,
  opened,
  ['DisputeOpened', { dispute }],
  ['DisputeStateChanged', { dispute: started, oldState: 'Queued', cause: 'started' }],
];
const committedVote: Step = [
  'VoteCommitted',
  { disputeId: 3n, validator: 'val', power: 30n, hash: bytes32('vote') },
];
const revealedVote: Step = [
  'VoteRevealed',
  { disputeId: 3n, validator: 'val', power: 30n, leaf: { ...dispute.leaf, exitCode: 8 } },
];
const theDispute = row('disputes', 3n);
const theVote = row('votes', 3n, 'val');

const disputeCases: readonly Case[] = [
  {
    name: 'DisputeOpened',
    steps: [...held, opened, ['DisputeOpened', { dispute }]],
    of: theDispute,
    is: { worker: owner, unit: 5, exitCode: 7, state: 'Queued', verdict: null, endedHeight: null },
  },
  {
    name: 'DisputeStateChanged',
    steps: disputed,
    of: theDispute,
    is: { state: 'Committing', startedHeight: AT, totalPower: 40n, worker: owner },
  },
  {
    name: 'DisputeStateChanged to its end',
    steps: [
      ...disputed,
      ['DisputeStateChanged', { dispute: decided, oldState: 'Revealing', cause: 'revealed' }],
    ],
    of: theDispute,
    is: { state: 'Decided', verdict: 'AgainstWorker', endedHeight: AT },
  },
  {
    name: 'VoteCommitted',
    steps: [...disputed, committedVote],
    of: theVote,
    is: { power: 30n, committedHeight: AT, revealedHeight: null, absent: false },
  },
  {
    name: 'VoteCommitted counts in its dispute',
    steps: [...disputed, committedVote],
    of: theDispute,
    is: { committedPower: 30n },
  },
  {
    name: 'VoteRevealed',
    steps: [...disputed, committedVote, revealedVote],
    of: theVote,
    is: { exitCode: 8, revealedHeight: AT, committedHeight: AT },
  },
  {
    name: 'VoteRevealed counts in its dispute',
    steps: [...disputed, committedVote, revealedVote],
    of: theDispute,
    is: { committedPower: 30n, revealedPower: 30n },
  },
  {
    name: 'RefereePaid',
    steps: [
      ...disputed,
      committedVote,
      ['RefereePaid', { disputeId: 3n, validator: 'val', account: 'dmcn1r', amount: 4n }],
    ],
    of: theVote,
    is: { earned: 4n },
  },
  {
    name: 'ChallengeReturned',
    steps: [
      ...disputed,
      ['ChallengeReturned', { disputeId: 3n, challenger: 'dmcn1challenger', deposit: 50n }],
    ],
    of: theDispute,
    is: { returnedHeight: AT },
  },
  {
    name: 'ValidatorAbsent of one that never voted',
    steps: [...disputed, ['ValidatorAbsent', { disputeId: 3n, validator: 'val', power: 10n, jailed: true }]],
    of: theVote,
    is: { absent: true, jailed: true, hash: null, power: 10n },
  },
  {
    name: 'ValidatorAbsent is kept',
    steps: [['ValidatorAbsent', { disputeId: 3n, validator: 'val', power: 10n, jailed: false }]],
    of: row('absences', AT, 0),
    is: { disputeId: 3n, jailed: false },
  },
  {
    name: 'RefereeRegistered',
    steps: [
      [
        'RefereeRegistered',
        {
          referee: { validator: 'val', account: 'dmcn1r', encryptionKey: bytes32('k'), registeredHeight: AT },
        },
      ],
    ],
    of: row('referees', 'val'),
    is: { account: 'dmcn1r', registeredHeight: AT },
  },
  {
    name: 'VoteRevealed, RefereePaid and ValidatorAbsent count for the validator',
    steps: [
      ...disputed,
      committedVote,
      revealedVote,
      ['RefereePaid', { disputeId: 3n, validator: 'val', account: 'dmcn1r', amount: 4n }],
      ['ValidatorAbsent', { disputeId: 3n, validator: 'val', power: 10n, jailed: true }],
    ],
    of: row('validators', 'val'),
    is: { votes: 1n, earned: 4n, absences: 1n, jailed: 1n, proposed: 0n, referee: null },
  },
  {
    name: 'BeaconSeed and BeaconKeyRegistered tell of the validator',
    steps: [
      ['BeaconSeed', { seed: { height: AT, value: bytes32('s'), live: true, liveCount: 8, proposer: 'v' } }],
      [
        'BeaconSeed',
        { seed: { height: AT + 1, value: bytes32('s'), live: false, liveCount: 8, proposer: 'v' } },
      ],
      ['BeaconKeyRegistered', { key: { operator: 'v', publicKey: bytes32('k'), activeHeight: 17 } }],
    ],
    of: row('validators', 'v'),
    is: { proposed: 2n, live: 1n, lastProposedHeight: AT + 1, keyHeight: AT },
  },
  {
    name: 'UnitSettled',
    steps: [['UnitSettled', { ...id, unit: 5 }]],
    of: row('settledUnits', 1n, 1, 0, 5),
    is: { height: AT },
  },
  {
    name: 'AuditsReleased',
    steps: [selected, ['AuditsReleased', { ...id, released: 12n }]],
    of: row('selections', 1n, 1, 0),
    is: { released: 12n, earmarked: 30n },
  },
];

describe('each event', () => {
  test.each([...cases, ...disputeCases])('$name', ({ steps, of, is }) => {
    const found = of(after(...steps));
    if (is === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(is);
  });
});

test('error: a row that no event made', () => {
  expect(() => after(['JobCancelled', { jobId: 77n }])).toThrow(InconsistentIndexError);
});

test('error: a state that this version does not know', () => {
  expect(() => after(change(undefined))).toThrow(UnknownValueError);
});
