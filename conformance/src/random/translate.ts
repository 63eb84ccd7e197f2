import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { LineProcess } from '../engines/line-process.js';

const WASM_OPT = '/usr/bin/wasm-opt';

/** What the profile accepts, as wasm-opt names it; bulk memory would bring segments that it refuses. */
const FEATURES =
  '--mvp-features --enable-sign-ext --enable-nontrapping-float-to-int --enable-multivalue --enable-mutable-globals';

/** Milliseconds that a module may take. */
const LIMIT_MS = 60_000;

/** Runs wasm-opt for each line that it reads: starting it from a small process takes a fraction of what it takes from this one. */
const SCRIPT = `while read -r name flags; do
  if ${WASM_OPT} "$name.seed" --translate-to-fuzz $flags ${FEATURES} -o "$name.wasm" </dev/null >/dev/null 2>&1; then echo made; else echo failed; fi
done`;

/** Turns bytes into valid modules, by binaryen's wasm-opt in its mode translate-to-fuzz. */
export class Translator {
  readonly #free: LineProcess[] = [];

  private constructor(private readonly directory: string) {}

  /** Rejects where wasm-opt is missing. */
  static async open(): Promise<Translator> {
    requireWasmOpt();
    return new Translator(await mkdtemp(path.join(tmpdir(), 'dmcn-random-')));
  }

  /** wasm-opt's version. Rejects where it is missing. */
  static async version(): Promise<string> {
    requireWasmOpt();
    return (await promisify(execFile)(WASM_OPT, ['--version'])).stdout.trim();
  }

  /** The module that these bytes stand for: the same for the same bytes and version. `name` is unique among those under way. */
  async translate(
    bytes: Uint8Array,
    name: string,
    { outOfBounds }: { outOfBounds: boolean },
  ): Promise<Uint8Array> {
    const file = path.join(this.directory, name);
    const shell = this.#free.pop() ?? new LineProcess(['/bin/sh', '-c', SCRIPT]);
    try {
      await writeFile(`${file}.seed`, bytes);
      shell.send(`${file} ${outOfBounds ? '' : '--no-fuzz-oob'}`);
      if ((await shell.receive(LIMIT_MS)) !== 'made') throw new Error(`wasm-opt makes no module of ${name}`);
      return await readFile(`${file}.wasm`);
    } finally {
      this.#free.push(shell);
      await Promise.all(['seed', 'wasm'].map((end) => rm(`${file}.${end}`, { force: true })));
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.map((shell) => shell.end()));
    await rm(this.directory, { recursive: true, force: true });
  }
}

function requireWasmOpt(): void {
  if (!existsSync(WASM_OPT))
    throw new Error(
      `random modules need ${WASM_OPT}, which is not installed; Debian: apt-get install binaryen`,
    );
}
