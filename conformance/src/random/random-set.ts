import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { CaseSet } from '../case-set.js';
import { randomCases } from './random-cases.js';
import { Translator } from './translate.js';

/** Modules that an engine gets at a time. They are small: starting an engine takes longer than running one. */
export const CHUNK_SIZE = 128;

/** The cases `random/FROM` up to `random/FROM+COUNT-1`. Rejects where what makes them is missing. */
export async function randomSet(from: number, count: number): Promise<CaseSet> {
  return {
    name: 'random',
    identity: `from ${from}, made by ${await ownCode()}`,
    tools: [await Translator.version()],
    count,
    chunkSize: CHUNK_SIZE,
    cases: (skipped) => randomCases(from + skipped, Math.max(0, count - skipped)),
  };
}

/** A hash of the code that makes the modules: when it changes, so do they. */
async function ownCode(): Promise<string> {
  const folder = new URL('../../dist/random/', import.meta.url);
  const hash = createHash('sha256');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js') && !name.includes('.test.'));
  for (const name of names.sort()) hash.update(await readFile(new URL(name, folder)));
  return hash.digest('hex');
}
