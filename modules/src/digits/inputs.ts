import type { UnitInput } from '../unit-input.js';
import { unitName } from '../unit-input.js';
import { digitImages, HELD_OUT, type LabelledImage, PIXELS } from './data.js';

/** How much of the held-out images goes into how many units. */
export interface DigitsJob {
  readonly units: number;
  readonly imagesPerUnit: number;
}

/**
 * Units of the module `digits`: each a big-endian u32 count and that many images of 784 bytes, taken in order from the
 * 2,000 images that training never saw, from the first again once they are used up.
 */
export function digitsInputs(job: DigitsJob): UnitInput[] {
  return eachUnit(job, (images, unit) => {
    const bytes = new Uint8Array(4 + images.length * PIXELS);
    new DataView(bytes.buffer).setUint32(0, images.length);
    for (const [i, image] of images.entries()) bytes.set(image.pixels, 4 + i * PIXELS);
    return { name: unitName(unit, job.units), bytes };
  });
}

/** What the images of each unit of `digitsInputs` really show. */
export function digitsLabels(job: DigitsJob): number[][] {
  return eachUnit(job, (images) => images.map(({ label }) => label));
}

/** The digits a unit's output names, one an image. */
export function parseDigits(output: Uint8Array): number[] {
  const lines = new TextDecoder().decode(output).trimEnd().split('\n');
  return lines.map((line) => Number.parseInt(line, 10));
}

/** The share of images that were read right, 0 to 1. */
export function digitsAccuracy(
  outputs: readonly Uint8Array[],
  labels: readonly (readonly number[])[],
): number {
  const truth = labels.flat();
  const right = outputs.flatMap(parseDigits).filter((digit, i) => digit === truth[i]).length;
  return right / truth.length;
}

function eachUnit<T>(
  { units, imagesPerUnit }: DigitsJob,
  build: (images: LabelledImage[], unit: number) => T,
): T[] {
  const { heldOut } = digitImages();
  const image = (i: number) => heldOut[i % HELD_OUT] as LabelledImage;
  return Array.from({ length: units }, (_, unit) =>
    build(
      Array.from({ length: imagesPerUnit }, (_, i) => image(unit * imagesPerUnit + i)),
      unit,
    ),
  );
}
