import { bytesToHex, concat, hexToBytes } from '@dmcn/protocol';

/** An entry's content: a head of plain values, and bytes. */
export interface Record<T> {
  readonly head: T;
  readonly body: Uint8Array;
}

const VERSION = 1;
const HEAD_AT = 4;

/** `u32 length of the head || head as JSON || body`. The head may hold bigints and bytes. */
export function encodeRecord<T extends object>(head: T, body: Uint8Array = new Uint8Array()): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify({ ...head, v: VERSION }, tag));
  const length = new Uint8Array(HEAD_AT);
  new DataView(length.buffer).setUint32(0, json.length);
  return concat(length, json, body);
}

/** What `encodeRecord` made; undefined for what another version of it wrote. */
export function decodeRecord<T extends object>(bytes: Uint8Array): Record<T> | undefined {
  try {
    const end = HEAD_AT + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    const text = new TextDecoder().decode(bytes.subarray(HEAD_AT, end));
    const { v, ...head } = JSON.parse(text, untag) as T & { readonly v: number };
    return v === VERSION ? { head: head as unknown as T, body: bytes.slice(end) } : undefined;
  } catch {
    return undefined;
  }
}

function tag(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { $n: String(value) };
  if (value instanceof Uint8Array) return { $b: bytesToHex(value) };
  return value;
}

function untag(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$n' in value) return BigInt(value.$n as string);
  if ('$b' in value) return hexToBytes(value.$b as string);
  return value;
}
