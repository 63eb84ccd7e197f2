import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { acceptedOpcodes } from '../wasm/opcodes.js';
import { gasLimitCap } from './cap.js';
import { ACCESS_PRICES, CALL_PRICES, INSTRUCTION_COSTS, instructionCost, stepAt } from './costs.js';
import { LIMITS } from './limits.js';
import { schedulePage } from './schedule-page.js';

const GAS_LIMIT_BY_DEFAULT = 2_000_000_000n;

test('every accepted instruction has a price', () => {
  const opcodes = acceptedOpcodes();
  expect([...INSTRUCTION_COSTS.keys()]).toEqual(opcodes.map(({ name }) => name));
  for (const { code, name } of opcodes) expect(instructionCost(code)).toBe(INSTRUCTION_COSTS.get(name));
  for (const gas of INSTRUCTION_COSTS.values()) expect(Number.isInteger(gas) && gas >= 0).toBe(true);
  expect(() => instructionCost(0xfd)).toThrow('no price');
});

test('patterns mean the instructions that they look like', () => {
  const prices = [
    'local.get',
    'global.get',
    'i32.ge_s',
    'f32.ge',
    'f32.neg',
    'f32.nearest',
    'i32.eqz',
    'i32.eq',
  ];
  expect(prices.map((name) => INSTRUCTION_COSTS.get(name))).toEqual([0, 1, 2, 2, 1, 3, 1, 2]);
});

test.each([
  ['a load or store', ACCESS_PRICES, LIMITS.memoryPages],
  ['a call', CALL_PRICES, LIMITS.functions],
])('the price of %s never falls with the size, and every size has one', (_, steps, most) => {
  const sizes = steps.map(({ upTo }) => upTo);
  expect(sizes).toEqual(sizes.toSorted((one, other) => one - other));
  for (const [i, { upTo, gas }] of steps.entries()) {
    expect(stepAt(steps, upTo)).toBe(gas);
    if (upTo < most) expect(stepAt(steps, upTo + 1)).toBe(steps[i + 1]?.gas);
    expect(gas).toBeGreaterThanOrEqual(steps[i - 1]?.gas ?? 0);
  }
  expect(stepAt(steps, 0)).toBe(steps[0]?.gas);
  expect(() => stepAt(steps, most + 1)).toThrow('no price');
});

test('the page in docs has these prices', async () => {
  await expect(schedulePage()).toMatchFileSnapshot('../../../docs/gas-schedule.md');
});

test('the cap is what the worst program needs 75 s for, and the chain has it', () => {
  const cap = (worstNanosecondsPerGas: number, preparationSeconds: number) =>
    gasLimitCap({ machine: '', worstNanosecondsPerGas, reserve: 1, preparationSeconds } as never);
  expect(cap(1, 0)).toBe(75_000_000_000n);
  expect(cap(0.5, 5)).toBe(140_000_000_000n);
  expect(cap(0.7, 0)).toBe(107_000_000_000n);
  const params = readFileSync(new URL('../../../chain/x/task/types/params.go', import.meta.url), 'utf8');
  const [, inChain = ''] = /MaxGasLimit: +([\d_]+),/.exec(params) ?? [];
  expect(BigInt(inChain.replaceAll('_', ''))).toBe(gasLimitCap());
  expect(gasLimitCap()).toBeGreaterThan(10n * GAS_LIMIT_BY_DEFAULT);
});
