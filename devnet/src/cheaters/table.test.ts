import { expect, it } from 'vitest';
import type { DevnetOptions } from '../options.js';
import { checkOptions } from '../options.js';
import { stagesOf } from '../parts.js';
import { cheaterLife } from './index.js';
import { cheaterKinds, cheaterProcesses, cheaterTable, isCheaterKind } from './table.js';

const options: DevnetOptions = {
  ...{ home: '/devnet', validators: 1, workers: 1, indexers: 0, fresh: false, portOffset: 0 },
  ...{ dmcnd: 'dmcnd', dmcn: ['node', 'dmcn'], blockTime: '1s', cheaters: [] },
};

it('has a line for each kind in its table', () => {
  for (const kind of cheaterKinds) expect(cheaterTable()).toMatch(new RegExp(`^  ${kind} `, 'm'));
  expect(isCheaterKind('always')).toBe(true);
  expect(isCheaterKind('constructor')).toBe(false);
});

it('numbers the cheaters of a kind and names the accomplice of each', () => {
  const processes = cheaterProcesses(['always', 'colluders', 'always']);
  expect(processes.map(({ name, accomplice }) => [name, accomplice])).toEqual([
    ['always0', undefined],
    ['colluders0', 'colluders0-cover'],
    ['colluders0-cover', 'colluders0'],
    ['always1', undefined],
  ]);
});

it('starts them beside the workers, in a role of their own', () => {
  const stages = stagesOf({ ...options, cheaters: ['leaker'] });
  const [worker, ...cheaters] = stages.at(-1) ?? [];
  expect(worker?.role).toBe('worker');
  expect(cheaters.map(({ role, name }) => [role, name])).toEqual([
    ['cheater', 'leaker0'],
    ['cheater', 'leaker0-copier'],
  ]);
  expect(cheaters[1]?.command.join(' ')).toContain(
    'devnet cheat leaker --part copier --accomplice /devnet/cheaters/leaker0 --ask 1000000 --home /devnet/cheaters/leaker0-copier',
  );
});

it('takes sixteen of them at most', () => {
  const many = (length: number) => ({
    ...options,
    cheaters: Array.from({ length }, () => 'always' as const),
  });
  expect(checkOptions(many(16)).cheaters).toHaveLength(16);
  expect(() => checkOptions(many(17))).toThrow('give at most 16');
});

it('refuses a part that a kind lacks, and one without its accomplice', () => {
  expect(() => cheaterLife('always', 'cover')).toThrow('always has no part cover: it has worker');
  expect(() => cheaterLife('colluders', 'cover')).toThrow('needs an accomplice');
  expect(cheaterLife('colluders', 'cover', '/devnet/cheaters/colluders0')).toBeTypeOf('function');
});
