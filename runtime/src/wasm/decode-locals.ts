import type { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import type { Feature } from './features.js';
import { featureOfValueType, isNumber } from './value-types.js';

export interface Locals {
  /** How many are declared (a module can declare billions in a few bytes). */
  readonly count: number;
  /** Runs of one type, in order. */
  readonly runs: readonly { readonly count: number; readonly type: number }[];
  /** Set if one of them is no number. */
  readonly refused?: Feature;
}

/** Reads the declaration of locals at the start of a function body. @throws DecodeError if it is none. */
export function readLocalTypes(reader: ByteReader): Locals {
  const runs: { count: number; type: number }[] = [];
  let count = 0;
  let refused: Feature | undefined;
  for (let left = reader.count(2); left > 0; left--) {
    const offset = reader.position;
    const run = { count: reader.u32(), type: reader.u8() };
    if (!isNumber(run.type)) {
      const feature = featureOfValueType(run.type);
      if (feature === undefined) throw new DecodeError('unknown type of a local', offset);
      refused ??= feature;
      if (run.type === 0x63 || run.type === 0x64) reader.signed(33);
    }
    count += run.count;
    runs.push(run);
  }
  if (count > 0xffffffff) throw new DecodeError('more locals than can be counted', reader.position);
  return refused === undefined ? { count, runs } : { count, runs, refused };
}
