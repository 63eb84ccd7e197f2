import { expect, test } from 'vitest';
import type { Case } from '../case.js';
import type { Engine } from '../engines/engine.js';
import type { Outcome } from '../outcome.js';
import { formatDifference } from './difference.js';
import { type Compared, runDifferential } from './differential.js';

async function* numbered(count: number): AsyncGenerator<Case> {
  const bytes = new Uint8Array();
  for (let index = 0; index < count; index++)
    yield {
      name: `${index}`,
      module: bytes,
      input: bytes,
      args: [],
      unit: index,
      gasLimit: 9n,
      memoryLimit: 0,
    };
}

const honest = ({ unit }: Case): Outcome => ({
  kind: 'result',
  status: 'OK',
  exitCode: 0,
  gas: BigInt(unit),
  output: 'ab',
});

function engine(
  name: string,
  outcome: (each: Case) => Outcome = honest,
): Engine & { readonly ran: string[] } {
  const ran: string[] = [];
  return {
    name,
    version: '1',
    ran,
    run: async (cases) => {
      ran.push(...cases.map((each) => each.name));
      return cases.map(outcome);
    },
    close: async () => undefined,
  };
}

async function compare(count: number, engines: [Engine, number?][]): Promise<Compared[]> {
  const contenders = engines.map(([of, every = 1]) => ({ engine: of, every }));
  const all: Compared[] = [];
  for await (const { cases } of runDifferential(numbered(count), contenders, { chunkSize: 3 }))
    all.push(...cases);
  return all;
}

test('every case comes back once, in its order', async () => {
  const all = await compare(20, [[engine('one')], [engine('other')]]);
  expect(all.map(({ case: { name } }) => Number(name))).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(all.flatMap(({ differences }) => differences)).toEqual([]);
});

test.each<[string, (outcome: Outcome) => Outcome]>([
  ['gas', (outcome) => ({ ...outcome, gas: 14n }) as Outcome],
  ['status', (outcome) => ({ ...outcome, status: 'TRAP' }) as Outcome],
  ['exit code', (outcome) => ({ ...outcome, exitCode: 1 }) as Outcome],
  ['output', (outcome) => ({ ...outcome, output: 'cd' }) as Outcome],
  ['end', () => ({ kind: 'none', reason: 'SIGSEGV' })],
])('an engine that lies about one %s is caught', async (_, lie) => {
  const liar = engine('liar', (each) => (each.unit === 13 ? lie(honest(each)) : honest(each)));
  const all = await compare(20, [[engine('one')], [engine('other')], [liar]]);
  const differences = all.flatMap((each) => each.differences);
  expect(differences.map(formatDifference)).toHaveLength(1);
  expect(differences).toMatchObject([
    { name: '13', reference: { engine: 'one' }, other: { engine: 'liar' } },
  ]);
});

test('engines that rewrite modules have to agree on the bytes; one that does not is not asked', async () => {
  const rewrites = (bytes: string) => (each: Case) => ({ ...honest(each), instrumented: bytes }) as Outcome;
  const all = await compare(1, [
    [engine('one', rewrites('12'))],
    [engine('same', rewrites('12'))],
    [engine('host')],
    [engine('other', rewrites('34'))],
  ]);
  expect(all[0]?.differences).toMatchObject([{ other: { engine: 'other' } }]);
});

test('a case that no engine brings to an end is a difference', async () => {
  const all = await compare(1, [[engine('one', () => ({ kind: 'none', reason: 'SIGSEGV' }))]]);
  expect(all[0]?.differences).toMatchObject([{ other: { engine: 'one' } }]);
});

test('an engine that takes every third case gets those, over all chunks', async () => {
  const slow = engine('slow');
  await compare(10, [[engine('one')], [slow, 3]]);
  expect(slow.ran).toEqual(['0', '3', '6', '9']);
});

test('an engine that tells too few outcomes ends the run', async () => {
  const short: Engine = { ...engine('short'), run: async () => [] };
  await expect(compare(4, [[engine('one')], [short]])).rejects.toThrow('short told 0 outcomes of 3 cases');
});
