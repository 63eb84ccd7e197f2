import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { instrument } from '@dmcn/runtime';
import { inRepository } from './files.js';
import type { Program } from './program.js';

/** SHA-256 in hex of a program before and after instrumentation. */
export interface Golden {
  readonly raw: string;
  readonly instrumented: string;
}

const FILE = inRepository('conformance/corpus/golden.json');

export function goldenOf({ module }: Program): Golden {
  return { raw: sha256(module), instrumented: sha256(instrument(module)) };
}

/** The committed hashes by the name of the program. */
export async function readGolden(): Promise<Readonly<Record<string, Golden>>> {
  return JSON.parse(await readFile(FILE, 'utf8'));
}

/** Replaces them. */
export async function writeGolden(programs: AsyncIterable<Program>): Promise<void> {
  const golden: Record<string, Golden> = {};
  for await (const program of programs) golden[program.name] = goldenOf(program);
  await writeFile(FILE, `${JSON.stringify(golden, null, 2)}\n`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
