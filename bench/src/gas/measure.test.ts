import { expect, test } from 'vitest';
import { expectMeasured, isLarge } from '../testing/expect-measured.js';
import { CLASSES } from './classes/index.js';
import { gasSummary } from './results.js';

test('classes have names of their own, in every group', () => {
  const names = CLASSES.map(({ group, name }) => `${group}: ${name}`);
  expect(new Set(names).size).toBe(names.length);
  const groups = 'arithmetic memory growth bulk control host unit preparation'.split(' ');
  expect(new Set(CLASSES.map(({ group }) => group))).toEqual(new Set(groups));
});

test('each class of work is accepted, ends well, and has gas and time', async () => {
  const small = CLASSES.filter((each) => !isLarge(each));
  expect(small.length).toBeGreaterThan(140);
  await expectMeasured(small);
}, 120_000);

test('so do the dearest loads and the preparation of a module', async () => {
  const names = ['dependent loads over 512 MiB', 'preparing a small module'];
  await expectMeasured(CLASSES.filter(({ name }) => names.includes(name)));
});

test('the worst is the class that is slowest in its best round, over the kernel in the middle', () => {
  const kernels = [2, 4, 30].map((nanoseconds) => ({
    kernel: { name: '', source: '', input: new Uint8Array() },
    runs: { native: [], vectorised: [], plain: [], instrumented: [{ nanoseconds, output: '', gas: 2 }] },
  }));
  const named = (group: string, rounds: number[]) => {
    const each = CLASSES.find((one) => one.group === group);
    if (each === undefined) throw new Error(`no class of ${group}`);
    return { each, nanosecondsPerGas: rounds };
  };
  const classes = [named('memory', [9, 10]), named('host', [4, 90]), named('preparation', [50])];
  expect(gasSummary(kernels, classes)).toMatchObject([
    { metric: 'worst_over_typical_ns_per_gas', value: 4.5, goal: 8 },
    { metric: 'typical_ns_per_gas', value: 2 },
    { metric: `worst_ns_per_gas (${classes[0]?.each.name})`, value: 9 },
  ]);
});
