import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const WASM_OPT = '/usr/bin/wasm-opt';

/** What the profile accepts, as wasm-opt names it; bulk memory would bring segments that it refuses. */
const FEATURES = ['--mvp-features', '--enable-sign-ext', '--enable-nontrapping-float-to-int'].concat(
  '--enable-multivalue',
  '--enable-mutable-globals',
);

const run = promisify(execFile);

/** Turns bytes into valid modules, by binaryen's wasm-opt in its mode translate-to-fuzz. */
export class Translator {
  private constructor(private readonly directory: string) {}

  /** Rejects where wasm-opt is missing. */
  static async open(): Promise<Translator> {
    if (!existsSync(WASM_OPT))
      throw new Error(
        `random modules need ${WASM_OPT}, which is not installed; Debian: apt-get install binaryen`,
      );
    return new Translator(await mkdtemp(path.join(tmpdir(), 'dmcn-random-')));
  }

  /** wasm-opt's version. */
  static async version(): Promise<string> {
    return (await run(WASM_OPT, ['--version'])).stdout.trim();
  }

  /** The module that these bytes stand for: the same for the same bytes and version. `name` is unique among those under way. */
  async translate(
    bytes: Uint8Array,
    name: string,
    { outOfBounds }: { outOfBounds: boolean },
  ): Promise<Uint8Array> {
    const [from, to] = ['seed', 'wasm'].map((end) => path.join(this.directory, `${name}.${end}`)) as [
      string,
      string,
    ];
    await writeFile(from, bytes);
    const bounds = outOfBounds ? [] : ['--no-fuzz-oob'];
    await run(WASM_OPT, [from, '--translate-to-fuzz', ...bounds, ...FEATURES, '-o', to]);
    const module = await readFile(to);
    await Promise.all([rm(from), rm(to)]);
    return module;
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
