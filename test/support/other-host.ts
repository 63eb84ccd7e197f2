import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { newDirectory } from './devnet.js';

/** How a program ended under Node's own WASI host. */
export interface HostRun {
  /** `trap` where it did not end by itself. */
  readonly exitCode: number | 'trap';
  readonly output: Uint8Array;
}

/** Runs a program as it is, with no instrument in it, under the WASI host that Node brings. */
export async function runElsewhere(
  program: Uint8Array,
  args: readonly string[],
  input: Uint8Array,
): Promise<HostRun> {
  const directory = await newDirectory();
  const path = (name: string) => join(directory, name);
  await writeFile(path('in'), input);
  const [stdin, stdout, stderr] = [
    openSync(path('in'), 'r'),
    openSync(path('out'), 'w'),
    openSync(path('err'), 'w'),
  ];
  try {
    const options = { version: 'preview1', returnOnExit: true, env: {} } as const;
    const wasi = new WASI({ ...options, args: ['task', ...args], stdin, stdout, stderr });
    const compiled = await WebAssembly.compile(Uint8Array.from(program));
    const instance = await WebAssembly.instantiate(compiled, wasi.getImportObject() as WebAssembly.Imports);
    const exitCode = start(wasi, instance);
    return { exitCode, output: await readFile(path('out')) };
  } finally {
    for (const file of [stdin, stdout, stderr]) closeSync(file);
  }
}

function start(wasi: WASI, instance: WebAssembly.Instance): number | 'trap' {
  try {
    return Number(wasi.start(instance));
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return 'trap';
    throw error;
  }
}
