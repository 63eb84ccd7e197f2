import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, findBreakingChanges } from 'graphql';
import { expect, test } from 'vitest';
import { printed } from './print-schema.js';

const released = readFileSync(fileURLToPath(new URL('../schema.released.graphql', import.meta.url)), 'utf8');

const broken = (before: string, now: string) =>
  findBreakingChanges(buildSchema(before), buildSchema(now)).map(({ description }) => description);

test('what the last release served is still served', () => {
  expect(broken(released, printed())).toEqual([]);
});

test('behavior: a field that is gone is found', () => {
  const without = printed().replace(/^ {2}chainId: String!\n/m, '');
  expect(broken(released, without)).toEqual([expect.stringMatching(/chainId was removed/)]);
});
