import type { EventData, EventType, Proposal, Validator } from '@dmcn/chain-client';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyBlock } from '../apply.js';
import { InconsistentIndexError } from '../errors.js';
import { periodSizes, periodStart } from '../model/period.js';
import { Overlay } from '../model/state.js';
import { openStore, type Store } from '../store/store.js';
import { Network, picks, play } from '../testing/index.js';
import { reduce, reduceBlock } from './index.js';

type Step = { [T in EventType]: readonly [T, EventData[T]] }[EventType];

/** Rows after one block with these events. */
const after = (...steps: readonly Step[]): Overlay => {
  const state = new Overlay({ get: () => undefined });
  state.add(reduceBlock(state, new Network().endBlock()));
  for (const [position, [type, data]] of steps.entries()) {
    state.add(reduce(state, { type, data } as never, { height: 1, position }));
  }
  return state;
};

const validator: Validator = {
  operator: 'v',
  moniker: 'one',
  status: 'bonded',
  jailed: false,
  stake: 70n,
  commission: '0.1',
  consensusAddress: 'AB',
};
const proposal: Proposal = {
  id: 4n,
  proposer: 'p',
  title: 't',
  summary: 's',
  messages: ['/m'],
  status: 'Deposit',
  expedited: false,
  deposit: 5n,
  submitTime: new Date(1_000),
  depositEndTime: new Date(2_000),
  votingStartTime: undefined,
  votingEndTime: undefined,
  tally: undefined,
  failedReason: '',
};
const vote = (option: 'yes' | 'no', voter = 'a'): Step => [
  'ProposalVoted',
  { proposalId: 4n, voter, options: [{ option, weight: '1' }] },
];

test('the supply is what there was at first, and what was minted and burned since', () => {
  const state = after(
    ['Burned', { account: 'a', amount: 3n }],
    ['SupplyStarted', { supply: 100n }],
    ['Minted', { account: 'b', amount: 20n }],
  );
  expect(state.get('totals', 1)).toMatchObject({ supply: 117n, minted: 20n, burned: 3n });
  const start = periodStart('hour', state.get('blocks', 1)?.time ?? 0);
  expect(state.get('supplyPeriods', 'hour', start)).toMatchObject({ minted: 20n, burned: 3n, supply: 117n });
});

test('a validator comes, changes and goes, and the chain’s stake with it', () => {
  const came: Step = ['ValidatorChanged', { before: undefined, after: validator }];
  const moved = { ...validator, status: 'unbonding', jailed: true, stake: 60n } as const;
  const left: Step = ['ValidatorChanged', { before: validator, after: moved }];
  const gone: Step = ['ValidatorChanged', { before: moved, after: undefined }];
  expect(after(came).get('totals', 1)).toMatchObject({ staked: 70n, bondedValidators: 1n });
  expect(after(came, left).get('validators', 'v')).toMatchObject({
    status: 'unbonding',
    isJailed: true,
    stake: 60n,
    moniker: 'one',
    commission: '0.1',
    consensusAddress: 'AB',
    proposed: 0n,
  });
  expect(after(came, left).get('totals', 1)).toMatchObject({ staked: 0n, bondedValidators: 0n });
  expect(after(came, left, gone).get('validators', 'v')).toMatchObject({
    status: null,
    stake: 0n,
    moniker: 'one',
  });
});

test('a proposal is voted on and counted; a second vote of an account takes the first one’s place', () => {
  const told: Step = ['ProposalChanged', { proposal }];
  const counted: Step = [
    'ProposalChanged',
    {
      proposal: { ...proposal, status: 'Rejected', tally: { yes: 1n, abstain: 2n, no: 3n, noWithVeto: 4n } },
    },
  ];
  const state = after(told, vote('yes'), vote('no'), vote('yes', 'b'), counted);
  expect(state.get('proposals', 4n)).toMatchObject({
    status: 'Rejected',
    votes: 2,
    yes: 1n,
    no: 3n,
    noWithVeto: 4n,
    submitTime: 1_000,
    votingEndTime: null,
  });
  expect(state.get('proposalVotes', 4n, 'a')?.options).toEqual([{ option: 'no', weight: '1' }]);
  const ended = (cause: 'dropped' | 'cancelled') => after(told, ['ProposalEnded', { proposalId: 4n, cause }]);
  expect(ended('dropped').get('proposals', 4n)?.status).toBe('Dropped');
  expect(ended('cancelled').get('proposals', 4n)?.status).toBe('Cancelled');
});

test('error: a vote on a proposal that nobody made', () => {
  expect(() => after(vote('yes'))).toThrow(InconsistentIndexError);
});

const forPlausible = (check: (net: Network, store: Store) => void): void => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 50, max: 500 }), (seed, count) => {
      const net = play(new Network(), picks(seed, count));
      const store = openStore(':memory:');
      for (const block of net.blocks) applyBlock(store, block, net.blocks.length);
      check(net, store);
      store.close();
    }),
    { numRuns: 20 },
  );
};

test('property: supply, stake and proposals are as the chain has them, and the periods add up to the supply', () => {
  forPlausible((net, store) => {
    const totals = store.get('totals', 1);
    expect(totals).toMatchObject({
      supply: net.supply?.total ?? 0n,
      minted: net.supply?.minted ?? 0n,
      burned: net.supply?.burned ?? 0n,
    });
    const bonded = [...net.validators.values()].filter(({ status }) => status === 'bonded');
    expect(totals?.staked).toBe(bonded.reduce((sum, { stake }) => sum + stake, 0n));
    expect(totals?.bondedValidators).toBe(BigInt(bonded.length));
    for (const { jailed, ...rest } of net.validators.values()) {
      expect(store.get('validators', rest.operator)).toMatchObject({ ...rest, isJailed: jailed });
    }
    for (const size of periodSizes) {
      const starts = [...new Set(net.blocks.map(({ time }) => periodStart(size, time.getTime())))];
      const rows = starts.flatMap((start) => store.get('supplyPeriods', size, start) ?? []);
      expect(rows.reduce((sum, { minted }) => sum + minted, 0n)).toBe(totals?.minted);
      expect(rows.reduce((sum, { burned }) => sum + burned, 0n)).toBe(totals?.burned);
      expect(rows.at(-1)?.supply ?? 0n).toBe(totals?.supply);
    }
    for (const { proposal: known, ended, voters } of net.proposals.values()) {
      const row = store.get('proposals', known.id);
      const statuses = { dropped: 'Dropped', cancelled: 'Cancelled' } as const;
      expect(row?.status).toBe(ended ? statuses[ended] : known.status);
      expect(row).toMatchObject({ deposit: known.deposit, no: known.tally?.no ?? null, votes: voters.size });
      for (const voter of voters) expect(store.get('proposalVotes', known.id, voter)).toBeDefined();
    }
  });
});
