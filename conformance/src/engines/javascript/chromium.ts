import { readFile } from 'node:fs/promises';
import { type Browser, chromium as playwright } from 'playwright-core';
import type { Case } from '../../case.js';
import type { Outcome } from '../../outcome.js';
import type { Engine, EngineKind } from '../engine.js';
import { writeBatch } from './batch.js';
import { bundle, findCommand } from './bundle.js';
import type { Answer } from './run-batch.js';
import { runToTheEnd } from './run-to-the-end.js';
import type { WorkerRequest } from './worker-program.js';

const COMMANDS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
];

/** The page's address, for which no network is asked. */
const ADDRESS = 'http://localhost/';

declare global {
  /** Hands what the page's worker says to this process. */
  var tellOutside: (answer: Answer) => Promise<void>;
}

class ChromiumEngine implements Engine {
  readonly name = 'chromium';

  constructor(
    private readonly browser: Browser,
    private readonly script: string,
  ) {}

  get version(): string {
    return `V8 of Chromium ${this.browser.version()}`;
  }

  run(cases: readonly Case[]): Promise<Outcome[]> {
    const batch = writeBatch(cases);
    return runToTheEnd(cases, (first, last, limitMs, tell) =>
      this.#runInPage({ batch, first, last }, limitMs, tell),
    );
  }

  async #runInPage(
    request: WorkerRequest,
    limitMs: number,
    tell: (answer: Answer) => void,
  ): Promise<string | undefined> {
    const page = await this.browser.newPage();
    let timer: NodeJS.Timeout | undefined;
    const ended = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`killed after ${limitMs} ms`), limitMs);
      page.once('crash', () => resolve('the page crashed'));
    });
    try {
      await page.route('**/*', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
      );
      await page.goto(ADDRESS);
      await page.exposeFunction('tellOutside', tell);
      const through = page.evaluate(runInWorker, { script: this.script, request });
      return await Promise.race([through.catch(String), ended]);
    } finally {
      clearTimeout(timer);
      await page.close();
    }
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** Runs in the page. Resolves once its worker has told everything, with a reason if it could not. */
async function runInWorker(task: { script: string; request: WorkerRequest }): Promise<string | undefined> {
  const worker = new Worker(URL.createObjectURL(new Blob([task.script], { type: 'text/javascript' })));
  const told: Promise<void>[] = [];
  const reason = await new Promise<string | undefined>((resolve) => {
    worker.onerror = ({ message }) => resolve(`the Web Worker failed: ${message}`);
    worker.onmessage = ({ data }: MessageEvent<Answer | 'end'>) => {
      if (data === 'end') resolve(undefined);
      else told.push(globalThis.tellOutside(data));
    };
    worker.postMessage(task.request);
  });
  worker.terminate();
  await Promise.all(told);
  return reason;
}

/** V8 as a browser has it: in a Web Worker of a page of headless Chromium. */
export const chromium: EngineKind = {
  name: 'chromium',
  async open() {
    const executablePath = findCommand(COMMANDS);
    if (executablePath === undefined)
      throw new Error(
        `chromium needs ${COMMANDS[0]}, which is not installed; Debian: apt-get install chromium`,
      );
    const bundled = await bundle('worker-program');
    const script = await readFile(bundled.file, 'utf8');
    await bundled.remove();
    return new ChromiumEngine(
      await playwright.launch({ executablePath, headless: true, args: FLAGS }),
      script,
    );
  },
};
