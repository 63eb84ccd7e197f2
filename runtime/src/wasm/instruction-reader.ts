import type { ByteReader } from './byte-reader.js';
import { DecodeError } from './decode-error.js';
import type { Feature } from './features.js';
import { VALUE_TYPE } from './module-layout.js';
import { type Opcode, opcodeOf, prefixedOpcodeOf } from './opcodes.js';
import { featureOfValueType } from './value-types.js';

/** The s33 of a block type without parameters and results. */
export const EMPTY_BLOCK = -0x40;

/** Of a load or store: set if an index of a memory follows. */
const HAS_MEMORY_INDEX = 0x40;

/** Steps over the instructions of a function body or constant expression without allocating one object for each. */
export class InstructionReader {
  /** The instruction that `next` stopped on. */
  opcode: Opcode = opcodeOf(0);
  /** Where it starts, counted from the file's start. */
  offset = 0;
  /** Its index, label depth, alignment, i32 or block type (negative for an inline type, see the binary format's s33). */
  immediate = 0;
  /** The table of a `call_indirect`. */
  table = 0;
  /** The label depths of a `br_table`, the default last. */
  targets: number[] = [];
  /** Why the profile refuses the instruction, or what follows it. */
  refused: Feature | undefined;
  /** The instruction for a person; says more than its name if what follows it is refused. */
  what = '';

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
    this.refused = this.opcode.refused;
    this.what = this.opcode.name;
    this.#readImmediate();
  }

  #readImmediate(): void {
    const { reader } = this;
    switch (this.opcode.immediate) {
      case 'none':
        return;
      case 'index':
      case 'label':
        this.immediate = reader.u32();
        return;
      case 'i32':
        this.immediate = reader.signed(32);
        return;
      case 'memarg':
        this.#memarg();
        return;
      case 'block':
        this.#blockType();
        return;
      case 'labels':
        this.targets = this.#vector();
        this.targets.push(reader.u32());
        return;
      case 'callIndirect':
      case 'index2':
        this.immediate = reader.u32();
        this.table = reader.u32();
        return;
      case 'i64':
        reader.skipSigned64();
        return;
      case 'f32':
        reader.skip(4);
        return;
      case 'f64':
        reader.skip(8);
        return;
      case 'memory':
        this.#memory();
        return;
      case 'memories':
        this.#memory();
        this.#memory();
        return;
      case 'memargLane':
        this.#memarg();
        reader.skip(1);
        return;
      case 'lane':
        reader.skip(1);
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

  /** The instruction would be accepted but for what follows it. */
  #refuse(feature: Feature, what: string): void {
    if (this.refused !== undefined) return;
    this.refused = feature;
    this.what = `${this.opcode.name} ${what}`;
  }

  #blockType(): void {
    const start = this.reader.position;
    this.immediate = this.reader.signed(33);
    if (this.immediate >= 0 || this.immediate === EMPTY_BLOCK) return;
    const type = this.immediate + 0x80;
    if (this.reader.position > start + 1) throw new DecodeError('unknown block type', start);
    if (type >= VALUE_TYPE.f64) return;
    const feature = featureOfValueType(type);
    if (feature === undefined) throw new DecodeError('unknown block type', start);
    if (type === 0x63 || type === 0x64) this.reader.signed(33);
    this.#refuse(feature, 'with a result that is no number');
  }

  #memarg(): void {
    const { reader } = this;
    this.immediate = reader.u32();
    if (this.immediate >= HAS_MEMORY_INDEX && this.immediate < 2 * HAS_MEMORY_INDEX) {
      reader.u32();
      this.#refuse('several-memories', 'with the index of a memory');
    }
    const start = reader.position;
    reader.skipUnsigned64();
    const length = reader.position - start;
    if (length < 5 || (length === 5 && (reader.bytes[reader.position - 1] ?? 0) <= 0x0f)) return;
    this.#refuse('memory64', 'with a 64-bit offset');
  }

  #memory(): void {
    if (this.reader.u8() === 0) return;
    this.reader.position -= 1;
    this.reader.u32();
    this.#refuse('several-memories', 'with the index of a memory');
  }

  #vector(): number[] {
    const count = this.reader.count();
    const values = new Array<number>(count);
    for (let i = 0; i < count; i++) values[i] = this.reader.u32();
    return values;
  }

  #tryTable(): void {
    this.#blockType();
    for (let left = this.reader.u32(); left > 0; left--) {
      const kind = this.reader.u8();
      if (kind < 2) this.reader.u32();
      this.reader.u32();
    }
  }
}
