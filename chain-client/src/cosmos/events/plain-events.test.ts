import { describe, expect, it } from 'vitest';
import { ShapeError } from '../rpc/shape.js';
import { decodeEvents } from './decode-events.js';

const event = (type: string, values: Record<string, string>) => ({
  type,
  attributes: Object.entries({ ...values, mode: 'BeginBlock' }).map(([key, value]) => ({ key, value })),
});
const read = (type: string, values: Record<string, string>) =>
  decodeEvents([event(type, values)], { height: 5, txIndex: null }).map(({ type, data }) => [type, data]);

describe('events of the SDK', () => {
  it('mint and burn our coin, whatever others come with it', () => {
    expect(read('coinbase', { minter: 'm', amount: '12udmc' })).toEqual([
      ['Minted', { account: 'm', amount: 12n }],
    ]);
    expect(read('burn', { burner: 'b', amount: '7other,5udmc' })).toEqual([
      ['Burned', { account: 'b', amount: 5n }],
    ]);
    expect(read('burn', { burner: 'b', amount: '7other' })).toEqual([]);
    expect(read('burn', { burner: 'b', amount: '' })).toEqual([]);
  });

  it('drop and cancel proposals', () => {
    expect(read('inactive_proposal', { proposal_id: '3', proposal_result: 'proposal_dropped' })).toEqual([
      ['ProposalEnded', { proposalId: 3n, cause: 'dropped' }],
    ]);
    expect(read('cancel_proposal', { sender: 's', proposal_id: '4' })).toEqual([
      ['ProposalEnded', { proposalId: 4n, cause: 'cancelled' }],
    ]);
  });

  it('are refused without what they are about', () => {
    expect(() => read('coinbase', { amount: '12udmc' })).toThrow(ShapeError);
    expect(() => read('cancel_proposal', { proposal_id: 'x' })).toThrow(/cancel_proposal/);
  });
});

describe('what x/census tells', () => {
  const validator = {
    operator: 'dmcnvaloper1a',
    consensus_address: 'qwE=',
    moniker: 'one',
    status: 'VALIDATOR_STATUS_BONDED',
    jailed: false,
    tokens: '70',
    commission: '0.100000000000000000',
  };

  it('a validator that is new has nothing before', () => {
    const values = { old: 'null', new: JSON.stringify(validator) };
    expect(read('dmcn.census.v1.EventValidatorChanged', values)).toEqual([
      [
        'ValidatorChanged',
        {
          before: undefined,
          after: {
            operator: 'dmcnvaloper1a',
            moniker: 'one',
            status: 'bonded',
            jailed: false,
            stake: 70n,
            commission: '0.1',
            consensusAddress: 'AB01',
          },
        },
      ],
    ]);
  });

  it('a proposal that was not counted has no tally', () => {
    const proposal = {
      id: '4',
      status: 'PROPOSAL_STATUS_VOTING',
      submit_time: '1000',
      deposit: '5',
      tally: null,
    };
    const [[, data] = []] = read('dmcn.census.v1.EventProposalChanged', {
      proposal: JSON.stringify(proposal),
    });
    expect(data).toMatchObject({
      proposal: {
        id: 4n,
        status: 'Voting',
        submitTime: new Date(1_000),
        tally: undefined,
        votingEndTime: undefined,
      },
    });
  });
});
