import type { Dispute, DisputeState, Vote } from '@dmcn/chain-client';
import { describe, expect, test } from 'vitest';
import { dutyOf } from './duty.js';
import { disputeOf } from './testing/court.js';

const hash = new Uint8Array(32);
const leaf = disputeOf().leaf;
const states: readonly DisputeState[] = ['Queued', 'Committing', 'Revealing', 'Decided'];
const votes: Readonly<Record<string, Partial<Vote>>> = {
  nothing: {},
  committed: { hash },
  revealed: { hash, leaf },
};

const at = (state: DisputeState, vote: Partial<Vote>, height = 10, dispute: Partial<Dispute> = {}) =>
  dutyOf(
    {
      dispute: { ...disputeOf(), state, commitDeadline: 20, deadline: 30, ...dispute },
      votes: [
        { disputeId: 1n, validator: 'other', power: 5n },
        { disputeId: 1n, validator: 'mine', power: 5n, ...vote },
      ],
    },
    'mine',
    height,
  );

describe('the duty of a validator', () => {
  const expected: Readonly<Record<string, 'commit' | 'reveal'>> = {
    'Committing nothing': 'commit',
    'Revealing committed': 'reveal',
  };
  for (const state of states) {
    for (const [name, vote] of Object.entries(votes)) {
      test(`${state}, ${name}`, () => expect(at(state, vote)).toBe(expected[`${state} ${name}`]));
    }
  }

  test('a commit has to be in a block up to the deadline, the next one at the earliest', () => {
    expect(at('Committing', {}, 19)).toBe('commit');
    expect(at('Committing', {}, 20)).toBeUndefined();
  });

  test('so has a reveal', () => {
    expect(at('Revealing', { hash }, 29)).toBe('reveal');
    expect(at('Revealing', { hash }, 30)).toBeUndefined();
  });

  test('without power there is none', () => {
    expect(at('Committing', { power: 0n })).toBeUndefined();
    expect(at('Committing', { validator: 'another' })).toBeUndefined();
  });
});
