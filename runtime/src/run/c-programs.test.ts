import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WASI } from 'node:wasi';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { instrument } from '../instrument/instrument.js';
import { FIXTURES, fixture } from '../testing/fixtures.js';
import { runBytes } from '../testing/run-bytes.js';

const text = 'The quick brown fox jumps over the lazy dog and the cat\nthe end of the fox\n'.repeat(30);

/** Runs a plain module under Node's own WASI. */
async function reference(
  bytes: Uint8Array,
  input: Uint8Array,
  args: string[],
): Promise<{ exitCode: number; output: Buffer }> {
  const file = path.join(tmpdir(), `dmcn-reference-${process.pid}-${Math.random()}`);
  writeFileSync(`${file}.in`, input);
  const [stdin, stdout, stderr] = [
    openSync(`${file}.in`, 'r'),
    openSync(`${file}.out`, 'w'),
    openSync('/dev/null', 'w'),
  ];
  const wasi = new WASI({
    version: 'preview1',
    args: ['task', ...args],
    stdin,
    stdout,
    stderr,
    returnOnExit: true,
  });
  const module = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
  const exitCode = wasi.start(
    await WebAssembly.instantiate(module, wasi.getImportObject() as WebAssembly.Imports),
  );
  const output = readFileSync(`${file}.out`);
  for (const end of ['.in', '.out']) rmSync(file + end);
  return { exitCode, output };
}

test.each([
  ['floats', '', []],
  ['memory', '', ['5']],
  ['preview1', '', []],
  ['recursion', '', []],
  ['words', text, ['7']],
  ['words', '', []],
] as const)('%s gives what it gives under another WASI host', async (name, input, args) => {
  const bytes = fixture(name);
  const unit = { input: new TextEncoder().encode(input), args: [...args] };
  const expected = await reference(bytes, unit.input, unit.args);
  const result = await runBytes(bytes, unit);
  expect(new TextDecoder().decode(result.output)).toBe(expected.output.toString());
  expect(result).toMatchObject({
    status: expected.exitCode === 0 ? 'OK' : 'EXIT',
    exitCode: expected.exitCode,
  });
  expect((await runBytes(bytes, unit)).gas).toBe(result.gas);
});

test('malloc gives NULL at the memory limit of the job', async () => {
  const result = await runBytes(fixture('memory'), { args: ['100'], memoryLimit: 8 * 1024 * 1024 });
  expect(new TextDecoder().decode(result.output)).toMatch(/^7 blocks/);
  expect(result).toMatchObject({ status: 'EXIT', exitCode: 1 });
});

test('instrumenting gives the same bytes everywhere', () => {
  const hashes = Object.fromEntries(
    FIXTURES.map((name) => [name, bytesToHex(sha256(instrument(fixture(name))))]),
  );
  expect(hashes).toMatchSnapshot();
});
