import binaryen from 'binaryen';
import type { Seeded } from './seeded.js';

/** Prime and basis of FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
const PRIME = 0x100000001b3n;
const BASIS = 0xcbf29ce484222325n;

/** Where the digest is written from: behind what random code mostly touches. */
const DIGEST = 1_000_000;
const VECTOR = DIGEST + 16;
const WRITTEN = DIGEST + 24;

const HANG_LIMIT = 'hangLimitInitializer';
const MEMORY = '0';

/** Bytes from 0 that the digest takes at the end: random code and the bulk operations reach no further, but for a few. */
const SEEN = 4_096;
const { none, i32, i64, f32, f64, ExternalFunction: FUNCTION } = binaryen;

/** Integers at which instructions behave differently. */
const EDGES = [0, 1, 2, 31, 32, 63, 64, 127, 128, 255, 65_535, 65_536, 0x7fffffff, 0x80000000, 0xffffffff];

/**
 * Turns what wasm-opt makes of random bytes into a command of the profile. What the module logs goes into a digest; `_start` calls each exported
 * function with arguments of the seed's, takes the results into the digest too, bits of NaNs included, and writes it
 * after each call, so that whatever an engine does differently shows in the output.
 */
export function makeCommand(raw: Uint8Array, seeded: Seeded): Uint8Array {
  const module = binaryen.readBinary(raw);
  try {
    module.setFeatures(module.getFeatures() | binaryen.Features.BulkMemoryOpt);
    return new CommandMaker(module, seeded).make();
  } finally {
    module.dispose();
  }
}

class CommandMaker {
  constructor(
    private readonly module: binaryen.Module,
    private readonly seeded: Seeded,
  ) {}

  make(): Uint8Array {
    const { module } = this;
    module.addGlobal('digest', i64, true, module.i64.const(BASIS));
    module.addFunction('note', i64, none, [], this.#note());
    for (const name of this.#imported()) this.#replaceLog(name);
    this.#setHangLimit();
    const called = this.#exported();
    module.addFunctionImport(
      'write',
      'wasi_snapshot_preview1',
      'fd_write',
      binaryen.createType([i32, i32, i32, i32]),
      i32,
    );
    this.#addStart(called);
    for (const name of [...called, HANG_LIMIT]) module.removeExport(name);
    module.addFunctionExport('_start', '_start');
    return module.emitBinary();
  }

  /** Takes a value into the digest. */
  #note(): number {
    const { module } = this;
    const mixed = module.i64.xor(module.global.get('digest', i64), module.local.get(0, i64));
    return module.global.set(
      'digest',
      module.i64.rotl(module.i64.mul(mixed, module.i64.const(PRIME)), module.i64.const(23n)),
    );
  }

  #imported(): string[] {
    const { module } = this;
    return Array.from({ length: module.getNumFunctions() }, (_, i) =>
      binaryen.getFunctionInfo(module.getFunctionByIndex(i)),
    )
      .filter(({ module: from }) => from === 'fuzzing-support')
      .map(({ name }) => name);
  }

  #replaceLog(name: string): void {
    const { module } = this;
    const { params } = binaryen.getFunctionInfo(module.getFunction(name));
    module.removeFunction(name);
    module.addFunction(name, params, none, [], this.#noteValue(module.local.get(0, params), params));
  }

  #noteValue(value: number, type: binaryen.Type): number {
    return this.module.call('note', [this.#bits(value, type)], none);
  }

  #bits(value: number, type: binaryen.Type): number {
    const { module } = this;
    if (type === i32) return module.i64.extend_u(value);
    if (type === f32) return module.i64.extend_u(module.i32.reinterpret(value));
    return type === f64 ? module.i64.reinterpret(value) : value;
  }

