import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { runUnderWasi, utf8 } from '../testing/run-under-wasi.js';
import { assembleBulb } from './assemble.js';
import { type BulbJob, bulbInputs } from './inputs.js';

const job: BulbJob = { width: 100, height: 60, tileWidth: 48, tileHeight: 40, degrees: 345 };

async function render(input: Uint8Array): Promise<Uint8Array> {
  const { exitCode, output } = await runUnderWasi('bulb', input);
  expect(exitCode).toBe(0);
  return output;
}

it('covers a picture with tiles, the last ones smaller', () => {
  const lines = bulbInputs(job).map(({ bytes }) => new TextDecoder().decode(bytes).trim());
  expect(lines).toEqual([
    '100 60 0 0 48 40 345',
    '100 60 48 0 48 40 345',
    '100 60 96 0 4 40 345',
    '100 60 0 40 48 20 345',
    '100 60 48 40 48 20 345',
    '100 60 96 40 4 20 345',
  ]);
});

it('writes PNGs that join without seams into the picture rendered at once', async () => {
  const tiles = [];
  for (const { bytes } of bulbInputs(job)) tiles.push({ input: bytes, output: await render(bytes) });
  const joined = PNG.sync.read(Buffer.from(assembleBulb(tiles)));
  const whole = PNG.sync.read(Buffer.from(await render(utf8('100 60 0 0 100 60 345'))));
  expect([whole.width, whole.height]).toEqual([100, 60]);
  expect(joined.data.equals(whole.data)).toBe(true);

  const colours = new Set(Array.from({ length: 6_000 }, (_, i) => whole.data.readUInt32BE(4 * i)));
  expect(colours.size).toBeGreaterThan(3_000);
});

it('turns with the camera', async () => {
  const [one, other] = [await render(utf8('40 30 0 0 40 30 0')), await render(utf8('40 30 0 0 40 30 90'))];
  expect(Buffer.from(one).equals(other)).toBe(false);
});

it('keeps the largest tile within the output limit', async () => {
  const output = await render(utf8('16384 9 0 0 16384 9 345'));
  expect(output.length).toBeLessThanOrEqual(512 * 1024);
});

it('ends with exit code 2 when the input is not a tile of a picture', async () => {
  const bad = [
    '',
    'x',
    '10 10 0 0 5',
    '10 10 8 0 5 5 0',
    '10 10 0 10 1 1 0',
    '0 0 0 0 0 0',
    '10 10 0 0 -1 5 0',
  ];
  for (const input of [...bad, '9999999 9 0 0 1 1 0', '1000 1000 0 0 1000 1000 0']) {
    expect([input, (await runUnderWasi('bulb', utf8(input))).exitCode]).toEqual([input, 2]);
  }
});

it('refuses to join what does not belong together', async () => {
  const input = utf8('8 8 0 0 4 4 0');
  const output = await render(input);
  expect(() => assembleBulb([])).toThrow(RangeError);
  expect(() => assembleBulb([{ input: utf8('8 8 0 0 5 4 0'), output }])).toThrow(RangeError);
  expect(() =>
    assembleBulb([
      { input, output },
      { input: utf8('9 8 0 0 4 4 0'), output },
    ]),
  ).toThrow(RangeError);
  expect(() => assembleBulb([{ input: utf8('nothing'), output }])).toThrow(/not the input of a bulb unit/);
});
