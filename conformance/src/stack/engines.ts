import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { chromium as playwright } from 'playwright-core';
import { findCommand } from '../engines/javascript/bundle.js';

/** Stack of a thread that is not the first one, on iPhones. */
const PHONE_STACK = 512 * 1024;

const BBQ = '--useConcurrentJIT=0 --thresholdForBBQOptimizeAfterWarmUp=10 --thresholdForBBQOptimizeSoon=10';
const OMG = `${BBQ} --thresholdForOMGOptimizeAfterWarmUp=50 --thresholdForOMGOptimizeSoon=50`;
const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** One of an engine's ways to run WebAssembly, by itself. */
export interface StackEngine {
  readonly name: string;
  /** Runs the bundled `stack-program` on a batch, and gives what it says; undefined where the engine is missing. */
  measure(script: string, batch: string): Promise<string | undefined>;
}

function shell(
  name: string,
  paths: readonly string[],
  flags: string,
  separator: readonly string[] = [],
): StackEngine {
  return {
    name,
    async measure(script, batch) {
      const command = findCommand(paths);
      if (command === undefined) return undefined;
      const words = [...flags.split(' ').filter((flag) => flag !== ''), script, ...separator, batch];
      return (await promisify(execFile)(command, words)).stdout;
    },
  };
}

const node = (tier: string, flags: string): StackEngine => shell(`node, ${tier}`, [process.execPath], flags);

const jsc = (tier: string, flags: string): StackEngine =>
  shell(
    `jsc with a phone's stack, ${tier}`,
    ['/usr/bin/jsc'],
    `--maxPerThreadStackUsage=${PHONE_STACK} ${flags}`,
    ['--'],
  );

const spidermonkey = (tier: string): StackEngine =>
  shell(`spidermonkey, ${tier}`, ['/usr/bin/js102'], `--wasm-compiler=${tier}`);

function chromium(tier: string, flags: string): StackEngine {
  return {
    name: `chromium's Web Worker, ${tier}`,
    async measure(script, batch) {
      const executablePath = findCommand(CHROMIUM_PATHS);
      if (executablePath === undefined) return undefined;
      const args = ['--no-sandbox', '--disable-gpu', `--js-flags=${flags}`];
      const browser = await playwright.launch({ executablePath, headless: true, args });
      try {
        const page = await browser.newPage();
        const [text, bytes] = [await readFile(script, 'utf8'), new Uint8Array(await readFile(batch))];
        return await page.evaluate(inWorker, { text, bytes });
      } finally {
        await browser.close();
      }
    },
  };
}

/** Runs in the page. */
function inWorker({ text, bytes }: { text: string; bytes: Uint8Array }): Promise<string> {
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(bytes);
  });
}

/** Every way in which the engines of the product run WebAssembly, on the smallest stack that they have it on. */
export const STACK_ENGINES: readonly StackEngine[] = [
  node('Liftoff', '--liftoff --no-wasm-tier-up'),
  node('TurboFan', '--no-liftoff --no-wasm-tier-up'),
  chromium('Liftoff', '--liftoff --no-wasm-tier-up'),
  chromium('TurboFan', '--no-liftoff --no-wasm-tier-up'),
  jsc('interpreter', '--useBBQJIT=0 --useOMGJIT=0'),
  jsc('BBQ', `--useOMGJIT=0 ${BBQ}`),
  jsc('OMG', OMG),
  spidermonkey('baseline'),
  spidermonkey('ion'),
];
