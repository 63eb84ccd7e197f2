import { command } from '@dmcn/runtime/testing/wat';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../case.js';
import { DEFAULTS } from '../../corpus/program.js';
import { GoHost } from './go-host.js';
import { goHostEngines } from './kinds.js';
import { program } from './programs.js';

const returns = command('');
const endless = command('(loop (br 0))');
const GAS = 10n ** 15n;
const MIB = 1 << 20;

const caseOf = (name: string, module: Uint8Array, request: Partial<Case> = {}): Case => ({
  ...DEFAULTS,
  ...request,
  name,
  module,
});

/** An engine on which a case with much gas is soon late, and that is started by a shell. */
async function impatient(before: string): Promise<GoHost> {
  const path = await program({ name: 'wazero', env: { CGO_ENABLED: '0' } });
  return GoHost.start({
    name: 'wazero-interpreter',
    command: ['/bin/sh', '-c', `${before} exec "$0" wazero-interpreter`, path],
    timeLimit: (gas) => (gas === GAS ? 300 : 60_000),
  });
}

describe('a case that has no end leaves the others theirs', () => {
  test('because it takes too long', async () => {
    const engine = await impatient('');
    const cases = [
      caseOf('before', returns),
      caseOf('endless', endless, { gasLimit: GAS }),
      caseOf('between', endless, { gasLimit: 1_000_000n }),
      caseOf('endless again', endless, { gasLimit: GAS }),
      caseOf('after', returns),
    ];
    expect(await engine.run(cases)).toMatchObject([
      { status: 'OK' },
      { kind: 'none', reason: 'no answer within 0.3 s' },
      { status: 'OUT_OF_GAS' },
      { kind: 'none' },
      { status: 'OK' },
    ]);
    await engine.close();
  });

  test('because it kills the engine', async () => {
    const engine = await impatient('ulimit -v 1500000;');
    const hungry = command(
      '(loop (drop (memory.grow (i32.const 512))) (br_if 0 (i32.lt_u (memory.size) (i32.const 8000))))',
    );
    const cases = [
      caseOf('before', returns),
      caseOf('hungry', hungry, { memoryLimit: 512 * MIB, gasLimit: 10n ** 10n }),
      caseOf('after', returns),
    ];
    expect(await engine.run(cases)).toMatchObject([
      { status: 'OK' },
      { kind: 'none', reason: expect.stringContaining('out of memory') },
      { status: 'OK' },
    ]);
    await engine.close();
  });
});

test('an engine that does not start says why', async () => {
  const start = (command: string[]) => GoHost.start({ name: 'none', command, timeLimit: () => 1_000 });
  await expect(start(['/nowhere/host'])).rejects.toThrow('ENOENT');
  const path = await program({ name: 'wazero', env: { CGO_ENABLED: '0' } });
  await expect(start([path, 'v8'])).rejects.toThrow('name one engine that is built in');
});

test('engines have the names that reports use', () => {
  expect(goHostEngines.map(({ name }) => name)).toEqual([
    'wasmtime',
    'wazero-compiler',
    'wazero-interpreter',
    'wazero-arm64',
  ]);
});
