import { concatBytes } from '@noble/hashes/utils.js';
import { DecodeError, LengthError, NumberRangeError } from './errors.js';

export { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Bytes of a SHA-256 digest. */
export const HASH_LENGTH = 32;
/** Bytes of the symmetric keys K and K_out. */
export const KEY_LENGTH = 32;
/** Raw bytes of an account, without its bech32 form. */
export const ACCOUNT_LENGTH = 20;

export const U8_MAX = 0xff;
export const U16_MAX = 0xffff;
export const U32_MAX = 0xffff_ffff;
export const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** Joins byte strings, the `||` of the encodings. */
export const concat = concatBytes;

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** One byte; throws NumberRangeError if `value` does not fit. */
export function u8(value: number, what: string): Uint8Array {
  return Uint8Array.of(checkNumber(value, what, 0, U8_MAX));
}

/** Two bytes, big-endian; throws NumberRangeError if `value` does not fit. */
export function u16(value: number, what: string): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, checkNumber(value, what, 0, U16_MAX));
  return bytes;
}

/** Four bytes, big-endian; throws NumberRangeError if `value` does not fit. */
export function u32(value: number, what: string): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, checkNumber(value, what, 0, U32_MAX));
  return bytes;
}

/** Eight bytes, big-endian; throws NumberRangeError if `value` does not fit. */
export function u64(value: bigint, what: string): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, checkBigint(value, what, 0n, U64_MAX));
  return bytes;
}

/** Returns `value` if it is an integer from `min` to `max`, both included; throws NumberRangeError otherwise. */
export function checkNumber(value: number, what: string, min: number, max: number): number {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new NumberRangeError(what, value, min, max);
  }
  return value;
}

/** Returns `value` if it lies from `min` to `max`, both included; throws NumberRangeError otherwise. */
export function checkBigint(value: bigint, what: string, min: bigint, max: bigint): bigint {
  if (value < min || value > max) throw new NumberRangeError(what, value, min, max);
  return value;
}

/** Returns `bytes` if it is `length` bytes long; throws LengthError otherwise. */
export function checkLength(bytes: Uint8Array, what: string, length: number): Uint8Array {
  if (bytes.length !== length) throw new LengthError(what, bytes.length, length);
  return bytes;
}

/** Compares contents; the time it takes tells where they differ, so that it is not for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Reads big-endian fields one after the other; reading past the end throws DecodeError. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  #offset = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  /** A copy of the next `length` bytes. */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8));
  }

  /** Throws DecodeError unless everything was read. */
  end(): void {
    if (this.remaining > 0) throw new DecodeError(this.#what, `${this.remaining} bytes too many`);
  }

  #advance(length: number): number {
    if (length > this.remaining) {
      throw new DecodeError(this.#what, `it ends ${length - this.remaining} bytes too early`);
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}
