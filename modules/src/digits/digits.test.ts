import { expect, it } from 'vitest';
import { DigitsReference } from '../testing/digits-reference.js';
import { runUnderWasi } from '../testing/run-under-wasi.js';
import { digitImages, HELD_OUT, PIXELS } from './data.js';
import { digitsAccuracy, digitsInputs, digitsLabels } from './inputs.js';

it('splits the images without overlap', () => {
  const { training, heldOut } = digitImages();
  expect([training.length, heldOut.length]).toEqual([8_000, HELD_OUT]);
  const keyOf = ({ pixels }: { pixels: Uint8Array }) => Buffer.from(pixels).toString('base64');
  const trained = new Set(training.map(keyOf));
  expect(heldOut.filter((image) => trained.has(keyOf(image)))).toEqual([]);
});

it('makes units of whole images, in name order', () => {
  const inputs = digitsInputs({ units: 12, imagesPerUnit: 3 });
  expect(inputs.map(({ name }) => name)).toEqual(inputs.map(({ name }) => name).toSorted());
  for (const { bytes } of inputs) {
    expect(bytes.length).toBe(4 + 3 * PIXELS);
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0, 3]);
  }
});

it('reads at least 95 % of the 2,000 held-out images right, just as the same network in TypeScript', async () => {
  const job = { units: 5, imagesPerUnit: HELD_OUT / 5 };
  const reference = new DigitsReference();
  const outputs: Uint8Array[] = [];
  for (const { bytes } of digitsInputs(job)) {
    const { exitCode, output } = await runUnderWasi('digits', bytes);
    expect(exitCode).toBe(0);
    expect(new TextDecoder().decode(output)).toBe(reference.lines(bytes));
    outputs.push(output);
  }
  expect(digitsAccuracy(outputs, digitsLabels(job))).toBeGreaterThanOrEqual(0.95);
});

it('ends with exit code 2 when the input is not whole images', async () => {
  const [unit] = digitsInputs({ units: 1, imagesPerUnit: 2 });
  const bytes = unit?.bytes ?? new Uint8Array();
  for (const bad of [new Uint8Array(), bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from('x')])]) {
    expect((await runUnderWasi('digits', bad)).exitCode).toBe(2);
  }
  expect(await runUnderWasi('digits', new Uint8Array(4))).toEqual({ exitCode: 0, output: new Uint8Array() });
});
