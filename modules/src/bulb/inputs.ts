import { type UnitInput, unitName } from '../unit-input.js';

/** A picture and the tiles it is rendered in, all in pixels. */
export interface BulbJob {
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Where the camera stands on its circle around the bulb; 345 shows its flower. */
  readonly degrees: number;
}

/** Where a tile belongs in its picture. */
export interface Tile {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** The picture of the README in 144 units of at most 1.5*10^9 gas. */
export const BULB_PICTURE: BulbJob = {
  width: 960,
  height: 540,
  tileWidth: 80,
  tileHeight: 45,
  degrees: 345,
};

/** Units of the module `bulb`, one a tile, row after row; tiles at the right and at the bottom may be smaller. */
export function bulbInputs(job: BulbJob): UnitInput[] {
  const tiles = [...tilesOf(job)];
  return tiles.map((tile, unit) => {
    const { width, height, left, top, tileWidth, tileHeight } = tile;
    const line = `${width} ${height} ${left} ${top} ${tileWidth} ${tileHeight} ${job.degrees}\n`;
    return { name: unitName(unit, tiles.length), bytes: new TextEncoder().encode(line) };
  });
}

/** Reads a unit's input back; throws RangeError when it is not one. */
export function parseTile(input: Uint8Array): Tile {
  const text = new TextDecoder().decode(input);
  const match = /^(\d+) (\d+) (\d+) (\d+) (\d+) (\d+)/.exec(text);
  if (match === null) throw new RangeError(`"${text.slice(0, 60)}" is not the input of a bulb unit`);
  const [width, height, left, top, tileWidth, tileHeight] = match.slice(1).map(Number) as SixNumbers;
  return { width, height, left, top, tileWidth, tileHeight };
}

type SixNumbers = [number, number, number, number, number, number];

function* tilesOf({ width, height, tileWidth, tileHeight }: BulbJob): Generator<Tile> {
  for (let top = 0; top < height; top += tileHeight) {
    for (let left = 0; left < width; left += tileWidth) {
      yield {
        width,
        height,
        left,
        top,
        tileWidth: Math.min(tileWidth, width - left),
        tileHeight: Math.min(tileHeight, height - top),
      };
    }
  }
}
