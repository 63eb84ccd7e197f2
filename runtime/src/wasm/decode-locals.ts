import type { ByteReader } from './byte-reader.js';
import type { Feature } from './features.js';

export interface Locals {
  /** How many are declared (a module can declare billions in a few bytes). */
  readonly count: number;
  /** Runs of one type, in order. */
  readonly runs: readonly { readonly count: number; readonly type: number }[];
  /** Set if one of them is no number. */
  readonly refused?: Feature;
}

/** Reads the declaration of locals at the start of a function body. @throws DecodeError at its end. */
export function readLocalTypes(reader: ByteReader): Locals {
  const runs: { count: number; type: number }[] = [];
  let count = 0;
  let refused: Feature | undefined;
  for (let left = reader.u32(); left > 0; left--) {
    const run = { count: reader.u32(), type: reader.u8() };
    if (run.type === 0x7b) refused ??= 'simd';
    else if (run.type < 0x7c || run.type > 0x7f) refused ??= 'reference-types';
    if (run.type === 0x63 || run.type === 0x64) reader.skipLeb(5);
    count += run.count;
    runs.push(run);
  }
  return refused === undefined ? { count, runs } : { count, runs, refused };
}
