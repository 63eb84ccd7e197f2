import { PNG } from 'pngjs';
import { parseTile } from './inputs.js';

/** A unit of the module `bulb`, done. */
export interface RenderedTile {
  readonly input: Uint8Array;
  /** The PNG the module wrote. */
  readonly output: Uint8Array;
}

/**
 * Joins tiles into one PNG; what no tile covers stays black.
 * @throws RangeError when there is no tile, or one is of another picture or size than its input says
 */
export function assembleBulb(tiles: readonly RenderedTile[]): Uint8Array {
  const [first] = tiles;
  if (first === undefined) throw new RangeError('a picture needs at least one tile');
  const { width, height } = parseTile(first.input);
  const picture = new PNG({ width, height });
  picture.data.fill(Buffer.from([0, 0, 0, 255]));
  for (const { input, output } of tiles) {
    const place = parseTile(input);
    const tile = PNG.sync.read(Buffer.from(output));
    const fits = tile.width === place.tileWidth && tile.height === place.tileHeight;
    if (!fits || place.width !== width || place.height !== height) {
      throw new RangeError(
        `the tile at ${place.left},${place.top} is not of this picture, or not of its size`,
      );
    }
    PNG.bitblt(tile, picture, 0, 0, tile.width, tile.height, place.left, place.top);
  }
  return PNG.sync.write(picture, { colorType: 2 });
}