  /** How many loop turns and calls a function may take: few as in wasm-opt, or so many that gas or stack ends first. */
  #setHangLimit(): void {
    const { module, seeded } = this;
    const limit = seeded.pick([10, 10, 100, 1_000, 10_000_000]);
    const name = this.#target(HANG_LIMIT);
    const { body } = binaryen.getFunctionInfo(module.getFunction(name));
    const set = binaryen.getExpressionInfo(body) as binaryen.GlobalSetInfo;
    module.removeFunction(name);
    module.addFunction(name, none, none, [], module.global.set(set.name, module.i32.const(limit)));
  }

  /** The function that is exported under a name. */
  #target(name: string): string {
    return binaryen.getExportInfo(this.module.getExport(name)).value;
  }

  #exported(): string[] {
    const { module } = this;
    return Array.from({ length: module.getNumExports() }, (_, i) =>
      binaryen.getExportInfo(module.getExportByIndex(i)),
    )
      .filter(({ kind, name }) => kind === FUNCTION && name !== HANG_LIMIT)
      .map(({ name }) => name);
  }

  #addStart(called: readonly string[]): void {
    const { module, seeded } = this;
    const steps: number[] = [];
    const locals: binaryen.Type[] = [];
    for (let round = 0; round < 2; round++) {
      for (const name of called) {
        const target = this.#target(name);
        const { params, results } = binaryen.getFunctionInfo(module.getFunction(target));
        const values = binaryen.expandType(params).map((type) => this.#constant(type));
        const call = module.call(target, values, results);
        steps.push(module.call(this.#target(HANG_LIMIT), [], none));
        if (results === none) steps.push(call);
        else {
          const local = locals.push(results) - 1;
          steps.push(module.local.set(local, call));
          const types = binaryen.expandType(results);
          types.forEach((type, i) => {
            const got = module.local.get(local, results);
            steps.push(this.#noteValue(types.length > 1 ? module.tuple.extract(got, i) : got, type));
          });
        }
        if (seeded.below(4) === 0) steps.push(this.#bulkOperation());
        if (seeded.below(8) === 0) steps.push(this.#grow());
        steps.push(...this.#write());
      }
    }
    steps.push(...this.#noteMemory(locals.push(i32) - 1), ...this.#write());
    module.addFunction('_start', none, none, locals, module.block(null, steps));
  }

  /** Takes the memory's size and its beginning into the digest. */
  #noteMemory(at: number): number[] {
    const { module } = this;
    const pointer = module.local.get(at, i32);
    const next = module.local.tee(at, module.i32.add(module.local.get(at, i32), module.i32.const(8)), i32);
    return [
      this.#noteValue(module.memory.size(MEMORY), i32),
      module.local.set(at, module.i32.const(0)),
      module.loop(
        'bytes',
        module.block(null, [
          this.#noteValue(module.i64.load(0, 8, pointer, MEMORY), i64),
          module.br('bytes', module.i32.lt_u(next, module.i32.const(SEEN))),
        ]),
      ),
    ];
  }

  #constant(type: binaryen.Type): number {
    const { module, seeded } = this;
    const word = (): number => (seeded.below(2) === 0 ? seeded.pick(EDGES) : seeded.u32()) | 0;
    const long = (): number => module.i64.const((BigInt(word()) << 32n) | BigInt(word() >>> 0));
    if (type === i32) return module.i32.const(word());
    if (type === f32) return module.f32.reinterpret(module.i32.const(word()));
    return type === f64 ? module.f64.reinterpret(long()) : long();
  }

  /** Notes what growing by none to two pages gives: the module's own limit is one page more. */
  #grow(): number {
    const { module, seeded } = this;
    return this.#noteValue(module.memory.grow(module.i32.const(seeded.below(3)), MEMORY, false), i32);
  }

  #bulkOperation(): number {
    const { module, seeded } = this;
    const [to, from, size] = [SEEN, SEEN, 300].map((bound) => module.i32.const(seeded.below(bound))) as [
      number,
      number,
      number,
    ];
    return seeded.below(2) === 0
      ? module.memory.copy(to, from, size, MEMORY, MEMORY)
      : module.memory.fill(to, from, size, MEMORY);
  }

  #write(): number[] {
    const { module } = this;
    const at = (pointer: number): number => module.i32.const(pointer);
    return [
      module.i64.store(0, 8, at(DIGEST), module.global.get('digest', i64), MEMORY),
      module.i32.store(0, 4, at(VECTOR), at(DIGEST), MEMORY),
      module.i32.store(4, 4, at(VECTOR), at(8), MEMORY),
      module.drop(module.call('write', [at(1), at(VECTOR), at(1), at(WRITTEN)], i32)),
    ];
  }
}
