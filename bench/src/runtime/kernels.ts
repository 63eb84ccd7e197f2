import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BULB_PICTURE, bulbInputs, digitsInputs } from '@dmcn/modules';

/** A program in C that writes the same to stdout wherever it runs. */
export interface Kernel {
  readonly name: string;
  readonly source: string;
  /** What it reads from stdin. */
  readonly input: Uint8Array;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const NOTHING = new Uint8Array();

const own = (name: string): Kernel => ({
  name,
  source: join(root, 'bench/src/runtime/kernels', `${name}.c`),
  input: NOTHING,
});

const real = (name: string, input: Uint8Array | undefined): Kernel => ({
  name,
  source: join(root, 'modules', name, 'main.c'),
  input: input ?? NOTHING,
});

/** A tile of the picture that takes long. */
const LONG_TILE = 120;

/** Integers, floats, memory, branches, calls (two of each), and two real programs. */
export const kernels = (): readonly Kernel[] => [
  ...['sha256', 'mix', 'nbody', 'matmul', 'sieve', 'list', 'quicksort', 'interpreter', 'fib', 'visitor'].map(
    own,
  ),
  real('digits', digitsInputs({ units: 1, imagesPerUnit: 640 })[0]?.bytes),
  real('bulb', bulbInputs(BULB_PICTURE)[LONG_TILE]?.bytes),
];

const COMMON = ['-std=gnu11', '-O2', '-ffp-contract=off'];
/** The ways a kernel is compiled, by the name of the contender. */
const FLAGS = {
  native: [...COMMON, '-fno-vectorize', '-fno-slp-vectorize'],
  vectorised: COMMON,
  wasm: [...COMMON, '--target=wasm32-wasi', '-Wl,--strip-all'],
} as const;

/** A kernel compiled: programs for this machine, and a module. */
export interface Built extends Kernel {
  readonly native: string;
  readonly vectorised: string;
  readonly module: Uint8Array;
}

/** Compiles a kernel into a directory. Rejects where clang or its parts for WASI are missing, naming the packages. */
export async function build(kernel: Kernel, directory: string): Promise<Built> {
  const file = (contender: string): string => join(directory, `${kernel.name}.${contender}`);
  const clock = join(root, 'bench/src/runtime/kernels/clock.c');
  for (const [contender, flags] of Object.entries(FLAGS)) {
    const sources = contender === 'wasm' ? [kernel.source] : [kernel.source, clock];
    await clang([...flags, '-o', file(contender), ...sources, '-lm']);
  }
  const module = new Uint8Array(await readFile(file('wasm')));
  return { ...kernel, native: file('native'), vectorised: file('vectorised'), module };
}

const PACKAGES = 'Debian: apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32';

function clang(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('clang', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', () =>
      reject(new Error(`the kernels are compiled with clang, which is missing. ${PACKAGES}`)),
    );
    child.once('close', (code) => {
      const first = said.split('\n').find((line) => line.includes('error')) ?? said.slice(0, 200);
      if (code === 0) resolve();
      else reject(new Error(`clang cannot compile the kernels: ${first.trim()}. ${PACKAGES}`));
    });
  });
}

/** What a run of a kernel took and wrote. */
export interface Run {
  /** Processor time. */
  readonly nanoseconds: number;
  readonly output: string;
  /** Of an instrumented run. */
  readonly gas?: number;
}

/** Runs a kernel's native program. */
export function runNative(program: string, input: Uint8Array): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, { stdio: 'pipe' });
    const output: Buffer[] = [];
    let time = '';
    child.stdout.on('data', (bytes: Buffer) => output.push(bytes));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      time += text;
    });
    child.once('error', reject).once('close', (code) => {
      if (code === 0)
        resolve({ nanoseconds: Number(time), output: Buffer.concat(output).toString('base64') });
      else reject(new Error(`${program} ended with ${code}`));
    });
    child.stdin.on('error', () => undefined).end(input);
  });
}
