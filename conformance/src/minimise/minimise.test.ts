import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check, prepareTask, runUnit } from '@dmcn/runtime';
import { command, write } from '@dmcn/runtime/testing/wat';
import { expect, test } from 'vitest';
import type { Case } from '../case.js';
import type { Difference } from '../compare/difference.js';
import type { Engine } from '../engines/engine.js';
import type { Outcome } from '../outcome.js';
import { minimise } from './minimise.js';
import { readReproduction, writeReproduction } from './reproduction.js';

/** Reads the input, calls functions that matter to nobody, and writes four bytes. */
const module = command(
  `(i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 64))
  (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
  ${Array.from({ length: 2 }, (_, i) => `(call $idle${i} (i32.const ${i}))`).join(' ')}
  (i32.store (i32.const 32) (i32.div_u (i32.const 1000) (i32.load8_u (i32.const 64))))
  ${write(32, 4)}`,
  Array.from({ length: 2 }, (_, i) => {
    const body = `(loop (br_if 0 (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1)))))
      (f64.store (i32.const 512) (f64.sqrt (f64.convert_i32_u (local.get 0))))`;
    return `(func $idle${i} (param i32) ${body})`;
  }).join(' '),
);

const original: Case = {
  name: 'random/17',
  module,
  input: Uint8Array.from({ length: 64 }, (_, index) => (index === 0 ? 7 : index)),
  args: ['ä'],
  unit: 3,
  gasLimit: 10n ** 7n,
  memoryLimit: 2 ** 20,
};

/** The runtime itself, with gas that a lie may be told about. */
function engine(name: string, lie = (_output: Uint8Array): bigint => 0n): Engine {
  const run = async (each: Case): Promise<Outcome> => {
    const { status, exitCode, gas, output } = runUnit(await prepareTask(each.module), each);
    return { kind: 'result', status, exitCode, gas: gas + lie(output), output: `${output}` };
  };
  return { name, version: '1', run: (cases) => Promise.all(cases.map(run)), close: async () => undefined };
}

test('a lie about one gas is left with a module and an input that show nothing else', async () => {
  const [one, liar] = [engine('one'), engine('liar', ({ length }) => (length === 4 ? 1n : 0n))];
  const smaller = await minimise(original, one, liar);
  expect(check(smaller.module)).toEqual([]);
  expect(smaller.module.length).toBeLessThan(module.length / 2);
  expect(smaller.input).toEqual(Uint8Array.of(7));
  const [honest, lie] = await Promise.all([one, liar].map((each) => each.run([smaller])));
  expect(honest).toMatchObject([{ kind: 'result', output: expect.stringMatching(/^\d+(,\d+){3}$/) }]);
  expect(lie).not.toEqual(honest);
}, 120_000);

test('a case on which engines agree stays as it is', async () => {
  expect(await minimise(original, engine('one'), engine('other'))).toBe(original);
});

test('what is left behind can be run again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dmcn-differences-'));
  try {
    const outcome: Outcome = { kind: 'none', reason: 'SIGSEGV' };
    const difference: Difference = {
      name: original.name,
      reference: { engine: 'node', outcome },
      other: { engine: 'jsc', outcome },
    };
    const directory = await writeReproduction(folder, { case: original, original, difference });
    expect(path.relative(folder, directory)).toBe('random-17-node-jsc');
    expect(await readReproduction(directory)).toEqual(original);
    const readme = await readFile(path.join(directory, 'README.md'), 'utf8');
    expect(readme).toContain('npm run conformance -- replay ');
    expect(readme).toContain('jsc: no outcome: SIGSEGV');
  } finally {
    await rm(folder, { recursive: true });
  }
});
