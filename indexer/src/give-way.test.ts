import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { givingWay } from './give-way.js';

const { PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;

const told = (lags: readonly number[], set: (priority: number) => void = () => undefined) => {
  const priorities: number[] = [];
  const onProgress = givingWay((priority) => {
    priorities.push(priority);
    set(priority);
  });
  for (const lag of lags) onProgress({ lag });
  return priorities;
};

test('who follows the chain, a little behind or not, keeps its place', () => {
  expect(told([0, 1, 900, 30, 0])).toEqual([]);
});

test('who is far behind gives way until it has caught up, and again the next time', () => {
  expect(told([5_000, 4_000, 500, 2])).toEqual([PRIORITY_BELOW_NORMAL]);
  expect(told([5_000, 1, 0, 2_000, 0])).toEqual([
    ...[PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL],
    ...[PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL],
  ]);
});

test('a system that gives no place back is no reason to end; another error is', () => {
  const refuse = (code: string) => (priority: number) => {
    if (priority === PRIORITY_NORMAL) throw Object.assign(new Error(code), { info: { code } });
  };
  expect(told([5_000, 0], refuse('EACCES'))).toEqual([PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL]);
  expect(() => told([5_000, 0], refuse('ESRCH'))).toThrow('ESRCH');
});
