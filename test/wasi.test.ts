import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDirectory } from './support/devnet.js';
import type { Manifest } from './support/documents.js';
import { Network } from './support/network.js';
import { runElsewhere } from './support/other-host.js';
import { inputDirectory } from './support/programs.js';

const source = fileURLToPath(new URL('programs/guest.c', import.meta.url));
const wasm = join(await newDirectory(), 'guest.wasm');
const missing = compile();
if (missing) process.stderr.write(`SKIPPED: a C program of its own on the network: ${missing}\n`);

const args = ['--threshold=0.5', 'two words', ''];
const inputs = [
  { name: 'a-nothing', bytes: '' },
  { name: 'b-bytes', bytes: Uint8Array.from({ length: 70_000 }, (_, i) => (i * i) >> 3) },
  {
    name: 'c-floats',
    bytes: 'floats 1.5 -2.25 1e300 -0 0.1 3.141592653589793 1e-310 123456789.987654321',
  },
  { name: 'd-memory', bytes: 'memory 40' },
  { name: 'e-exit', bytes: 'exit 7' },
  { name: 'f-exit', bytes: 'exit 255' },
  { name: 'g-abort', bytes: 'abort' },
  { name: 'h-lines', bytes: 'one\ntwo\r\nthree\0four' },
];

describe.skipIf(missing !== undefined)('a C program that the network has never seen', () => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.open(inject('devnet'));
  });
  afterAll(() => network.close());

  it('gives on the network what it gives under another WASI host', async () => {
    const output = join(await newDirectory(), 'results');
    const flags = ['--input-dir', await inputDirectory(inputs), '--batch-size', 3, '--output', output];
    const job = await network.json<Manifest>('job', 'run', '--module', wasm, ...flags, '--args', ...args);
    for (const [i, { name, bytes }] of inputs.entries()) {
      const elsewhere = await runElsewhere(wasm, args, Buffer.from(bytes));
      const unit = job.units[i];
      const ended = unit?.status === 'TRAP' ? 'trap' : unit?.exitCode;
      expect([unit?.name, ended], name).toEqual([name, elsewhere.exitCode]);
      const here = await readFile(join(output, `${name}.out`), 'utf8');
      expect(here, name).toBe(elsewhere.output.toString());
      if (ended === 'trap') continue;
      expect(here, name).toContain('4 arguments: [task] [--threshold=0.5] [two words] []');
    }
    expect(job.units.map(({ status }) => status)).toEqual([
      'OK',
      'OK',
      'OK',
      'OK',
      'EXIT',
      'EXIT',
      'TRAP',
      'OK',
    ]);
    expect(job.units.every(({ paid, gas }) => BigInt(paid) >= 0n && BigInt(gas) > 0n)).toBe(true);
  });
});

/** Builds the program, or says why that cannot be done here. */
function compile(): string | undefined {
  try {
    execFileSync('clang', ['--target=wasm32-wasi', '-O2', '-o', wasm, source, '-lm'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'clang is not installed';
    const { stderr } = error as { stderr: Buffer };
    if (/wasi|libclang_rt|stdio\.h/.test(String(stderr)))
      return `clang cannot build for wasm32-wasi: ${stderr}`;
    throw new Error(`${source} does not compile: ${stderr}`);
  }
}
