import { UnitEnd } from '../run/unit-end.js';

/** Bounds-checked access to a module's memory. A pointer outside of it ends the unit with TRAP. */
export class GuestMemory {
  #view = new DataView(new ArrayBuffer(0));

  constructor(private readonly memory: () => WebAssembly.Memory) {}

  /** Ends the unit unless the whole range is inside. */
  requireRange(pointer: number, length: number): void {
    this.#at(pointer, length);
  }

  /** A view of the bytes, valid until the module runs on. */
  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#at(pointer, length).buffer, pointer, length);
  }

  u32(pointer: number): number {
    return this.#at(pointer, 4).getUint32(pointer, true);
  }

  writeU32(pointer: number, value: number): void {
    this.#at(pointer, 4).setUint32(pointer, value, true);
  }

  writeU64(pointer: number, value: bigint): void {
    this.#at(pointer, 8).setBigUint64(pointer, value, true);
  }

  /** The whole memory, once it is known to reach that far. */
  #at(pointer: number, length: number): DataView<ArrayBuffer> {
    const { buffer } = this.memory();
    if (pointer + length > buffer.byteLength) throw new UnitEnd('TRAP');
    if (this.#view.buffer !== buffer) this.#view = new DataView(buffer);
    return this.#view;
  }
}
