/** So many bytes are copied faster one by one than through a view. */
const SHORT = 48;

/** A growing buffer that writes the integers of the WebAssembly binary format in their shortest form. */
export class ByteWriter {
  #buffer: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#buffer = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** A view of what was written so far; later writes may detach it. */
  view(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  u8(byte: number): void {
    if (this.#length === this.#buffer.length) this.#reserve(1);
    this.#buffer[this.#length++] = byte;
  }

  u32(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.u8(rest);
  }

  /** A signed integer between -2^53 and 2^53, valid as an i32 or i64 constant or as a block type. */
  signed(value: number): void {
    let rest = value;
    while (rest < -0x40 || rest > 0x3f) {
      const low = ((rest % 0x80) + 0x80) % 0x80;
      this.u8(low | 0x80);
      rest = (rest - low) / 0x80;
    }
    this.u8(rest & 0x7f);
  }

  bytes(source: Uint8Array, from = 0, to = source.length): void {
    const length = to - from;
    if (length <= 0) return;
    if (this.#length + length > this.#buffer.length) this.#reserve(length);
    if (length > SHORT) this.#buffer.set(source.subarray(from, to), this.#length);
    else for (let i = 0; i < length; i++) this.#buffer[this.#length + i] = source[from + i] as number;
    this.#length += length;
  }

  name(text: string): void {
    this.sized(new TextEncoder().encode(text));
  }

  /** Bytes preceded by their length. */
  sized(content: Uint8Array): void {
    this.u32(content.length);
    this.bytes(content);
  }

  #reserve(extra: number): void {
    const grown = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + extra));
    grown.set(this.view());
    this.#buffer = grown;
  }
}
