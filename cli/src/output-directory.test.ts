import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OutputDirectory, OutputDirectoryError } from './output-directory.js';

const fresh = () => mkdtempSync(join(tmpdir(), 'dmcn-out-'));

describe('OutputDirectory', () => {
  test('an empty or absent directory can be used', async () => {
    const path = join(fresh(), 'new');
    const directory = await OutputDirectory.open(path);
    expect(directory.owner).toBeUndefined();
    await directory.claim({ chainId: 'c', jobId: '4', ask: 'x' });
    await directory.putOutput('unit', Uint8Array.of(1));
    expect(readdirSync(path).sort()).toEqual(['.dmcn-job.json', 'unit.out']);
    expect((await OutputDirectory.open(path)).owner).toEqual({ chainId: 'c', jobId: '4', ask: 'x' });
  });

  test('an output is there when a file has its hash', async () => {
    const directory = await OutputDirectory.open(fresh());
    await directory.putOutput('unit', Uint8Array.of(1));
    const hash = (byte: number) => createHash('sha256').update(Uint8Array.of(byte)).digest();
    expect(await directory.hasOutput('unit', hash(1))).toBe(true);
    expect(await directory.hasOutput('unit', hash(2))).toBe(false);
    expect(await directory.hasOutput('other', hash(1))).toBe(false);
  });

  test('what a killed process left half written is no other content', async () => {
    const path = fresh();
    writeFileSync(join(path, '.dmcn-job.json.part'), '{"chainI');
    expect((await OutputDirectory.open(path)).owner).toBeUndefined();
  });

  test('error: a directory with anything else in it is refused', async () => {
    const path = fresh();
    writeFileSync(join(path, 'thesis.txt'), 'mine');
    await expect(OutputDirectory.open(path)).rejects.toThrow(OutputDirectoryError);
    await expect(OutputDirectory.ofJob(path, 'c', 4n)).rejects.toThrow(/not empty/);
  });

  test.skipIf(process.getuid?.() === 0)('error: a directory that cannot be written is refused', async () => {
    const path = fresh();
    chmodSync(path, 0o500);
    await expect(OutputDirectory.open(path)).rejects.toThrow(
      /cannot be written; make room or give the right/,
    );
  });

  test('error: a file in its place is refused', async () => {
    const path = join(fresh(), 'file');
    writeFileSync(path, '');
    await expect(OutputDirectory.open(path)).rejects.toThrow(/cannot be written/);
  });

  test('the same job may go on in its directory, another may not', async () => {
    const path = fresh();
    await OutputDirectory.ofJob(path, 'c', 4n);
    expect((await OutputDirectory.ofJob(path, 'c', 4n)).path).toBe(path);
    await expect(OutputDirectory.ofJob(path, 'c', 5n)).rejects.toThrow(/job 4/);
    await expect(OutputDirectory.ofJob(path, 'd', 4n)).rejects.toThrow(OutputDirectoryError);
    const directory = await OutputDirectory.open(path);
    expect(() => directory.refuseUnless(false)).toThrow(/dmcn job fetch 4/);
  });
});
