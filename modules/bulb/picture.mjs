// Makes the units of a picture, and joins their outputs:
//   node modules/bulb/picture.mjs split INPUTS [WIDTH HEIGHT TILE-WIDTH TILE-HEIGHT DEGREES]
//   node modules/bulb/picture.mjs join INPUTS OUTPUTS picture.png
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assembleBulb, BULB_PICTURE, bulbInputs } from '../dist/index.js';

const [verb, inputs, ...rest] = process.argv.slice(2);

if (verb === 'split' && inputs !== undefined && (rest.length === 0 || rest.length === 5)) {
  const [width, height, tileWidth, tileHeight, degrees] = rest.map(Number);
  const job = rest.length === 0 ? BULB_PICTURE : { width, height, tileWidth, tileHeight, degrees };
  await mkdir(inputs, { recursive: true });
  for (const { name, bytes } of bulbInputs(job)) await writeFile(join(inputs, name), bytes);
} else if (verb === 'join' && rest.length === 2) {
  const [outputs, picture] = rest;
  const tiles = [];
  for (const name of (await readdir(inputs)).sort()) {
    const [input, output] = [readFile(join(inputs, name)), readFile(join(outputs, `${name}.out`))];
    tiles.push({ input: await input, output: await output });
  }
  await writeFile(picture, assembleBulb(tiles));
} else {
  console.error(
    'usage: picture.mjs split INPUTS [W H TILE-W TILE-H DEGREES], or join INPUTS OUTPUTS picture.png',
  );
  process.exit(2);
}
