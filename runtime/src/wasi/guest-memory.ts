import { UnitEnd } from '../run/unit-end.js';

/** Bounds-checked access to a module's memory. A pointer outside of it ends the unit with TRAP. */
export class GuestMemory {
  constructor(private readonly memory: () => WebAssembly.Memory) {}

  /** A view of the bytes, valid until the module runs on. */
  bytes(pointer: number, length: number): Uint8Array {
    this.#check(pointer, length);
    return new Uint8Array(this.memory().buffer, pointer, length);
  }

  u32(pointer: number): number {
    return this.#view(pointer, 4).getUint32(0, true);
  }

  writeU32(pointer: number, value: number): void {
    this.#view(pointer, 4).setUint32(0, value, true);
  }

  writeU64(pointer: number, value: bigint): void {
    this.#view(pointer, 8).setBigUint64(0, value, true);
  }

  #view(pointer: number, length: number): DataView {
    this.#check(pointer, length);
    return new DataView(this.memory().buffer, pointer, length);
  }

  #check(pointer: number, length: number): void {
    if (pointer + length > this.memory().buffer.byteLength) throw new UnitEnd('TRAP');
  }
}
