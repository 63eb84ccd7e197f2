import { readFile } from 'node:fs/promises';
import type { Program } from '../program.js';
import { buildAll } from './build.js';
import { INPUTS } from './inputs.js';
import { MissingToolError } from './tools.js';

/**
 * Programs of others, built where that is not done yet. Where a tool is missing there are none and a line says so; in
 * CI it is an error.
 * @throws MissingToolError
 */
export async function* othersPrograms(): AsyncGenerator<Program> {
  const built = await buildOrSkip();
  for (const [name, file] of built) {
    yield { name: `corpus/${name}`, module: new Uint8Array(await readFile(file)), runs: INPUTS[name] ?? [] };
  }
}

async function buildOrSkip(): Promise<ReadonlyMap<string, string>> {
  try {
    return await buildAll('wasm');
  } catch (error) {
    if (!(error instanceof MissingToolError) || process.env.CI) throw error;
    process.stderr.write(`SKIPPED: ${error.message}\n`);
    return new Map();
  }
}
