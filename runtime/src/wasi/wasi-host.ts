import { PRICES } from '../profile/costs.js';
import { LIMITS } from '../profile/limits.js';
import type { GasMeter } from '../run/gas-meter.js';
import { UnitEnd } from '../run/unit-end.js';
import { type Call, type ServedCall, WASI_CALLS } from './calls.js';
import { ERRNO, type Errno } from './errno.js';
import type { GuestMemory } from './guest-memory.js';
import type { OutputBuffer } from './output-buffer.js';
import type { RandomStream } from './random-stream.js';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const RIGHT_READ = 2n;
const RIGHT_WRITE = 64n;
const FDSTAT_BYTES = 24;
const FILESTAT_BYTES = 64;
const VECTOR_BYTES = 8;
const CLOCKS = 4;
const CLOCK_STEP = 1_000_000n;

/** What a unit's calls work on. */
export interface WasiHostParts {
  readonly memory: GuestMemory;
  readonly gas: GasMeter;
  readonly input: Uint8Array;
  readonly output: OutputBuffer;
  /** argv, the program's name first. */
  readonly argv: readonly string[];
  readonly random: RandomStream;
  /** Gets a copy of what the module writes to stderr. */
  readonly onStderr?: ((bytes: Uint8Array) => void) | undefined;
}

/** A parameter as an unsigned number of 32 bits. */
const low32 = (value: number | bigint): number =>
  typeof value === 'number' ? value >>> 0 : Number(BigInt.asUintN(32, value));

type HostFunction = (...parameters: (number | bigint)[]) => number;

/**
 * WASI preview1 for one unit. Every call is charged its fixed price first; pointers are checked before anything is
 * read, written or charged by the byte.
 */
export class WasiHost {
  readonly #open = new Set([STDIN, STDOUT, STDERR]);
  /** The arguments one behind the other, and where each starts. */
  readonly #argv: Uint8Array;
  readonly #starts: readonly number[];
  #read = 0;
  #time = 0n;

