import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { check, prepareTask, runUnit } from '@dmcn/runtime';
import { describe, expect, it } from 'vitest';
import { BULB_PICTURE, bulbInputs } from './bulb/inputs.js';
import { digitsInputs } from './digits/inputs.js';
import { languagesInputs } from './languages/inputs.js';
import { MODULE_NAMES, moduleBytes } from './module-bytes.js';
import { runUnderWasi } from './testing/run-under-wasi.js';

/** The gas limit of a unit unless a job asks for another. */
const DEFAULT_GAS_LIMIT = 2_000_000_000n;

const picture = bulbInputs(BULB_PICTURE);
const units = {
  digits: digitsInputs({ units: 2, imagesPerUnit: 40 }),
  languages: languagesInputs({ units: 2, linesPerUnit: 100 }),
  bulb: [...picture.slice(0, 1), ...picture.slice(77, 79)],
};

describe.each(MODULE_NAMES)('%s', (name) => {
  it('is accepted by the profile', async () => {
    expect(check(await moduleBytes(name))).toEqual([]);
  });

  it('gives the same output in the runtime as under another WASI host, within the default gas limit', async () => {
    const task = await prepareTask(await moduleBytes(name));
    for (const [unit, { bytes }] of units[name].entries()) {
      const request = { input: bytes, unit, args: [], gasLimit: DEFAULT_GAS_LIMIT, memoryLimit: 64 << 20 };
      const { status, output, gas } = runUnit(task, request);
      expect([status, gas > 0n]).toEqual(['OK', true]);
      const { output: expected } = await runUnderWasi(name, bytes);
      expect(Buffer.from(output).equals(expected)).toBe(true);
    }
  });
});

it('is built from its sources byte for byte', async (context) => {
  const script = fileURLToPath(new URL('../build.sh', import.meta.url));
  const { code, said } = await new Promise<{ code: number; said: string }>((resolve) => {
    execFile(script, ['--check'], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr });
    });
  });
  if (code === 3) context.skip(said.trim());
  expect([code, said]).toEqual([0, 'digits: identical\nlanguages: identical\nbulb: identical\n']);
});
