import { readFile } from 'node:fs/promises';
import type { Program, Run } from '../program.js';
import { buildAll } from './build.js';
import { INPUTS } from './inputs.js';
import { MissingToolError } from './tools.js';

/** More gas than any of them needs: how many of a job's units it would fill is not the question here. */
const PLENTY = 20_000_000_000n;

/**
 * Programs of others, built where that is not done yet. Where a tool is missing there are none and a line says so; in
 * CI it is an error.
 * @throws MissingToolError
 */
export async function* othersPrograms(): AsyncGenerator<Program> {
  const built = await buildOrSkip();
  for (const [name, file] of built) {
    yield { name: `corpus/${name}`, module: new Uint8Array(await readFile(file)), runs: runsOf(name) };
  }
}

function runsOf(name: string): Run[] {
  return (INPUTS[name] ?? []).map((run) => ({ gasLimit: PLENTY, ...run }));
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
