import { readFile } from 'node:fs/promises';

/** The example task modules. */
export const MODULE_NAMES = ['digits', 'languages', 'bulb'] as const;
export type ModuleName = (typeof MODULE_NAMES)[number];

/** The built program, as it is committed in this package. */
export async function moduleBytes(name: ModuleName): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(`../${name}/${name}.wasm`, import.meta.url)));
}
