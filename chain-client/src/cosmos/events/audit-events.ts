import { auditStates, toAudit, toAuditParams } from '../convert/audit.js';
import { disputeStates, toDispute, toReferee } from '../convert/dispute.js';
import { amount, present } from '../convert/scalar.js';
import * as audit from '../gen/dmcn/audit/v1/events.js';
import { type EventReader, reader, same, toResumed, toSums } from './reader.js';

/** Events of x/audit by their names on the wire. */
export const auditEvents: readonly (readonly [string, EventReader])[] = [
  [
    'dmcn.audit.v1.EventAuditStateChanged',
    reader(audit.EventAuditStateChanged, 'AuditStateChanged', (event) => ({
      audit: toAudit(present(event.audit, 'audit')),
      oldState: auditStates.get(event.oldState),
      cause: event.cause,
      worker: event.worker,
    })),
  ],
  [
    'dmcn.audit.v1.EventAuditPaid',
    reader(audit.EventAuditPaid, 'AuditPaid', (event) => ({ ...event, fee: amount(event.fee) })),
  ],
  [
    'dmcn.audit.v1.EventAuditEnded',
    reader(audit.EventAuditEnded, 'AuditEnded', (event) => ({
      ...event,
      deposit: amount(event.deposit),
      oldState: auditStates.get(event.oldState),
    })),
  ],
  ['dmcn.audit.v1.EventKeyShown', reader(audit.EventKeyShown, 'KeyShown', same)],
  [
    'dmcn.audit.v1.EventDisputeOpened',
    reader(audit.EventDisputeOpened, 'DisputeOpened', (event) => ({
      dispute: toDispute(present(event.dispute, 'dispute')),
    })),
  ],
  [
    'dmcn.audit.v1.EventDisputeStateChanged',
    reader(audit.EventDisputeStateChanged, 'DisputeStateChanged', (event) => ({
      dispute: toDispute(present(event.dispute, 'dispute')),
      oldState: disputeStates.get(event.oldState),
      cause: event.cause,
    })),
  ],
  ['dmcn.audit.v1.EventVoteCommitted', reader(audit.EventVoteCommitted, 'VoteCommitted', same)],
  [
    'dmcn.audit.v1.EventVoteRevealed',
    reader(audit.EventVoteRevealed, 'VoteRevealed', (event) => ({
      ...event,
      leaf: present(event.leaf, 'leaf'),
    })),
  ],
  [
    'dmcn.audit.v1.EventRefereePaid',
    reader(audit.EventRefereePaid, 'RefereePaid', (event) => ({ ...event, amount: amount(event.amount) })),
  ],
  [
    'dmcn.audit.v1.EventChallengeReturned',
    reader(audit.EventChallengeReturned, 'ChallengeReturned', (event) => ({
      ...event,
      deposit: amount(event.deposit),
    })),
  ],
  ['dmcn.audit.v1.EventValidatorAbsent', reader(audit.EventValidatorAbsent, 'ValidatorAbsent', same)],
  [
    'dmcn.audit.v1.EventRefereeRegistered',
    reader(audit.EventRefereeRegistered, 'RefereeRegistered', (event) => ({
      referee: toReferee(present(event.referee, 'referee')),
    })),
  ],
  ['dmcn.audit.v1.EventPayoutsPaused', reader(audit.EventPayoutsPaused, 'PayoutsPaused', toSums)],
  ['dmcn.audit.v1.EventPayoutsResumed', reader(audit.EventPayoutsResumed, 'PayoutsResumed', toResumed)],
  ['dmcn.audit.v1.EventItemFailed', reader(audit.EventItemFailed, 'ItemFailed', same)],
  [
    'dmcn.audit.v1.EventParamsUpdated',
    reader(audit.EventParamsUpdated, 'AuditParamsUpdated', (event) => ({
      params: toAuditParams(present(event.params, 'params')),
    })),
  ],
];
