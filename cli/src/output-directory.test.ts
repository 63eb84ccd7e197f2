import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OutputDirectory, OutputDirectoryError } from './output-directory.js';

const fresh = () => mkdtempSync(join(tmpdir(), 'dmcn-out-'));

describe('OutputDirectory', () => {
  test('an empty or absent directory can be used', async () => {
    const path = join(fresh(), 'new');
    const directory = await OutputDirectory.empty(path);
    await directory.claim('c', 4n);
    await directory.putOutput('unit', Uint8Array.of(1));
    expect(readdirSync(path).sort()).toEqual(['.dmcn-job.json', 'unit.out']);
  });

  test('error: a directory with anything else in it is refused', async () => {
    const path = fresh();
    writeFileSync(join(path, 'thesis.txt'), 'mine');
    await expect(OutputDirectory.empty(path)).rejects.toThrow(OutputDirectoryError);
    await expect(OutputDirectory.ofJob(path, 'c', 4n)).rejects.toThrow(/not empty/);
  });

  test('the same job may go on in its directory, another may not', async () => {
    const path = fresh();
    await OutputDirectory.ofJob(path, 'c', 4n);
    expect((await OutputDirectory.ofJob(path, 'c', 4n)).path).toBe(path);
    await expect(OutputDirectory.ofJob(path, 'c', 5n)).rejects.toThrow(/job 4/);
    await expect(OutputDirectory.ofJob(path, 'd', 4n)).rejects.toThrow(OutputDirectoryError);
    await expect(OutputDirectory.empty(path)).rejects.toThrow(/dmcn job fetch 4/);
  });
});
