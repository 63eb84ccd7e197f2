import { DecodeError } from './decode-error.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

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
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && byte > 0x0f) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new DecodeError('integer is too long', start);
  }

  /** A signed LEB128 of at most `bits` (up to 33) bits. */
  signed(bits: number): number {
    const start = this.position;
    const longest = Math.ceil(bits / 7);
    let value = 0;
    for (let i = 0; i < longest; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return byte & 0x40 ? value - 2 ** (7 * (i + 1)) : value;
    }
    throw new DecodeError('integer is too long', start);
  }

  /** Skips a LEB128 of at most `longest` bytes. */
  skipLeb(longest: number): void {
    const start = this.position;
    for (let i = 0; i < longest; i++) if (this.u8() < 0x80) return;
    throw new DecodeError('integer is too long', start);
  }

  name(): string {
    const start = this.position;
    const length = this.u32();
    const from = this.position;
    this.skip(length);
    try {
      return utf8.decode(this.bytes.subarray(from, this.position));
    } catch {
      throw new DecodeError('name is not UTF-8', start);
    }
  }
}
