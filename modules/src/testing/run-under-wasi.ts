import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { type ModuleName, moduleBytes } from '../module-bytes.js';

/** How a module ended under Node's own WASI host. */
export interface WasiRun {
  readonly exitCode: number;
  readonly output: Uint8Array;
}

/** Runs an example module as any WASI host would: input on stdin, output from stdout. */
export async function runUnderWasi(name: ModuleName, input: Uint8Array): Promise<WasiRun> {
  const dir = await mkdtemp(join(tmpdir(), 'dmcn-modules-'));
  const [inputPath, outputPath] = [join(dir, 'in'), join(dir, 'out')];
  await writeFile(inputPath, input);
  const stdin = openSync(inputPath, 'r');
  const stdout = openSync(outputPath, 'w');
  const stderr = openSync(join(dir, 'err'), 'w');
  try {
    const args = ['task'];
    const wasi = new WASI({ version: 'preview1', args, stdin, stdout, stderr, returnOnExit: true });
    const bytes = (await moduleBytes(name)) as Uint8Array<ArrayBuffer>;
    const imports = wasi.getImportObject() as WebAssembly.Imports;
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    const exitCode = Number(wasi.start(instance));
    return { exitCode, output: new Uint8Array(await readFile(outputPath)) };
  } finally {
    for (const fd of [stdin, stdout, stderr]) closeSync(fd);
    await rm(dir, { recursive: true });
  }
}

/** Text as the bytes of a unit's input. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
