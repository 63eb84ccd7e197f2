import { EXPORTS, instrument } from '@dmcn/runtime';

/** No engine is asked for more words. */
const MOST = 1 << 24;

/** Gas that no program here gets through. */
const GAS = 2n ** 62n;

/**
 * How many words of the profile's stack this engine bears for a program that recurses without end: with a counter that starts with
 * more, its own stack ends first. To within a hundredth.
 */
export function wordsBorne(module: Uint8Array): number {
  const compiled = new WebAssembly.Module(instrument(module) as Uint8Array<ArrayBuffer>);
  let [low, high] = [0, 1_024];
  while (high < MOST && bears(compiled, high)) [low, high] = [high, 2 * high];
  if (high >= MOST) return MOST;
  while (high - low > low / 100 + 1) {
    const middle = (low + high) >> 1;
    if (bears(compiled, middle)) low = middle;
    else high = middle;
  }
  return low;
}

function bears(compiled: WebAssembly.Module, words: number): boolean {
  const answer = (): number => 0;
  const imports = WebAssembly.Module.imports(compiled).map(({ name }) => [name, answer]);
  const { exports } = new WebAssembly.Instance(compiled, {
    wasi_snapshot_preview1: Object.fromEntries(imports),
  });
  const stack = exports[EXPORTS.stack] as WebAssembly.Global<'i32'>;
  stack.value = words;
  (exports[EXPORTS.gas] as WebAssembly.Global<'i64'>).value = GAS;
  try {
    (exports[EXPORTS.start] as () => void)();
  } catch (error) {
    return error instanceof WebAssembly.RuntimeError && stack.value < 0;
  }
  throw new Error('the program came back');
}
