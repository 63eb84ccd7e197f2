import type { Audit, Batch, DisputedUnit } from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { inputDuty } from './disagreements.js';

const audit = (differing: readonly number[]) =>
  ({ jobId: 7n, batch: 2, epoch: 1, index: 0, state: 'Differed', differing }) as unknown as Audit;
const unit = (number: number, disputeId?: bigint): DisputedUnit => ({
  leaf: { unit: number, status: 0, exitCode: 0, gas: 1n, outputHash: new Uint8Array(32) },
  ...(disputeId !== undefined && { disputeId }),
});
const batch = (more: Partial<Batch>) =>
  ({ jobId: 7n, index: 2, epoch: 1, state: 'Disputed', disputes: [unit(9), unit(11)], ...more }) as Batch;
const lease = { jobId: 7n, batch: 2, epoch: 1 };

describe('the input that an auditor shows', () => {
  test('is that of the first unit that a batch is disputed about', () => {
    expect(inputDuty(audit([9, 11]), batch({}))).toEqual([{ duty: 'input', lease, unit: 9 }]);
  });

  test.each<[string, readonly number[], Batch | undefined]>([
    ['the batch is gone', [9], undefined],
    ['its audit does not differ in it', [11], batch({})],
    ['somebody has shown it', [9], batch({ disputes: [unit(9, 1n)] })],
    ['referees vote about it', [9], batch({ state: 'Voting' })],
    ['it is about another epoch', [9], batch({ epoch: 2 })],
  ])('none where %s', (_, differing, now) => expect(inputDuty(audit(differing), now)).toEqual([]));
});
