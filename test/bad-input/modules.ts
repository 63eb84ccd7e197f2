import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { moduleBytes } from '@dmcn/modules';
import { expect, it } from 'vitest';
import { newDirectory } from '../support/devnet.js';
import { fails, onlyDocument } from '../support/dmcn.js';
import type { Manifest } from '../support/documents.js';
import type { Network } from '../support/network.js';
import { run } from '../support/process.js';
import { customSection, inputDirectory } from '../support/programs.js';
import { refused } from '../support/refusals.js';

const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const mib = 1024 * 1024;

/** `(func (drop (v128.const 0)))` as the entry point: SIMD, which the profile refuses. */
const simd = Uint8Array.from([
  ...magic,
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 2, 1, 0],
  ...[5, 3, 1, 0, 1],
  ...[7, 19, 2, 6, ...Buffer.from('memory'), 2, 0, 6, ...Buffer.from('_start'), 0, 0],
  ...[10, 23, 1, 21, 0, 0xfd, 12, ...new Array(16).fill(0), 0x1a, 0x0b],
]);

export function badModules(network: () => Network): void {
  const programs = {
    'too large': {
      bytes: async () => pad(await moduleBytes('digits'), 2 * mib + 1),
      says: /limit|larger|2097152/i,
    },
    'not WASM': { bytes: async () => Buffer.from('#!/bin/sh\necho hello\n'), says: /byte 0/ },
    'cut off': { bytes: async () => (await moduleBytes('digits')).slice(0, 5_000), says: /byte 0x[0-9a-f]+/ },
    'refused by the profile': { bytes: async () => simd, says: /function 0.*v128\.const/ },
  };
  for (const [what, { bytes, says }] of Object.entries(programs)) {
    it(`${what}: check names the reason, publish and run refuse it`, async () => {
      const net = network();
      const { name, address } = await net.person('author', 10_000_000n);
      const file = await programFile(await bytes());
      const inputDir = await inputDirectory([{ name: 'one', bytes: 'x' }]);
      await net.balancesAfter([address], async () => {
        const checked = await run(['module', 'check', file, '--json']);
        expect(checked.code, checked.stderr).toBe(1);
        const { accepted, findings } = onlyDocument<{ accepted: boolean; findings: object[] }>(checked);
        expect([accepted, findings.length > 0]).toEqual([false, true]);
        await fails(net.at('module', 'publish', file, '--from', name), says);
        const job = ['--input-dir', inputDir, '--output', await newDirectory(), '--from', name];
        await fails(net.at('job', 'run', '--module', file, ...job), says);
      });
    });
  }

  it('the chain itself refuses what is too large, no WASM, or there already', async () => {
    const net = network();
    const { address, signer } = await net.person('author', 20_000_000n);
    const code = await moduleBytes('digits');
    const store = (program: Uint8Array) => (unasked: { readonly gasLimit: bigint }) =>
      net.chain.storeModule(
        { code: program, royaltyBps: 0, name: 'bad' },
        { signer, ...unasked, gasLimit: 60_000_000n },
      );
    await net.balancesAfter([address], async () => {
      await refused('ModuleTooLarge', store(pad(code, 2 * mib + 1)));
      await refused('InvalidModule', store(Buffer.from('hello, this is no program')));
      await refused('ModuleExists', store(code));
      await refused('InvalidModule', (unasked) =>
        net.chain.storeModule({ code: simd, royaltyBps: 2_001, name: 'greedy' }, { signer, ...unasked }),
      );
    });
  });

  it('a module that only the profile refuses, stored all the same, gives INVALID_MODULE', async () => {
    const net = network();
    const { signer } = await net.person('author', 10_000_000n);
    const code = Buffer.concat([simd, customSection(`${Date.now()}`)]);
    const { moduleId } = await net.chain.storeModule({ code, royaltyBps: 0, name: 'simd' }, { signer });
    const id = Buffer.from(moduleId).toString('hex');
    const inputDir = await inputDirectory([{ name: 'one', bytes: 'x' }]);
    const output = join(await newDirectory(), 'results');
    const manifest = await net.json<Manifest>(
      'job',
      'run',
      '--module',
      id,
      '--input-dir',
      inputDir,
      '--output',
      output,
    );
    expect(manifest.units).toMatchObject([{ name: 'one', status: 'INVALID_MODULE', exitCode: 0 }]);
    expect(await readFile(join(output, 'one.out'))).toHaveLength(0);
  });
}

/** A module made longer with sections that mean nothing. */
function pad(code: Uint8Array, length: number): Uint8Array {
  const missing = length - code.length;
  const head = [0, ...leb5(missing - 6), 1, 0x78];
  return Buffer.concat([code, Buffer.from(head), Buffer.alloc(missing - head.length)]);
}

/** An unsigned LEB128 of exactly five bytes. */
const leb5 = (value: number): number[] =>
  Array.from({ length: 5 }, (_, i) => ((value >>> (7 * i)) & 0x7f) | (i < 4 ? 0x80 : 0));

async function programFile(bytes: Uint8Array): Promise<string> {
  const file = join(await newDirectory(), 'program.wasm');
  await writeFile(file, bytes);
  return file;
}
