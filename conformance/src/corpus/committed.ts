import { readFile } from 'node:fs/promises';
import {
  bulbInputs,
  digitsInputs,
  languagesInputs,
  MODULE_NAMES,
  type ModuleName,
  moduleBytes,
} from '@dmcn/modules';
import { inRepository } from './files.js';
import type { Program, Run } from './program.js';

const text = (value: string) => new TextEncoder().encode(value);
const SENTENCE = text(
  'The quick brown fox jumps over the lazy dog and the cat\nthe end of the fox\n'.repeat(30),
);
const MIB = 1024 * 1024;

const INVALID: readonly Run[] = [
  { name: 'nothing' },
  { name: 'zeros', input: new Uint8Array(5_000) },
  { name: 'not-text', input: Uint8Array.from({ length: 4_000 }, (_, i) => (i * i) >> 3) },
];

/** What the example modules are run on: a few units of real work, and input that is none. */
function moduleRuns(name: ModuleName): Run[] {
  const picture = { width: 48, height: 30, tileWidth: 24, tileHeight: 15, degrees: 345 };
  const units = {
    digits: () => digitsInputs({ units: 2, imagesPerUnit: 8 }),
    languages: () => languagesInputs({ units: 2, linesPerUnit: 30 }),
    bulb: () => bulbInputs(picture),
  }[name]();
  return [...units.map(({ name, bytes }, unit) => ({ name, input: bytes, unit })), ...INVALID];
}

const FIXTURE_RUNS: Readonly<Record<string, readonly Run[]>> = {
  floats: [{ name: 'all' }],
  memory: [
    { name: 'five-blocks', args: ['5'] },
    { name: 'more-than-there-is', args: ['100'], memoryLimit: 8 * MIB },
  ],
  preview1: [{ name: 'all' }],
  recursion: [{ name: 'all' }, { name: 'short-of-gas', gasLimit: 1_000_000n }],
  words: [{ name: 'sentence', input: SENTENCE, args: ['7'] }, ...INVALID],
};

/** Programs whose bytes lie in the repository: the example task modules and the fixtures of the runtime. */
export async function* committedPrograms(): AsyncGenerator<Program> {
  for (const name of MODULE_NAMES)
    yield { name: `modules/${name}`, module: await moduleBytes(name), runs: moduleRuns(name) };
  for (const [name, runs] of Object.entries(FIXTURE_RUNS)) {
    const module = new Uint8Array(await readFile(inRepository(`runtime/fixtures/${name}.wasm`)));
    yield { name: `fixtures/${name}`, module, runs };
  }
}
