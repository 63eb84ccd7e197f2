import { DecodeError } from './decode-error.js';

// A byte order mark is part of a name: without this, `\ufeff_start` would read as `_start`.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads little-endian and LEB128 values from a window of a module, with offsets counted from the file's start. */
export class ByteReader {
  constructor(
    readonly bytes: Uint8Array,
    public position = 0,
    readonly end = bytes.length,
  ) {}

  get done(): boolean {
    return this.position >= this.end;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.end - this.position;
  }

  /** A reader over the next `length` bytes, which this one skips. */
  window(length: number): ByteReader {
    const start = this.position;
    this.skip(length);
    return new ByteReader(this.bytes, start, start + length);
  }

  skip(length: number): void {
    if (length > this.end - this.position) throw new DecodeError('unexpected end of bytes', this.position);
    this.position += length;
  }

  u8(): number {
    const byte = this.position < this.end ? this.bytes[this.position] : undefined;
    if (byte === undefined) throw new DecodeError('unexpected end of bytes', this.position);
    this.position += 1;
    return byte;
  }

  u32(): number {
    const start = this.position;
    const first = this.u8();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && byte > 0x0f) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new DecodeError('not an unsigned integer of 32 bits', start);
  }

  /** A signed LEB128 of 32 or 33 bits. */
  signed(bits: 32 | 33): number {
    const start = this.position;
    const first = this.u8();
    if (first < 0x80) return (first ^ 0x40) - 0x40;
    let value = first & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (shift === 28 && !extendsSign(byte, bits - 28)) break;
      if (byte < 0x80) return byte & 0x40 ? value - 2 ** (shift + 7) : value;
    }
    throw new DecodeError(`not a signed integer of ${bits} bits`, start);
  }

  /** Skips a signed LEB128 of 64 bits. */
  skipSigned64(): void {
    const start = this.position;
    for (let i = 0; i < 9; i++) if (this.u8() < 0x80) return;
    if (!extendsSign(this.u8(), 1)) throw new DecodeError('not a signed integer of 64 bits', start);
  }

  /** Skips an unsigned LEB128 of 64 bits. */
  skipUnsigned64(): void {
    const start = this.position;
    for (let i = 0; i < 9; i++) if (this.u8() < 0x80) return;
    if (this.u8() > 1) throw new DecodeError('not an unsigned integer of 64 bits', start);
  }

  /** The number of entries of a vector, each of at least `least` bytes. */
  count(least = 1): number {
    const start = this.position;
    const count = this.u32();
    if (count * least > this.left)
      throw new DecodeError(`${count} entries do not fit into ${this.left} bytes`, start);
    return count;
  }

  name(): string {
    const start = this.position;
    const length = this.u32();
    const from = this.position;
    this.skip(length);
    try {
      return utf8.decode(this.bytes.subarray(from, this.position));
    } catch {
      throw new DecodeError('a name is not UTF-8', start);
    }
  }
}

/** True for a last byte of a signed LEB128 that holds `used` bits, with the others equal to the sign. */
function extendsSign(byte: number, used: number): boolean {
  const rest = byte >> (used - 1);
  return rest === 0 || rest === 0x7f >> (used - 1);
}
