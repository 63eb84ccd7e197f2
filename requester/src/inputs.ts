import { hashBlob } from '@dmcn/blob-store';
import { encodeInputIndex, inputRoot, MAX_UNITS } from '@dmcn/protocol';
import { LIMITS } from '@dmcn/runtime';

/** One unit's input. The name comes back in the results. */
export interface JobInput {
  readonly name: string;
  /** At most 512 KiB. */
  readonly bytes: Uint8Array;
}

/** The inputs of a job with what binds the job to them. */
export interface PreparedInputs {
  readonly inputs: readonly JobInput[];
  /** SHA-256 of each input. */
  readonly hashes: readonly Uint8Array[];
  /** Merkle root over the hashes. */
  readonly root: Uint8Array;
  /** The blob that lists the hashes, and its own hash. */
  readonly index: Uint8Array;
  readonly indexHash: Uint8Array;
}

export const MAX_INPUT_BYTES = LIMITS.inputBytes;

/** Inputs that no job can have. */
export class InputsError extends Error {
  override readonly name = 'InputsError';
}

/** Hashes the inputs and builds their index. Throws InputsError for none, too many, one too large, or a name twice. */
export function prepareInputs(inputs: readonly JobInput[]): PreparedInputs {
  if (inputs.length === 0) throw new InputsError('there is no input: a job needs at least one unit');
  if (inputs.length > MAX_UNITS) {
    throw new InputsError(
      `${inputs.length} inputs are more than the ${MAX_UNITS} units of a job; submit several jobs`,
    );
  }
  const names = new Set<string>();
  for (const { name, bytes } of inputs) {
    if (bytes.length > MAX_INPUT_BYTES) {
      throw new InputsError(
        `input ${name} has ${bytes.length} bytes, more than ${MAX_INPUT_BYTES}; split it`,
      );
    }
    if (names.has(name)) throw new InputsError(`two inputs are named ${name}; give each a name of its own`);
    names.add(name);
  }
  const hashes = inputs.map(({ bytes }) => hashBlob(bytes));
  const index = encodeInputIndex(hashes);
  return { inputs, hashes, root: inputRoot(hashes), index, indexHash: hashBlob(index) };
}

/** Cuts text into inputs of `linesPerUnit` lines each, named by their number; line ends are kept. */
export function splitLines(text: Uint8Array, linesPerUnit: number): JobInput[] {
  if (!Number.isInteger(linesPerUnit) || linesPerUnit < 1) {
    throw new InputsError(`${linesPerUnit} lines per unit is no whole number above 0`);
  }
  const pieces: Uint8Array[] = [];
  let start = 0;
  let lines = 0;
  for (let end = 0; end < text.length; end += 1) {
    if (text[end] !== 0x0a) continue;
    lines += 1;
    if (lines % linesPerUnit === 0) {
      pieces.push(text.subarray(start, end + 1));
      start = end + 1;
    }
  }
  if (start < text.length) pieces.push(text.subarray(start));
  const width = String(pieces.length - 1).length;
  return pieces.map((bytes, number) => ({ name: String(number).padStart(width, '0'), bytes }));
}
