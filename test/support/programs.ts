import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BULB_PICTURE, bulbInputs, type ModuleName, moduleBytes } from '@dmcn/modules';
import { newDirectory } from './devnet.js';

/** The file of an example module. */
export const program = (name: ModuleName): string =>
  fileURLToPath(new URL(`../../modules/${name}/${name}.wasm`, import.meta.url));

/** The module that most tests run: quick, over real images. */
export const digits = program('digits');

/** Units of `bulb` that last a quarter of a second and more, so that a worker can be met in the middle of them. */
export const longUnits = bulbInputs({
  ...BULB_PICTURE,
  width: 2 * BULB_PICTURE.width,
  height: 2 * BULB_PICTURE.height,
  tileWidth: 2 * BULB_PICTURE.tileWidth,
  tileHeight: 2 * BULB_PICTURE.tileHeight,
}).slice(52, 92);

/** Flags of a job of such units. */
export const longUnitsNeed = ['--gas-limit', '8e9'] as const;

/** A program in a file. */
export interface ProgramFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** An example module with a custom section of its own: the same program under another module id. */
export async function variant(name: ModuleName, label: string): Promise<ProgramFile> {
  const bytes = Buffer.concat([await moduleBytes(name), customSection(label)]);
  const file = join(await newDirectory(), `${name}-${label}.wasm`);
  await writeFile(file, bytes);
  return { file, bytes };
}

/** A section that every engine passes over. */
export function customSection(content: string): Uint8Array {
  const text = Buffer.from(content);
  return Buffer.concat([Buffer.from([0, text.length + 2, 1, 0x78]), text]);
}

/** Writes inputs into a new directory, a file each. */
export async function inputDirectory(
  inputs: readonly { readonly name: string; readonly bytes: Uint8Array | string }[],
): Promise<string> {
  const directory = await newDirectory();
  await Promise.all(inputs.map(({ name, bytes }) => writeFile(join(directory, name), bytes)));
  return directory;
}
