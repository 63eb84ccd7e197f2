import type { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import { type Opcode, opcodeOf, prefixedOpcodeOf } from './opcodes.js';

/** Steps over the instructions of a function body or constant expression without allocating one object for each. */
export class InstructionReader {
  /** The instruction that `next` stopped on. */
  opcode: Opcode = opcodeOf(0);
  /** Where it starts, counted from the file's start. */
  offset = 0;
  /** Its index, label depth or block type (negative for an inline type, see the binary format's s33). */
  immediate = 0;
  /** The label depths of a `br_table`, the default last. */
  targets: number[] = [];

  constructor(private readonly reader: ByteReader) {}

  get done(): boolean {
    return this.reader.done;
  }

  get end(): number {
    return this.reader.position;
  }

  /** Reads one instruction. @throws DecodeError where the bytes are none, or one whose length is not known. */
  next(): void {
    this.offset = this.reader.position;
    const byte = this.reader.u8();
    this.opcode = byte >= 0xfb && byte <= 0xfe ? prefixedOpcodeOf(byte, this.reader.u32()) : opcodeOf(byte);
    this.#readImmediate();
  }

  #readImmediate(): void {
    const { reader } = this;
    switch (this.opcode.immediate) {
      case 'none':
        return;
      case 'block':
        this.immediate = reader.signed(33);
        return;
      case 'label':
      case 'index':
        this.immediate = reader.u32();
        return;
      case 'labels':
        this.targets = this.#vector();
        this.targets.push(reader.u32());
        return;
      case 'callIndirect':
      case 'index2':
        this.immediate = reader.u32();
        reader.u32();
        return;
      case 'memarg':
        this.#memarg();
        return;
      case 'memargLane':
        this.#memarg();
        reader.skip(1);
        return;
      case 'memory':
      case 'lane':
        reader.skip(1);
        return;
      case 'memories':
        reader.skip(2);
        return;
      case 'i32':
        reader.skipLeb(5);
        return;
      case 'i64':
        reader.skipLeb(10);
        return;
      case 'f32':
        reader.skip(4);
        return;
      case 'f64':
        reader.skip(8);
        return;
      case 'bytes16':
        reader.skip(16);
        return;
      case 'types':
        this.#vector();
        return;
      case 'tryTable':
        this.#tryTable();
        return;
      case 'unreadable':
        return;
    }
  }

  #memarg(): void {
    const alignment = this.reader.u32();
    if (alignment >= 0x40) this.reader.u32();
    this.reader.skipLeb(10);
  }

  #vector(): number[] {
    const count = this.reader.u32();
    if (count > this.reader.end - this.reader.position) {
      throw new DecodeError('vector is longer than its function', this.offset);
    }
    return Array.from({ length: count }, () => this.reader.u32());
  }

  #tryTable(): void {
    this.immediate = this.reader.signed(33);
    for (let left = this.reader.u32(); left > 0; left--) {
      const kind = this.reader.u8();
      if (kind < 2) this.reader.u32();
      this.reader.u32();
    }
  }
}
