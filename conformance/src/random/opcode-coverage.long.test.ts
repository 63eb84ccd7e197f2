import { acceptedOpcodes } from '@dmcn/runtime/testing/sections';
import { expect, test } from 'vitest';
import { executedOpcodes } from './opcode-coverage.js';
import { randomCases } from './random-cases.js';

/** Random modules by which everything has been executed. */
const ENOUGH = 20_000;

test('random modules execute every accepted opcode', async () => {
  const missing = new Map(acceptedOpcodes().map(({ code, name }) => [code, name]));
  let modules = 0;
  for await (const { module } of randomCases(0, ENOUGH)) {
    modules += 1;
    for (const code of executedOpcodes(module)) missing.delete(code);
    if (missing.size === 0) break;
  }
  expect([...missing.values()], `after ${modules} modules`).toEqual([]);
}, 1_800_000);
