import { expect, test } from 'vitest';
import { claimsOf, type Leaf } from './evidence.js';

const leaf = (outputHash: string): Leaf => ({ status: 'OK', exitCode: 0, gas: '5', outputHash });

test('votes are gathered by what they claim, the worker first, then by power', () => {
  const votes = [
    { power: '10', leaf: leaf('b') },
    { power: '30', leaf: leaf('c') },
    { power: '25', leaf: leaf('b') },
    { power: '7', leaf: leaf('a') },
    { power: '99', leaf: null },
  ];
  const shown = claimsOf(leaf('a'), votes).map(({ leaf, worker, votes, power }) => [
    leaf.outputHash,
    worker,
    votes,
    power,
  ]);
  expect(shown).toEqual([
    ['a', true, 1, 7n],
    ['b', false, 2, 35n],
    ['c', false, 1, 30n],
  ]);
});

test('gas alone makes another claim', () => {
  const votes = [{ power: '1', leaf: { ...leaf('a'), gas: '6' } }];
  expect(claimsOf(leaf('a'), votes)).toHaveLength(2);
});