  constructor(private readonly parts: WasiHostParts) {
    const encoded = parts.argv.map((argument) => new TextEncoder().encode(`${argument}\0`));
    let length = 0;
    this.#starts = encoded.map((argument) => {
      length += argument.length;
      return length - argument.length;
    });
    this.#argv = new Uint8Array(length);
    encoded.forEach((argument, i) => {
      this.#argv.set(argument, this.#starts[i]);
    });
  }

  /** The functions to import under `WASI_MODULE`. */
  imports(): Record<string, HostFunction> {
    return Object.fromEntries(
      Object.entries(WASI_CALLS).map(([name, call]) => [name, this.#import(name, call)]),
    );
  }

  #import(name: string, call: Call): HostFunction {
    const answer =
      call.answer === 'served' ? this.#served[name as ServedCall] : this.#fixed(call.answer, call.pipe);
    return (...parameters) => {
      this.parts.gas.charge(PRICES.hostCall);
      return answer(...parameters.map(low32));
    };
  }

  #fixed(errno: Errno, pipe = false): (fd?: number) => Errno {
    return (fd = -1) => (pipe && !this.#open.has(fd) ? ERRNO.badf : errno);
  }

  readonly #served: Record<ServedCall, (...parameters: number[]) => number> = {
    args_get: (pointers = 0, buffer = 0) => this.#argsGet(pointers, buffer),
    args_sizes_get: (count = 0, size = 0) => {
      this.#writeSizes(count, this.#starts.length, size, this.#argv.length);
      return ERRNO.success;
    },
    environ_get: () => ERRNO.success,
    environ_sizes_get: (count = 0, size = 0) => {
      this.#writeSizes(count, 0, size, 0);
      return ERRNO.success;
    },
    clock_res_get: (clock = 0, pointer = 0) => this.#clock(clock, pointer, () => CLOCK_STEP),
    clock_time_get: (clock = 0, _precision = 0, pointer = 0) =>
      this.#clock(clock, pointer, () => this.#tick()),
    fd_close: (fd = 0) => (this.#open.delete(fd) ? ERRNO.success : ERRNO.badf),
    fd_fdstat_get: (fd = 0, pointer = 0) => this.#fdstat(fd, pointer),
    fd_filestat_get: (fd = 0, pointer = 0) => this.#filestat(fd, pointer),
    fd_read: (fd = 0, vectors = 0, count = 0, read = 0) => this.#fdRead(fd, vectors, count, read),
    fd_write: (fd = 0, vectors = 0, count = 0, written = 0) => this.#fdWrite(fd, vectors, count, written),
    proc_exit: (code = 0) => {
      throw new UnitEnd(code === 0 ? 'OK' : 'EXIT', code);
    },
    random_get: (pointer = 0, length = 0) => {
      const target = this.parts.memory.bytes(pointer, length);
      this.parts.gas.charge(PRICES.randomByte * length);
      this.parts.random.fill(target);
      return ERRNO.success;
    },
  };

  #writeSizes(countPointer: number, count: number, sizePointer: number, size: number): void {
    const { memory } = this.parts;
    memory.requireRange(sizePointer, 4);
    memory.writeU32(countPointer, count);
    memory.writeU32(sizePointer, size);
  }

  #argsGet(pointers: number, buffer: number): Errno {
    const { memory, gas } = this.parts;
    memory.requireRange(pointers, 4 * this.#starts.length);
    const target = memory.bytes(buffer, this.#argv.length);
    gas.charge(PRICES.hostByte * this.#argv.length + PRICES.hostVector * this.#starts.length);
    this.#starts.forEach((start, i) => {
      memory.writeU32(pointers + 4 * i, buffer + start);
    });
    target.set(this.#argv);
    return ERRNO.success;
  }

  #clock(clock: number, pointer: number, time: () => bigint): Errno {
    if (clock >= CLOCKS) return ERRNO.inval;
    this.parts.memory.requireRange(pointer, 8);
    this.parts.memory.writeU64(pointer, time());
    return ERRNO.success;
  }

  #tick(): bigint {
    const time = this.#time;
    this.#time += CLOCK_STEP;
    return time;
  }

  /** A file of unknown type without flags that can be read or written. */
  #fdstat(fd: number, pointer: number): Errno {
    if (!this.#open.has(fd)) return ERRNO.badf;
    this.parts.memory.bytes(pointer, FDSTAT_BYTES).fill(0);
    this.parts.memory.writeU64(pointer + 8, fd === STDIN ? RIGHT_READ : RIGHT_WRITE);
    return ERRNO.success;
  }

  /** A file of unknown type and size. */
  #filestat(fd: number, pointer: number): Errno {
    if (!this.#open.has(fd)) return ERRNO.badf;
    this.parts.memory.bytes(pointer, FILESTAT_BYTES).fill(0);
    return ERRNO.success;
  }

  #fdRead(fd: number, vectors: number, count: number, readPointer: number): Errno {
    if (fd !== STDIN || !this.#open.has(fd)) return ERRNO.badf;
    if (count > LIMITS.ioVectors) return ERRNO.inval;
    const { memory, gas, input } = this.parts;
    const targets = this.#vectors(vectors, count);
    memory.requireRange(readPointer, 4);
    const wanted = targets.reduce((sum, target) => sum + target.length, 0);
    const read = Math.min(wanted, input.length - this.#read);
    gas.charge(PRICES.hostByte * read);
    const end = this.#read + read;
    for (const target of targets) {
      const part = input.subarray(this.#read, Math.min(end, this.#read + target.length));
      target.set(part);
      this.#read += part.length;
    }
    memory.writeU32(readPointer, read);
    return ERRNO.success;
  }

  #fdWrite(fd: number, vectors: number, count: number, writtenPointer: number): Errno {
    if ((fd !== STDOUT && fd !== STDERR) || !this.#open.has(fd)) return ERRNO.badf;
    if (count > LIMITS.ioVectors) return ERRNO.inval;
    const { memory, gas, output, onStderr } = this.parts;
    const sources = this.#vectors(vectors, count);
    memory.requireRange(writtenPointer, 4);
    const written = sources.reduce((sum, source) => sum + source.length, 0);
    gas.charge(PRICES.hostByte * written);
    if (fd === STDOUT) output.append(sources);
    else if (onStderr !== undefined) for (const source of sources) onStderr(source.slice());
    memory.writeU32(writtenPointer, written);
    return ERRNO.success;
  }

  #vectors(pointer: number, count: number): Uint8Array[] {
    const { memory, gas } = this.parts;
    gas.charge(PRICES.hostVector * count);
    memory.requireRange(pointer, VECTOR_BYTES * count);
    const parts: Uint8Array[] = [];
    for (let i = 0; i < count; i++) {
      const vector = pointer + VECTOR_BYTES * i;
      parts.push(memory.bytes(memory.u32(vector), memory.u32(vector + 4)));
    }
    return parts;
  }
}
