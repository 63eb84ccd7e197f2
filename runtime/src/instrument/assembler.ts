import { ByteWriter } from '../wasm/byte-writer.js';
import { OP } from '../wasm/opcodes.js';

/** Writes the few instructions that the instrumentation adds. */
export class Assembler extends ByteWriter {
  op(...codes: number[]): this {
    for (const code of codes) this.u8(code);
    return this;
  }

  localGet(index: number): this {
    return this.#indexed(OP.localGet, index);
  }

  localSet(index: number): this {
    return this.#indexed(OP.localSet, index);
  }

  localTee(index: number): this {
    return this.#indexed(OP.localTee, index);
  }

  globalGet(index: number): this {
    return this.#indexed(OP.globalGet, index);
  }

  globalSet(index: number): this {
    return this.#indexed(OP.globalSet, index);
  }

  call(index: number): this {
    return this.#indexed(OP.call, index);
  }

  branch(label: number): this {
    return this.#indexed(OP.br, label);
  }

  i32Const(value: number): this {
    this.u8(OP.i32Const);
    this.signed(value);
    return this;
  }

  i64Const(value: number): this {
    this.u8(OP.i64Const);
    this.signed(value);
    return this;
  }

  #indexed(code: number, index: number): this {
    this.u8(code);
    this.u32(index);
    return this;
  }
}
