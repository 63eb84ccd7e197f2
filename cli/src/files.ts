import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputsError, type JobInput, splitLines } from '@dmcn/requester';
import { UsageError } from './errors.js';

/** Reads a program's bytes. */
export async function readProgram(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Error(`the module ${file} cannot be read`, { cause });
  }
}

/** Where a job's inputs are: one file a unit, or one file cut by lines. */
export interface InputOptions {
  readonly inputDir?: string;
  readonly input?: string;
  readonly linesPerUnit?: number;
}

/** Reads the inputs: the files of a directory in the order of their names, or the pieces of one file. */
export async function readInputs({ inputDir, input, linesPerUnit }: InputOptions): Promise<JobInput[]> {
  if (inputDir !== undefined && input !== undefined)
    throw new UsageError('give --input-dir or --input, not both');
  if (inputDir !== undefined) return readDirectory(inputDir);
  if (input === undefined)
    throw new UsageError('give --input-dir DIR, or --input FILE with --lines-per-unit N');
  if (linesPerUnit === undefined) throw new UsageError('--input needs --lines-per-unit N');
  return splitLines(await readFile(input), linesPerUnit);
}

async function readDirectory(directory: string): Promise<JobInput[]> {
  const names = (await readdir(directory)).sort();
  const inputs: JobInput[] = [];
  for (const name of names) {
    const path = join(directory, name);
    if ((await stat(path)).isFile()) inputs.push({ name, bytes: await readFile(path) });
  }
  if (inputs.length === 0) throw new InputsError(`${directory} has no file; each file in it is one unit`);
  return inputs;
}
