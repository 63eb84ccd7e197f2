import { toProposal, toValidator, toVote } from '../convert/census.js';
import { amount, present } from '../convert/scalar.js';
import * as census from '../gen/dmcn/census/v1/events.js';
import { type EventReader, reader } from './reader.js';

/** What x/census tells of the modules of the SDK. */
export const censusEvents: readonly (readonly [string, EventReader])[] = [
  [
    'dmcn.census.v1.EventSupply',
    reader(census.EventSupply, 'SupplyStarted', ({ supply }) => ({ supply: amount(supply) })),
  ],
  [
    'dmcn.census.v1.EventValidatorChanged',
    reader(census.EventValidatorChanged, 'ValidatorChanged', (event) => ({
      before: event.old && toValidator(event.old),
      after: event.new && toValidator(event.new),
    })),
  ],
  [
    'dmcn.census.v1.EventProposalChanged',
    reader(census.EventProposalChanged, 'ProposalChanged', ({ proposal }) => ({
      proposal: toProposal(present(proposal, 'proposal')),
    })),
  ],
  ['dmcn.census.v1.EventProposalVoted', reader(census.EventProposalVoted, 'ProposalVoted', toVote)],
];
