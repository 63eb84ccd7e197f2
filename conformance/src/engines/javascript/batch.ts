import type { Case } from '../../case.js';

/** Where bytes lie in a batch: offset and length. */
type Place = readonly [offset: number, length: number];

interface Entry {
  readonly module: Place;
  readonly input: Place;
  readonly args: readonly string[];
  readonly unit: number;
  readonly gasLimit: string;
  readonly memoryLimit: number;
}

const HEADER_LENGTH_BYTES = 4;

/**
 * Cases as one row of bytes, which a bare shell can read from one file without knowing UTF-8: the length of a header, the header as JSON
 * in ASCII, and the bytes that it points to. A module that several cases share is there once.
 */
export function writeBatch(cases: readonly Case[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const known = new Map<Uint8Array, Place>();
  let end = 0;
  const place = (bytes: Uint8Array): Place => {
    const found = known.get(bytes);
    if (found !== undefined) return found;
    const fresh: Place = [end, bytes.length];
    known.set(bytes, fresh);
    parts.push(bytes);
    end += bytes.length;
    return fresh;
  };
  const entries = cases.map(
    ({ module, input, args, unit, gasLimit, memoryLimit }): Entry => ({
      module: place(module),
      input: place(input),
      args,
      unit,
      gasLimit: String(gasLimit),
      memoryLimit,
    }),
  );
  const header = JSON.stringify(entries).replace(/[^ -~]/g, escaped);
  const bytes = new Uint8Array(HEADER_LENGTH_BYTES + header.length + end);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  let at = HEADER_LENGTH_BYTES;
  for (let i = 0; i < header.length; i++) bytes[at++] = header.charCodeAt(i);
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The cases of a batch, without their names. Cases that share a module share its array. */
export function readBatch(bytes: Uint8Array): Omit<Case, 'name'>[] {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const start = HEADER_LENGTH_BYTES + length;
  let header = '';
  for (const byte of bytes.subarray(HEADER_LENGTH_BYTES, start)) header += String.fromCharCode(byte);
  const modules = new Map<number, Uint8Array>();
  const slice = ([offset, size]: Place): Uint8Array => bytes.slice(start + offset, start + offset + size);
  return (JSON.parse(header) as Entry[]).map(({ module, input, gasLimit, ...rest }) => {
    const shared = modules.get(module[0]) ?? slice(module);
    if (module[1] > 0) modules.set(module[0], shared);
    return { ...rest, module: shared, input: slice(input), gasLimit: BigInt(gasLimit) };
  });
}
